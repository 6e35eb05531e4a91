import type { Log } from '../log.ts';
import { findPerson, isChatOfAnother, type KnownPerson, markUnreachable } from '../people/people-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import { findChannel } from './channels.ts';
import { digestOpenedAt } from './digests.ts';
import { holdMs, type ReaderHours } from './hold.ts';
import { type Message, nextDelivery } from './message.ts';
import { deliveryJob, findMessage, redraw, saveDelivery } from './message-store.ts';
import type { Address, Chat, ChatOutcome } from './ports.ts';

export type DeliveryPorts = Readonly<{ db: Database; jobs: Jobs; chat: Chat; now: () => Date; log: Log }>;

/**
 * Brings one message to what is wanted. Begun again after a crash it does the same thing or nothing: the row says how far
 * the last attempt got, and a post whose answer was lost is not repeated before a quiet time is over.
 */
export function createDelivery(ports: DeliveryPorts) {
  const turns = new Map<string, Promise<void>>();
  return {
    /** One at a time for the same message: of two updates the older drawing could arrive last. */
    async deliver(id: string): Promise<void> {
      const before = turns.get(id) ?? Promise.resolve();
      const turn = before.catch(() => undefined).then(() => deliverOne(ports, id));
      turns.set(id, turn);
      try {
        await turn;
      } finally {
        if (turns.get(id) === turn) turns.delete(id);
      }
    },
  };
}

async function deliverOne(ports: DeliveryPorts, id: string): Promise<void> {
  const message = await findMessage(ports.db, id);
  if (!message) return;
  const next = nextDelivery(message, ports.now());
  if (next.kind === 'post') await post(ports, message);
  else if (next.kind === 'update') await update(ports, message);
  else if (next.kind === 'wait') await later(ports, message, message, next.ms);
  else if (next.kind === 'give-up') await giveUp(ports, message, 'no answer');
}

async function post(ports: DeliveryPorts, message: Message): Promise<void> {
  const reader = await readerOf(ports, message);
  if (!reader) {
    await settle(ports, message, { ...message, state: 'waiting', problem: 'not-installed' });
    return;
  }
  const { address, hours, person } = reader;
  if (person && (await isChatOfAnother(ports.db, person))) {
    ports.log.error('one chat is noted for two people; nothing is written there', { tenant: person.tenantId });
    await giveUp(ports, message, 'address-in-doubt');
    return;
  }
  const openedAt = message.subjectKind === 'digest' ? await digestOpenedAt(ports.db, message.subjectId) : undefined;
  const waitMs = hours ? holdMs(message, hours, ports.now(), openedAt) : 0;
  if (waitMs > 0) {
    await later(ports, message, message, waitMs);
    return;
  }
  const sending: Message = {
    ...message,
    state: 'sending',
    attempts: message.attempts + 1,
    sendingSince: ports.now(),
  };
  if ((await saveDelivery(ports.db, message, sending)) === 'conflict') return;
  const outcome = await ports.chat.post(sending, address);
  if (outcome.kind === 'done') {
    const { activityId } = outcome;
    const { serviceUrl, conversationId } = address;
    await settle(ports, sending, {
      ...sending,
      state: 'sent',
      drawn: message.wanted,
      problem: undefined,
      postedAt: { serviceUrl, conversationId, activityId },
    });
    return;
  }
  await handleRefusal(ports, sending, outcome);
}

async function update(ports: DeliveryPorts, message: Message): Promise<void> {
  if (!message.postedAt) return;
  const outcome = await ports.chat.update(message, message.postedAt);
  if (outcome.kind === 'done') {
    await settle(ports, message, { ...message, state: 'sent', drawn: message.wanted, problem: undefined });
  } else if (outcome.kind === 'ambiguous') {
    await later(ports, message, message, 5_000); // an update may be repeated: it says what is, not what changed
  } else if (outcome.kind === 'gone') {
    await later(ports, message, { ...message, state: 'due', attempts: 0, postedAt: undefined }, 0);
  } else {
    await handleRefusal(ports, message, outcome);
  }
}

