import { customerPickerCard } from '../cards/customer-picker/card.ts';
import { noticeCard } from '../cards/notice/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { sayCard } from '../cards/say/card.ts';
import { plain } from '../cards/text.ts';
import { problemSentence } from '../cards/wording/sentences.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { ListProblem } from '../services/devices/device.ts';
import { ServiceError } from '../services/errors.ts';
import { type BatchId, isSamePerson, parseTenantId, type RemovalId, type TenantId } from '../services/identity.ts';
import { isRemovalEnded, type Removal } from '../services/removals/removal.ts';
import type { RemovalService } from '../services/removals/removal-service.ts';
import { sourceName } from './device-names.ts';
import { inputsOf } from './handed-over.ts';
import type { RemovalAudience, RemovalViews } from './removal-views.ts';
import { say } from './say.ts';
import type { PressReply, Reply, Said, Turn } from './turn.ts';
import { requirePersonal } from './turn.ts';
import { bareSentenceOf, sentenceOf } from './wording.ts';

export type RemovalDialogParts = Readonly<{
  removals: RemovalService;
  customers: CustomerService;
  access: Access;
  views: RemovalViews;
}>;

/** So many customers fit in the picker; more are found by typing. */
const CUSTOMERS_IN_PICKER = 100;
/** So many lines that were not taken are told with their reason. */
const PROBLEMS_TOLD = 10;

/**
 * Taking devices out of Autopilot: which customer, which devices, what will happen, and a second person's answer. Only in
 * personal chats, also where a list is put together.
 */
