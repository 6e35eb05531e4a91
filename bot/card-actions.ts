import { parseCancelRegistering } from '../cards/ask-for-list/card.ts';
import { parseBatch, parseBatchPage } from '../cards/batch/card.ts';
import { parseBatchesPage } from '../cards/batches/card.ts';
import { parseCustomersPage, parseStartRegistering } from '../cards/customers/card.ts';
import { parseListPage, parseMore } from '../cards/list-preview/answers.ts';
import { parseDecline, parseDelegate, parseRequestReference } from '../cards/relationship-request/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { parseStartRequest } from '../cards/request-form/card.ts';
import { parseDraft } from '../cards/request-preview/card.ts';
import { plain } from '../cards/text.ts';
import { VERBS, type Verb } from '../cards/verbs.ts';
import type { Dialogs } from '../dialogs/conversation.ts';
import { textsOf } from '../dialogs/shown.ts';
import { type PressReply, requirePersonal, type Turn } from '../dialogs/turn.ts';
import type { Views } from '../dialogs/views.ts';
import { sentenceOf } from '../dialogs/wording.ts';
import type { Access } from '../services/access/access.ts';
import { noteShown, type Shown } from '../services/audit/shown.ts';
import { ServiceError } from '../services/errors.ts';
import type { BatchId } from '../services/identity.ts';
import type { Decision, RelationshipRequest } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';

/** Handles one verb; `undefined` means that the payload is not ours. */
export type CardAction = (turn: Turn, data: unknown) => Promise<PressReply | undefined>;

export type CardActionParts = Dialogs & Readonly<{ relationships: RelationshipService; access: Access; views: Views }>;

/** Everything a button can ask for. Payloads carry ids only; who may do what is decided behind each call. */
export function createCardActions(parts: CardActionParts): Readonly<Record<Verb, CardAction>> {
  const { request, register, overview } = parts;
  const approval = createApproval(parts);
  return inPlace({
    'request.start': action(parseStartRequest, async (turn, { customerId = '' }) =>
      below(await request.start(turn, customerId)),
    ),
    'request.preview': (turn, data) => request.preview(turn, data),
    'request.edit': action(parseDraft, (turn, { draftId }) => request.edit(turn, draftId)),
    'request.send': action(parseDraft, (turn, { draftId }) => request.send(turn, draftId)),
    'request.cancel': (turn) => request.cancel(turn),
    'request.withdraw': action(parseRequestReference, (turn, { reference }) =>
      approval.orCurrent(turn, reference, () => request.withdraw(turn, reference)),
    ),
    'request.mail': action(parseRequestReference, (turn, { reference }) =>
      approval.orCurrent(turn, reference, () => request.mail(turn, reference)),
    ),
    'request.open': action(parseRequestReference, async (turn, { reference }) =>
      shown(await approval.open(turn, reference)),
    ),

    'relationship.approve': action(parseRequestReference, (turn, { reference }) =>
      approval.answer(turn, reference, 'approve'),
    ),
    'relationship.decline': action(parseDecline, (turn, { reference, reason }) =>
      approval.answer(turn, reference, 'decline', reason),
    ),
    'relationship.delegate': action(parseDelegate, (turn, { reference, colleague }) =>
      approval.delegate(turn, reference, colleague),
    ),
    'relationship.check': action(parseRequestReference, (turn, { reference }) => approval.check(turn, reference)),

    'register.start': action(parseStartRegistering, async (turn, { customerId }) =>
      below(await (customerId ? register.startFor(turn, customerId) : register.start(turn, ''))),
    ),
    'register.customer': (turn, data) => register.choose(turn, data),
    'register.confirm': (turn, data) => register.confirm(turn, data),
    'register.more': action(parseMore, (turn, { batchId }) => register.more(turn, batchId as BatchId)),
    'register.fix': (turn, data) => register.fix(turn, data),
    'register.accept-doubtful': (turn, data) => register.settle(turn, 'take', data),
    'register.drop-doubtful': (turn, data) => register.settle(turn, 'drop', data),
    'register.page': action(parseListPage, (turn, { batchId, page }) => register.page(turn, batchId as BatchId, page)),
    'register.cancel': action(parseCancelRegistering, (turn, { batchId }) =>
      register.cancel(turn, batchId as BatchId | undefined),
    ),

    'customers.list': async (turn) => newCard(await overview.customers(turn, '')),
    'customers.page': action(parseCustomersPage, async (turn, { page, query = '' }) =>
      shown(await overview.customers(turn, query, page)),
    ),
    'batches.list': async (turn) => newCard(await overview.batches(turn)),
    'batches.page': action(parseBatchesPage, async (turn, { page }) => shown(await overview.batches(turn, page))),
    'batch.open': action(parseBatch, async (turn, { batchId }) =>
      newCard(await overview.batch(turn, batchId as BatchId)),
    ),
    'batch.page': action(parseBatchPage, async (turn, { batchId, page }) =>
      shown(await overview.batch(turn, batchId as BatchId, page)),
    ),
    'batch.refresh': action(parseBatch, async (turn, { batchId }) =>
      shown(await overview.batch(turn, batchId as BatchId)),
    ),
    'status.show': async (turn) => newCard(await overview.status(turn)),
    'help.show': async (turn) => newCard(await overview.help(turn)),
  });
}

