import { askForListCard } from '../cards/ask-for-list/card.ts';
import { customerPickerCard, parseChosenCustomer } from '../cards/customer-picker/card.ts';
import { NO_PROFILE, parseConfirm, parseDoubtful, parseFixes } from '../cards/list-preview/answers.ts';
import { sayCard } from '../cards/say/card.ts';
import { plain } from '../cards/text.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import { type Batch, isEnded, type Origin } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { DeviceList } from '../services/devices/device.ts';
import { isJustTalk } from '../services/devices/draft-list.ts';
import type { ListInput } from '../services/devices/ports.ts';
import { ServiceError } from '../services/errors.ts';
import { type BatchId, parseTenantId, type TenantId } from '../services/identity.ts';
import type { ProfileService } from '../services/profiles/profile-service.ts';
import { inputsOf, PASTED } from './handed-over.ts';
import { say } from './say.ts';
import type { PressReply, Reply, Said, Turn } from './turn.ts';
import type { Views } from './views.ts';
import { bareSentenceOf } from './wording.ts';

export type RegisterDialogParts = Readonly<{
  batches: BatchService;
  customers: CustomerService;
  profiles: ProfileService;
  access: Access;
  views: Views;
}>;

/** So many customers fit in the picker; more are found by typing. */
const CUSTOMERS_IN_PICKER = 100;

