import type { Shown } from '../audit/shown.ts';
import { ServiceError } from '../errors.ts';
import { EVENT_OF_REQUEST } from '../events/event.ts';
import type { Announce } from '../events/ports.ts';
import type { Person, RequestId } from '../identity.ts';
import { channelsFor } from '../messages/channels.ts';
import type { MessageRole } from '../messages/message.ts';
import { createOutbox, type Outbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { rolesNoted } from './approver-roles.ts';
import { noteRequest } from './noting.ts';
import { nextLookMs, type RelationshipRequest } from './relationship.ts';
import { awaited, remindersOf } from './reminders.ts';
import { replaceRequest } from './request-store.ts';

export type ChangePorts = Readonly<{
  db: Database;
  jobs: Jobs;
  now: () => Date;
  newId: () => string;
  /** Tells a ticket system; absent where there is none. */
  announce?: Announce;
}>;

/** A change of state, by whom, and what they had read when they made it. */
type Followed = Readonly<{ before: RelationshipRequest; after: RelationshipRequest; by?: Person; shown?: Shown }>;

const MAX_ATTEMPTS = 5;

/** Changes of requests, each with everything that follows from it, in one transaction. */
export function createChanges(ports: ChangePorts) {
  const { db, jobs, now } = ports;

  /** Applies a rule to a request and stores the outcome with its audit row and messages; first writer wins. */
  async function change(
    find: (tx: Transaction) => Promise<RelationshipRequest | undefined>,
    rule: (request: RelationshipRequest) => RelationshipRequest,
    by?: Person,
    shown?: Shown,
  ): Promise<{ request: RelationshipRequest; changed: boolean }> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const outcome = await db.transaction(async (tx) => {
        const before = await find(tx);
        if (!before) throw new ServiceError('request-not-found', 'no such request');
        const after = rule(before);
        if (after === before) return { request: before, changed: false };
        if ((await replaceRequest(tx, before, after)) === 'conflict') return undefined;
        if (after.state !== before.state) await follow(tx, { before, after, by, shown });
        else if (after.approvers.length > before.approvers.length) await askToo(tx, { before, after, by });
        else if (rolesNoted(before, after)) await tellRoles(tx, { before, after, by });
        else if (after.reminders.length > before.reminders.length) await bringToMind(tx, after, by);
        return { request: { ...after, version: before.version + 1 }, changed: true };
      });
      if (outcome) return outcome;
    }
    throw new Error('the request kept changing');
  }

  /** Everything a new state brings with it, in the transaction of the change. */
  async function follow(tx: Transaction, { before, after, by, shown }: Followed): Promise<void> {
    const details = {
      from: before.state,
      link: after.link,
      reason: after.decision?.reason,
      shown,
      ...(!before.decision && { roles: after.decision?.roles }),
    };
    await noteRequest(tx, after, { at: now(), by, what: after.state, details });
    const outbox = createOutbox(tx, jobs, ports.newId);
    await outbox.redraw({ kind: 'request', id: after.id });
    await tell(tx, outbox, { before, after });
    await announce(tx, after);
    if (after.state === 'approved') await lookAgain(tx, after);
  }

  async function announce(tx: Transaction, { id, customer, state }: RelationshipRequest): Promise<void> {
    const type = EVENT_OF_REQUEST[state];
    if (type) await ports.announce?.(tx, { type, data: { requestId: id, customerTenantId: customer.tenantId, state } });
  }

  /** An approver named colleagues: they get the question, too, and the rep sees whom it went to. */
  async function askToo(tx: Transaction, { before, after, by }: Followed): Promise<void> {
    const added = after.approvers.slice(before.approvers.length).map(({ signInName }) => signInName);
    await noteRequest(tx, after, { at: now(), by, what: 'delegated', details: { to: added, link: after.link } });
    const outbox = createOutbox(tx, jobs, ports.newId);
    const subject = { kind: 'request', id: after.id } as const;
    for (const signInName of added) {
      await outbox.want(subject, 'request.approver', { kind: 'person', tenantId: after.customer.tenantId, signInName });
    }
    await outbox.redraw(subject);
  }

  /** An approver signed in: everybody who sees the request sees what Entra says about them. */
  async function tellRoles(tx: Transaction, { before, after, by }: Followed): Promise<void> {
    const noted = after.approvers.find(({ roles }, position) => roles !== before.approvers[position]?.roles);
    await noteRequest(tx, after, { at: now(), by, what: 'roles-read', details: { roles: noted?.roles } });
    await createOutbox(tx, jobs, ports.newId).redraw({ kind: 'request', id: after.id });
  }

  /** Reminds those who are waited for. Who has not installed the app yet has a mail and needs no second card there. */
  async function bringToMind(tx: Transaction, after: RelationshipRequest, by?: Person): Promise<void> {
    const seen = awaited(after).flatMap(({ userId }) => userId ?? []);
    const details = { approvers: awaited(after).map(({ signInName }) => signInName), reached: seen.length };
    await noteRequest(tx, after, { at: now(), by, what: 'reminded', details });
    const outbox = createOutbox(tx, jobs, ports.newId);
    const { tenantId } = after.customer;
    for (const subject of remindersOf(after).slice(-1)) {
      for (const userId of seen) await outbox.want(subject, 'reminder', { kind: 'person', tenantId, userId });
    }
    await outbox.redraw({ kind: 'request', id: after.id });
  }

  /** Cards follow every state; a notice is sent only where somebody waits for the news. */
  async function tell(tx: Transaction, outbox: Outbox, { before, after }: Followed): Promise<void> {
    const tellChannels = async (role: MessageRole) => {
      for (const { digestAt: _, ...channel } of await channelsFor(tx)) await outbox.want(subject, role, channel);
    };
    const subject = { kind: 'request', id: after.id } as const;
    const { requestedBy } = after;
    const { tenantId } = after.customer;
    const asked = awaited(after).flatMap(({ userId }) => userId ?? []);
    const tellAsked = async (role: MessageRole) => {
      for (const userId of asked) await outbox.want(subject, role, { kind: 'person', tenantId, userId });
    };
    for (const reminder of remindersOf(after)) await outbox.redraw(reminder);
    if (['active', 'declined', 'expired'].includes(after.state)) {
      await outbox.want(subject, 'request.notice-rep', { kind: 'person', ...addressee(requestedBy) });
      await tellChannels('request.notice-channel');
    }
    if (after.state === 'expired') await tellAsked('request.notice-approver');
    if (after.state === 'active' && before.state === 'approved') await tellAsked('request.notice-approver');
    if (after.state === 'ended') {
      await outbox.want(subject, 'request.ended-rep', { kind: 'person', ...addressee(requestedBy) });
      await tellAsked('request.ended-approver');
      await tellChannels('request.ended-channel');
    }
  }

  async function lookAgain(tx: Transaction, request: RelationshipRequest): Promise<void> {
    const ms = nextLookMs(request, now());
    if (ms === undefined) return;
    // On a grid, so that looks that begin apart (a press, a webhook) meet at the same one instead of multiplying.
    const gridMs = 1_000 * 2 ** Math.floor(Math.log2(Math.max(ms / 2_000, 1)));
    await enqueueLook(tx, request.id, new Date(Math.ceil((now().getTime() + ms) / gridMs) * gridMs));
  }

  /** Looks are told apart by when they are due: enqueueing the same one twice is harmless. */
  async function enqueueLook(tx: Transaction, id: RequestId, startAt = now()): Promise<void> {
    await jobs.enqueue(tx, [{ queue: 'relationship', id, step: startAt.getTime(), startAt }]);
  }

  return { change, lookAgain, enqueueLook };
}

export type Changes = ReturnType<typeof createChanges>;

/** The one field of a person that says where to write to. */
export function addressee(person: Person) {
  return { tenantId: person.tenantId, userId: person.userId };
}