/**
 * What reps may do before others: looking at what there is, and putting a list together with colleagues who wait for the
 * outcome. Requests and the answers to them are for somebody's own chat, and so is every verb not named here.
 */
const ANYWHERE: ReadonlySet<Verb> = new Set([
  'register.start',
  'register.customer',
  'register.confirm',
  'register.more',
  'register.fix',
  'register.accept-doubtful',
  'register.drop-doubtful',
  'register.page',
  'register.cancel',
  'request.open',
  'customers.list',
  'customers.page',
  'batches.list',
  'batches.page',
  'batch.open',
  'batch.page',
  'batch.refresh',
  'status.show',
  'help.show',
]);

function inPlace(actions: Readonly<Record<Verb, CardAction>>): Readonly<Record<Verb, CardAction>> {
  const guarded = { ...actions };
  for (const verb of VERBS) {
    if (ANYWHERE.has(verb)) continue;
    guarded[verb] = async (turn, data) => {
      requirePersonal(turn);
      return actions[verb](turn, data);
    };
  }
  return guarded;
}

/** The approver's own buttons. The only road to a decision. */
function createApproval({ relationships, access, views }: CardActionParts) {
  const draw = (turn: Turn, request: RelationshipRequest) =>
    views.requestCard(request, access.isPartner(turn.speaker) ? 'rep' : 'approver', turn.wording);

  /** People of the partner see requests as reps or not at all; approvers see theirs in their own chat. */
  async function requireSight(turn: Turn): Promise<void> {
    if (access.isPartner(turn.speaker)) await access.requireRep(turn.speaker);
    else requirePersonal(turn);
  }

  /** What stands on the card whose button was pressed. It is drawn again: cards are drawn from the request alone. */
  function read(turn: Turn): (request: RelationshipRequest) => Promise<Shown> {
    const { wording, activityId } = turn;
    return async (request) => noteShown(wording.language, textsOf(await draw(turn, request)), activityId);
  }

  async function see(turn: Turn, reference: string): Promise<AdaptiveCard> {
    await requireSight(turn);
    return draw(turn, await relationships.see(reference, turn.speaker));
  }

  /** A press that comes too late gets the request as it is now, and a sentence that says so. */
  async function orCurrent(turn: Turn, reference: string, act: () => Promise<PressReply>): Promise<PressReply> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'already-decided') throw error;
      return { replace: await see(turn, reference), replies: [{ text: sentenceOf(error, turn.wording, '') }] };
    }
  }

  return {
    orCurrent,
    open: see,

    answer(turn: Turn, reference: string, decision: Decision, reason?: string): Promise<PressReply> {
      const answered = { decision, by: turn.speaker, reason, shown: read(turn) };
      return orCurrent(turn, reference, async () =>
        shown(await draw(turn, await relationships.answer(reference, answered))),
      );
    },

    delegate(turn: Turn, reference: string, colleague: string): Promise<PressReply> {
      return orCurrent(turn, reference, async () => {
        const request = await relationships.delegate(reference, turn.speaker, colleague);
        const text = turn.wording.say('chat.delegated', { name: plain(colleague, 120) });
        return { replace: await draw(turn, request), replies: [{ text }] };
      });
    },

    async check(turn: Turn, reference: string): Promise<PressReply> {
      await requireSight(turn);
      const request = await relationships.checkNow(reference, turn.speaker);
      const replace = await draw(turn, request);
      return request.state === 'approved'
        ? { replace, replies: [{ text: turn.wording.say('chat.notYetAccepted') }] }
        : { replace };
    },
  };
}

function action<Data>(
  parse: (data: unknown) => Data | undefined,
  run: (turn: Turn, data: Data) => Promise<PressReply>,
): CardAction {
  return async (turn, data) => {
    const read = parse(data ?? {});
    return read && run(turn, read);
  };
}

function shown(card: AdaptiveCard): PressReply {
  return { replace: card };
}

/** A new message: the card that was pressed stays as it is. */
function newCard(card: AdaptiveCard): PressReply {
  return { replies: [{ card }] };
}

function below(replies: PressReply['replies']): PressReply {
  return { replies };
}