async function handleRefusal(
  ports: DeliveryPorts,
  message: Message,
  outcome: Exclude<ChatOutcome, { kind: 'done' }>,
): Promise<void> {
  switch (outcome.kind) {
    case 'later': // throttled before anything was posted: this attempt does not count
      await later(ports, message, putOff(message), outcome.retryAfterMs);
      return;
    case 'ambiguous':
      await laterAsTheRowSays(ports, message, { ...message, state: 'ambiguous', problem: outcome.reason });
      return;
    case 'gone':
      await giveUp(ports, message, 'conversation-gone');
      return;
    case 'pointless':
      await settle(ports, message, { ...message, state: 'undeliverable', problem: 'pointless' });
      return;
    case 'refused':
      await refused(ports, message, outcome.reason);
  }
}

async function laterAsTheRowSays(ports: DeliveryPorts, before: Message, after: Message): Promise<void> {
  const next = nextDelivery({ ...after, wanted: after.wanted + 1 }, ports.now());
  await later(ports, before, after, next.kind === 'wait' ? next.ms : 0);
}

/** An attempt that Teams put off never was. */
function putOff(message: Message): Message {
  return message.postedAt
    ? { ...message, state: 'sent' }
    : { ...message, state: 'due', attempts: message.attempts - 1 };
}

async function refused(
  ports: DeliveryPorts,
  message: Message,
  reason: Extract<ChatOutcome, { kind: 'refused' }>['reason'],
): Promise<void> {
  if (reason === 'rejected' || message.recipient.kind === 'conversation') {
    await giveUp(ports, message, reason);
    return;
  }
  await markUnreachable(ports.db, message.recipient);
  await settle(ports, message, { ...message, state: 'waiting', problem: reason });
}

async function giveUp(ports: DeliveryPorts, message: Message, problem: string): Promise<void> {
  ports.log.warn('a message cannot be delivered', { message: message.id, role: message.role, problem });
  await settle(ports, message, { ...message, state: 'undeliverable', problem });
}

/**
 * Records the outcome; what was wanted in the meantime has a job of its own. Whether an approver has the card yet stands
 * on the rep's card, which is therefore brought up to date, too.
 */
async function settle(ports: DeliveryPorts, before: Message, after: Message): Promise<void> {
  await ports.db.transaction(async (tx) => {
    if ((await saveDelivery(tx, before, after)) === 'conflict') return;
    const isNews = before.role === 'request.approver' && (after.state !== 'sent' || !before.postedAt);
    if (isNews) await redraw(tx, ports.jobs, { kind: before.subjectKind, id: before.subjectId });
  });
}

async function later(ports: DeliveryPorts, before: Message, after: Message, ms: number): Promise<void> {
  await ports.db.transaction(async (tx) => {
    if ((await saveDelivery(tx, before, after)) === 'conflict') return;
    const [row] = await tx.query('update messages set wanted = wanted + 1 where id = $1 returning wanted', [before.id]);
    const startAt = new Date(ports.now().getTime() + ms);
    await ports.jobs.enqueue(tx, [{ ...deliveryJob(before.id, Number(row?.wanted)), startAt }]);
  });
}

type Reader = Readonly<{ address: Address; hours?: ReaderHours; person?: KnownPerson }>;

async function readerOf(ports: DeliveryPorts, { recipient, role }: Message): Promise<Reader | undefined> {
  if (recipient.kind === 'conversation') {
    const channel = role === 'digest.channel' ? await findChannel(ports.db, recipient.conversationId) : undefined;
    return { address: recipient, ...(channel && { hours: { ...channel, settings: { digestAt: channel.digestAt } } }) };
  }
  const person = await findPerson(ports.db, recipient);
  if (!person?.installed || !person.conversationId || !person.serviceUrl) return undefined;
  const { tenantId, conversationId, serviceUrl } = person;
  return { address: { tenantId, conversationId, serviceUrl }, hours: person, person };
}