export function createRemovalDialog({ removals, customers, access, views }: RemovalDialogParts) {
  async function picker(turn: Turn, query: string, refused?: { name: string; reason: string }) {
    const found = await customers.list({ query, activeOnly: true, limit: CUSTOMERS_IN_PICKER });
    const more = found.total > found.customers.length;
    const view = { customers: [...found.customers], more, refused, purpose: 'remove' } as const;
    return { found, card: customerPickerCard(view, turn.wording) };
  }

  /** Whoever may request and register may also ask for a removal; it takes somebody else to confirm it. */
  async function requireAsker(turn: Turn, freshly = false): Promise<void> {
    requirePersonal(turn);
    await access.requireRep(turn.speaker, freshly);
  }

  async function collect(turn: Turn, removal: Removal): Promise<Reply> {
    turn.memory.removalId = removal.id;
    turn.memory.batchId = undefined;
    const { say: words } = turn.wording;
    const customer = plain(removal.customer.name, 80);
    const buttons = [
      { verb: 'removal.cancel', title: words('common.cancel'), data: { removalId: removal.id } },
    ] as const;
    const title = words('removal.collect.title', { customer });
    return { card: noticeCard({ tone: 'info', title, lines: [words('removal.collect.text')], buttons }, turn.wording) };
  }

  async function openOrPicker(turn: Turn, customerId: TenantId, name: string): Promise<Reply> {
    try {
      return await collect(turn, await removals.open(customerId, turn.speaker));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'relationship-not-active') throw error;
      return { card: (await picker(turn, '', { name, reason: bareSentenceOf(error, turn.wording) })).card };
    }
  }

  /** Looks for what was handed over and shows what would happen. */
  async function preview(turn: Turn, id: RemovalId): Promise<AdaptiveCard> {
    return views.removalCard(await removals.look(id, turn.speaker), 'rep', turn.wording);
  }

  /** Whoever asked, and those who may confirm; nobody else sees a removal. */
  async function audienceOf(turn: Turn, removal: Removal): Promise<RemovalAudience> {
    if (isSamePerson(removal.requestedBy, turn.speaker)) return 'rep';
    if (removal.state === 'draft' || removal.state === 'cancelled')
      throw new ServiceError('removal-not-found', `${removal.id} was never asked for`);
    await access.requireSecond(removal.requestedBy, turn.speaker);
    return 'remover';
  }

  async function show(turn: Turn, id: RemovalId, more?: { page?: number; problem?: string }): Promise<AdaptiveCard> {
    const removal = await removals.find(id);
    return views.removalCard(removal, await audienceOf(turn, removal), turn.wording, more);
  }

  /** A press that comes too late, or with the wrong number, gets the removal as it is now and the reason. */
  async function orCurrent(turn: Turn, id: RemovalId, act: () => Promise<PressReply>): Promise<PressReply> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ServiceError) || !SHOWS_CURRENT.has(error.code)) throw error;
      if (error.code === 'already-decided')
        return { replace: await show(turn, id), replies: [{ text: sentenceOf(error, turn.wording, '') }] };
      return { replace: await show(turn, id, { problem: bareSentenceOf(error, turn.wording) }) };
    }
  }

  return {
    /** `deregister`, alone or with a name, domain or tenant id behind it. */
    async start(turn: Turn, typed: string): Promise<readonly Reply[]> {
      await requireAsker(turn);
      const id = parseTenantId(typed);
      if (id) return [await openOrPicker(turn, id, typed)];
      const { found, card } = await picker(turn, typed);
      const [only] = found.customers;
      if (typed && found.total === 1 && only) return [await openOrPicker(turn, only.tenantId, only.name)];
      if (!typed || found.total > 0) return [{ card }];
      return [{ card: (await picker(turn, '', { name: typed, reason: turn.wording.say('picker.unmatched') })).card }];
    },

    async startFor(turn: Turn, customerId?: string): Promise<readonly Reply[]> {
      await requireAsker(turn);
      const id = customerId === undefined ? undefined : parseTenantId(customerId);
      return id ? [await openOrPicker(turn, id, (await customers.find(id))?.name ?? id)] : this.start(turn, '');
    },

    /** All registered devices of a batch, or the one at this place of it. */
    async startFrom(turn: Turn, batchId: BatchId, position?: number): Promise<readonly Reply[]> {
      await requireAsker(turn);
      const removal = await removals.openFrom(batchId, turn.speaker, position);
      turn.memory.removalId = removal.id;
      turn.memory.batchId = undefined;
      return [{ card: await preview(turn, removal.id) }];
    },

    /** Text or files while devices are being put together. */
    async hear(turn: Turn, id: RemovalId, said: Said): Promise<readonly Reply[]> {
      await requireAsker(turn);
      const problems: ListProblem[] = [];
      let added = 0;
      for (const input of await inputsOf(said, 1)) {
        const taken = await removals.add(id, input, turn.speaker);
        added += taken.added;
        problems.push(...taken.problems.filter(({ kind }) => kind !== 'no_devices_found'));
      }
      const told = problems.length > 0 ? [notTaken(turn, problems)] : [];
      const { total } = await removals.counts(id);
      if (added === 0 && (told.length === 0 || total === 0)) return [...told, say(turn, 'removal.nothing')];
      return [...told, { card: await preview(turn, id) }];
    },

    /** Whether a removal is being put together in this conversation. */
    async isOpen(turn: Turn): Promise<boolean> {
      const { removalId } = turn.memory;
      if (!removalId) return false;
      const { state } = await removals.find(removalId);
      if (state !== 'draft') turn.memory.removalId = undefined;
      return state === 'draft';
    },

    async look(turn: Turn, id: RemovalId): Promise<PressReply> {
      await requireAsker(turn);
      return { replace: await preview(turn, id) };
    },

    async page(turn: Turn, id: RemovalId, page: number): Promise<PressReply> {
      requirePersonal(turn);
      return { replace: await show(turn, id, { page }) };
    },

    async open(turn: Turn, id: RemovalId): Promise<AdaptiveCard> {
      requirePersonal(turn);
      return show(turn, id);
    },

    async refresh(turn: Turn, id: RemovalId): Promise<PressReply> {
      return { replace: await this.open(turn, id) };
    },

    /** What cannot be undone is asked for with the number typed by hand; the role is read once more. */
    async ask(turn: Turn, id: RemovalId, typed = ''): Promise<PressReply> {
      await requireAsker(turn, true);
      await removals.ownDraft(id, turn.speaker);
      return orCurrent(turn, id, async () => {
        await removals.ask(id, turn.speaker, typed);
        turn.memory.removalId = undefined;
        return { replace: sayCard({ text: turn.wording.say('removal.asked') }, turn.wording) };
      });
    },

    async confirm(turn: Turn, id: RemovalId, typed = ''): Promise<PressReply> {
      requirePersonal(turn);
      return orCurrent(turn, id, async () => {
        const removal = await removals.decide(id, { answer: 'confirm', by: turn.speaker }, typed);
        return { replace: await views.removalCard(removal, 'remover', turn.wording) };
      });
    },

    async refuse(turn: Turn, id: RemovalId, reason?: string): Promise<PressReply> {
      requirePersonal(turn);
      return orCurrent(turn, id, async () => {
        const removal = await removals.decide(id, {
          answer: 'refuse',
          by: turn.speaker,
          reason: reason?.trim() || undefined,
        });
        return { replace: await views.removalCard(removal, 'remover', turn.wording) };
      });
    },

    /** Throws a draft away or takes a question back: the one named, or whatever this conversation is in the middle of. */
    async cancel(turn: Turn, id = turn.memory.removalId): Promise<PressReply> {
      await requireAsker(turn);
      if (turn.memory.removalId === id) turn.memory.removalId = undefined;
      if (!id) return { replace: sayCard({ text: turn.wording.say('chat.cancelled') }, turn.wording) };
      return orCurrent(turn, id, async () => {
        const removal = await removals.find(id);
        const after = isRemovalEnded(removal.state) ? removal : await removals.cancel(id, turn.speaker);
        return { replace: await views.removalCard(after, await audienceOf(turn, after), turn.wording) };
      });
    },
  };
}

export type RemovalDialog = ReturnType<typeof createRemovalDialog>;

const SHOWS_CURRENT: ReadonlySet<string> = new Set([
  'already-decided',
  'confirmation-wrong',
  'removal-not-checked',
  'no-second-person',
]);

/** Lines of a list that were left alone, with the reason of the first ones. */
function notTaken({ wording }: Turn, problems: readonly ListProblem[]): Reply {
  const lines = problems.slice(0, PROBLEMS_TOLD).map(({ source, row, kind, details }) => {
    const place =
      row > 0 ? wording.say('common.row', { source: sourceName(source, wording), row }) : sourceName(source, wording);
    return plain(`${place}: ${problemSentence(kind, details, wording)}`, 300);
  });
  const title = wording.say('removal.notTaken', { count: problems.length });
  return { card: noticeCard({ tone: 'attention', title, lines, buttons: [] }, wording) };
}