/** Registering devices: which customer, which devices, a look at what was understood, and only then the sending. */
export function createRegisterDialog(parts: RegisterDialogParts) {
  const { batches, customers, profiles, access, views } = parts;

  async function picker(turn: Turn, query: string, refused?: { name: string; reason: string }) {
    const found = await customers.list({ query, activeOnly: true, limit: CUSTOMERS_IN_PICKER });
    const more = found.total > found.customers.length;
    return { found, card: customerPickerCard({ customers: [...found.customers], more, refused }, turn.wording) };
  }

  /** Opens the draft; a customer without an active relationship is refused with the reason. */
  async function open(turn: Turn, customerId: TenantId, addsTo?: string): Promise<Reply> {
    const batch = await batches.open(customerId, turn.speaker, originOf(turn), addsTo);
    turn.memory.batchId = batch.id;
    turn.memory.removalId = undefined;
    return { card: askForListCard({ batchId: batch.id, customer: batch.customer, tip: true }, turn.wording) };
  }

  async function openOrPicker(turn: Turn, customerId: TenantId, name: string): Promise<Reply> {
    try {
      return await open(turn, customerId);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'relationship-not-active') throw error;
      const reason = bareSentenceOf(error, turn.wording);
      return { card: (await picker(turn, '', { name, reason })).card };
    }
  }

  async function preview(turn: Turn, batchId: BatchId, page = 1) {
    return views.listPreviewCard(await batches.find(batchId), page, turn.wording);
  }

  /** The list as a new message; the card that showed it before says so and has no buttons any more. */
  async function previewBelow(turn: Turn, batchId: BatchId): Promise<Reply> {
    const closed = sayCard({ text: turn.wording.say('list.superseded') }, turn.wording);
    return { card: await preview(turn, batchId), live: { thing: `list ${batchId}`, closed } };
  }

  /** A card drawn before the list changed: its rows mean other lines now, so it shows the list as it is and does nothing. */
  async function current(turn: Turn, batchId: BatchId): Promise<PressReply> {
    return { replace: await preview(turn, batchId), replies: [{ text: turn.wording.say('chat.listChanged') }] };
  }

  async function unlessChanged(turn: Turn, batchId: BatchId, act: () => Promise<PressReply>): Promise<PressReply> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'list-changed') throw error;
      return current(turn, batchId);
    }
  }

  async function read(turn: Turn, batchId: BatchId, inputs: readonly ListInput[]): Promise<readonly DeviceList[]> {
    const lists: DeviceList[] = [];
    for (const input of inputs) lists.push(await batches.add(batchId, input, turn.speaker));
    return lists;
  }

  return {
    /** `register`, alone or with a name, domain or tenant id behind it. */
    async start(turn: Turn, typed: string): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      const id = parseTenantId(typed);
      if (id) return withHint(turn, await openOrPicker(turn, id, typed));
      const { found, card } = await picker(turn, typed);
      if (typed && found.total === 0) {
        const refused = { name: typed, reason: turn.wording.say('picker.unmatched') };
        return [{ card: (await picker(turn, '', refused)).card }];
      }
      const [only] = found.customers;
      const isFound = only && typed && found.total === 1;
      return withHint(turn, isFound ? await openOrPicker(turn, only.tenantId, only.name) : { card });
    },

    /** The button on a customer or a notice. */
    async startFor(turn: Turn, customerId: string): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      const id = parseTenantId(customerId);
      if (!id) throw new ServiceError('customer-not-found', 'no tenant id', { customer: '' });
      return [await openOrPicker(turn, id, (await customers.find(id))?.name ?? id)];
    },

    async choose(turn: Turn, data: unknown): Promise<PressReply | undefined> {
      const choice = parseChosenCustomer(data);
      const id = choice && parseTenantId(choice.customerId);
      if (!id) return undefined;
      await access.requireRep(turn.speaker);
      const reply = await openOrPicker(turn, id, (await customers.find(id))?.name ?? id);
      return 'card' in reply ? { replace: reply.card } : { replies: [reply] };
    },

    /** Text or files while a list is being put together. */
    async hear(turn: Turn, batchId: BatchId, said: Said): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      const pastes = (await batches.sources(batchId)).filter((source) => source.startsWith(PASTED)).length;
      const lists = await read(turn, batchId, await inputsOf(said, pastes + 1));
      if (said.files.length === 0 && lists.every(isJustTalk)) return [say(turn, 'chat.noDevicesSaid')];
      return [await previewBelow(turn, batchId)];
    },

    async more(turn: Turn, batchId: BatchId): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      const { customer } = await batches.ownDraft(batchId, turn.speaker);
      turn.memory.batchId = batchId;
      const card = askForListCard({ batchId, customer, tip: false }, turn.wording);
      return { replies: [{ card }], replace: await preview(turn, batchId) };
    },

    async page(turn: Turn, batchId: BatchId, page: number): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      await batches.ownDraft(batchId, turn.speaker);
      return { replace: await preview(turn, batchId, page) };
    },

    async fix(turn: Turn, data: unknown): Promise<PressReply | undefined> {
      const fixes = parseFixes(data);
      if (!fixes) return undefined;
      const batchId = fixes.batchId as BatchId;
      await access.requireRep(turn.speaker);
      const lines = fixes.fixes.flatMap(({ batchRowId, value }) => {
        const line = lineOf(batchRowId);
        return line ? [{ ...line, text: value }] : [];
      });
      return unlessChanged(turn, batchId, async () => {
        await batches.fix(batchId, turn.speaker, { lines, version: fixes.version });
        return { replace: await preview(turn, batchId) };
      });
    },

    async settle(turn: Turn, answer: 'take' | 'drop', data: unknown): Promise<PressReply | undefined> {
      const which = parseDoubtful(data);
      if (!which) return undefined;
      const batchId = which.batchId as BatchId;
      await access.requireRep(turn.speaker);
      const line = which.batchRowId === undefined ? undefined : lineOf(which.batchRowId);
      if (which.batchRowId !== undefined && line?.of !== 'device') return undefined;
      const positions = line && [line.position];
      return unlessChanged(turn, batchId, async () => {
        await batches.settleDoubtful(batchId, turn.speaker, { answer, version: which.version, positions });
        return { replace: await preview(turn, batchId, which.page) };
      });
    },

    /** The one press that costs something: everything about it is checked once more, roles included. */
    async confirm(turn: Turn, data: unknown): Promise<PressReply | undefined> {
      const confirmed = parseConfirm(data);
      if (!confirmed) return undefined;
      const batchId = confirmed.batchId as BatchId;
      await access.requireRep(turn.speaker, true);
      const before = await batches.ownDraft(batchId, turn.speaker);
      if (before.version !== confirmed.version) return current(turn, batchId);
      const chosen = confirmed.profile === NO_PROFILE ? null : confirmed.profile;
      const { profile, withoutDefault } = await profiles.forBatch(before.customer.tenantId, chosen);
      const batch = await batches.confirm(batchId, turn.speaker, confirmed.batchName, {
        version: confirmed.version,
        profile,
        addTo: confirmed.target,
      });
      turn.memory.batchId = undefined;
      const { total } = await batches.counts(batchId);
      const { addsTo } = batch;
      const sending = profile ? 'chat.sendingWithProfile' : 'chat.sending';
      const text = turn.wording.say(sending, {
        count: total,
        name: plain(batch.name, 100),
        profile: plain(profile?.name ?? '', 80),
      });
      return {
        replace: sayCard({ text: addsTo ? `${text} ${added(addsTo, total, turn)}` : text }, turn.wording),
        ...(withoutDefault && { replies: [say(turn, `chat.withoutDefault.${withoutDefault}`)] }),
      };
    },

    /** A list for more devices of a batch; that they go there is chosen on its preview already. */
    async addTo(turn: Turn, batchId: BatchId): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      const { customer, name, state } = await batches.find(batchId);
      if (state === 'draft') throw new ServiceError('batch-not-found', `${batchId} is a list`);
      if (!isEnded(state)) throw new ServiceError('batch-under-way', `${batchId}`, { name });
      return { replies: [await open(turn, customer.tenantId, name)] };
    },

    /** A list of what was refused in a batch: each device is corrected, taken as it is, or left out. */
    async resend(turn: Turn, batchId: BatchId): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      const { id, customer } = await batches.resend(batchId, turn.speaker, originOf(turn));
      await batches.requireRelationship(customer.tenantId);
      turn.memory.batchId = id;
      return { replies: [await previewBelow(turn, id), say(turn, 'chat.resend')] };
    },

    /** Throws the draft away: the one named, or whatever this conversation is in the middle of. */
    async cancel(turn: Turn, batchId = turn.memory.batchId): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      if (turn.memory.batchId === batchId) turn.memory.batchId = undefined;
      if (batchId && !isEnded((await batches.find(batchId)).state)) await batches.cancel(batchId, turn.speaker);
      return { replace: sayCard({ text: turn.wording.say('chat.cancelled') }, turn.wording) };
    },
  };
}

export type RegisterDialog = ReturnType<typeof createRegisterDialog>;

/** Which batch takes the devices, and how many it will have. */
function added({ name, deviceCount }: NonNullable<Batch['addsTo']>, count: number, { wording }: Turn): string {
  const values = { name: plain(name, 100), after: (deviceCount ?? 0) + count };
  return wording.say(deviceCount === undefined ? 'chat.addedTo' : 'chat.addedToCounted', values);
}

/** Reads the id of a row on the preview: a doubtful device, or a line that was not taken. */
function lineOf(batchRowId: string): { of: 'device' | 'problem'; position: number } | undefined {
  const [, kind, digits] = /^([dp])(\d{1,6})$/.exec(batchRowId) ?? [];
  if (!kind) return undefined;
  return { of: kind === 'd' ? 'device' : 'problem', position: Number(digits) };
}

/** Teams delivers no files to bots in channels and groups: who has one is sent on to the personal chat. */
function withHint(turn: Turn, reply: Reply): readonly Reply[] {
  return turn.place.kind === 'personal' ? [reply] : [reply, say(turn, 'chat.fileInChannel')];
}

/** Where others wait for the outcome, too: a channel or group, but never somebody's own chat. */
function originOf({ place, speaker }: Turn): Origin | undefined {
  if (place.kind === 'personal') return undefined;
  const { conversationId, serviceUrl } = place;
  return { tenantId: speaker.tenantId, conversationId, serviceUrl };
}
