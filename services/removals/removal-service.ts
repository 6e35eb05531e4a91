import type { Access } from '../access/access.ts';
import { record } from '../audit/audit.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import type { BatchService } from '../devices/batch-service.ts';
import type { ListInput, ListReader } from '../devices/ports.ts';
import { ServiceError } from '../errors.ts';
import { type BatchId, isSamePerson, type Person, type RemovalId, type TenantId } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { createDraftDevices, type DraftDevices, type Taken } from './draft-devices.ts';
import {
  ANSWER_WITHIN_MS,
  concerned,
  decide,
  isExpired,
  isTypedRight,
  type Removal,
  type RemovalDecision,
} from './removal.ts';
import {
  batchesOfRemoval,
  countRemovalDevices,
  freezeRemovalDevices,
  listRemovalDevices,
} from './removal-device-store.ts';
import { findRemoval, insertRemoval, listOpenRemovals, replaceRemoval } from './removal-store.ts';

export type RemovalPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  registry: DraftDevices['registry'];
  reader: ListReader;
  customers: CustomerService;
  batches: BatchService;
  access: Access;
  now: () => Date;
  newId: () => string;
}>;

/** Removals up to a second person's answer; from there `removal-worker.ts` follows them. */
export function createRemovalService(ports: RemovalPorts) {
  const { db, jobs, access, now } = ports;

  async function find(id: RemovalId): Promise<Removal> {
    const removal = await findRemoval(db, id);
    if (!removal) throw new ServiceError('removal-not-found', `no removal ${id}`);
    return removal;
  }

  async function ownDraft(id: RemovalId, by: Person, q: Pick<Database, 'query'> = db): Promise<Removal> {
    const removal = await findRemoval(q, id);
    if (!removal || !isSamePerson(removal.requestedBy, by))
      throw new ServiceError('removal-not-found', `no removal ${id}`);
    if (removal.state !== 'draft') throw new ServiceError('removal-not-open', `${id} is ${removal.state}`);
    return removal;
  }

  async function save(
    tx: Transaction,
    removal: Removal,
    code: 'removal-not-open' | 'already-decided' = 'removal-not-open',
  ): Promise<Removal> {
    if ((await replaceRemoval(tx, removal)) === 'conflict')
      throw new ServiceError(code, `${removal.id} changed meanwhile`);
    return { ...removal, version: removal.version + 1 };
  }

  async function note(tx: Transaction, removal: Removal, action: string, actor?: Person): Promise<void> {
    await record(tx, {
      at: now(),
      actor,
      action: `removal.${action}`,
      subject: { kind: 'removal', id: removal.id },
      customerTenantId: removal.customer.tenantId,
      details: {
        devices: concerned(await countRemovalDevices(tx, removal.id)),
        ...(removal.decision?.reason && { reason: removal.decision.reason }),
      },
    });
  }

  const draftDevices = createDraftDevices({ ...ports, ownDraft, save });

  return {
    find,
    ownDraft,

    /**
     * Opens a draft for a customer who has an active relationship: Partner Center is asked now.
     *
     * @throws ServiceError `relationship-not-active`, or `partner-center-…` when that cannot be told.
     */
    async open(customerId: TenantId, by: Person): Promise<Removal> {
      const customer = await ports.customers.checkRelationship(customerId);
      if (!customer) {
        const name = (await ports.customers.find(customerId))?.name ?? customerId;
        throw new ServiceError('relationship-not-active', `no relationship with ${customerId}`, { customer: name });
      }
      const { tenantId, name, domain } = customer;
      const removal: Removal = {
        id: ports.newId() as RemovalId,
        customer: { tenantId, name, domain },
        requestedBy: by,
        state: 'draft',
        lookedInto: [],
        createdAt: now(),
        step: 0,
        version: 1,
      };
      await db.transaction((tx) => insertRemoval(tx, removal));
      return removal;
    },

    /** Reads what the rep handed over into the draft; doubtful lines are left out and told. */
    add: (id: RemovalId, input: ListInput, by: Person): Promise<Taken> => draftDevices.add(id, input, by),

    /** Opens a draft with the registered devices of a batch, or with one of them. */
    async openFrom(batchId: BatchId, by: Person, position?: number): Promise<Removal> {
      const batch = await ports.batches.find(batchId);
      const removal = await this.open(batch.customer.tenantId, by);
      await draftDevices.addBatch(removal.id, batch, by, position);
      return removal;
    },

    /** Looks for the draft's devices in Partner Center, as long as somebody can wait; again to go on. */
    look: (id: RemovalId, by: Person): Promise<Removal> => draftDevices.look(id, by),

    /**
     * Asks for a second person's answer, or refuses with the reason.
     *
     * @param typed the number of devices, or the customer's domain, as typed by hand.
     */
    async ask(id: RemovalId, by: Person, typed: string): Promise<Removal> {
      const draft = await ownDraft(id, by);
      const counts = await countRemovalDevices(db, id);
      if (counts.unchecked > 0)
        throw new ServiceError('removal-not-checked', 'not looked for', { count: counts.unchecked });
      if (counts.found === 0) throw new ServiceError('batch-empty', `${id} has no devices`);
      if (!isTypedRight(typed, counts.found, draft.customer)) throw wrong(counts.found, draft);
      const seconds = await access.secondsFor(by);
      if (seconds.length === 0) throw new ServiceError('no-second-person', 'nobody else may confirm');
      return db.transaction(async (tx) => {
        const asked: Removal = {
          ...(await ownDraft(id, by, tx)),
          state: 'asked',
          askedAt: now(),
          expiresAt: new Date(now().getTime() + ANSWER_WITHIN_MS),
          step: 1,
        };
        await freezeRemovalDevices(tx, id);
        const saved = await save(tx, asked);
        await note(tx, asked, 'asked', by);
        await jobs.enqueue(tx, [{ queue: 'removal', id, step: 1, startAt: asked.expiresAt }]);
        await tellAsked(tx, asked, seconds);
        return saved;
      });
    },

    /**
     * A second person's answer. Who may give it is read from Entra now.
     *
     * @throws ServiceError `second-person-needed`, `already-decided`, `confirmation-wrong`.
     */
    async decide(id: RemovalId, answer: Omit<RemovalDecision, 'at'>, typed = ''): Promise<Removal> {
      const removal = await find(id);
      if (removal.state === 'draft' || removal.state === 'cancelled')
        throw new ServiceError('removal-not-found', `${id} was never asked for`);
      await access.requireSecond(removal.requestedBy, answer.by);
      const count = concerned(await countRemovalDevices(db, id));
      const isOpen = removal.state === 'asked' && !isExpired(removal, now());
      if (isOpen && answer.answer === 'confirm' && !isTypedRight(typed, count, removal.customer))
        throw wrong(count, removal);
      return db.transaction(async (tx) => {
        const before = (await findRemoval(tx, id)) ?? removal;
        const after = decide(before, { ...answer, at: now() });
        if (after === before) return before;
        const isYes = answer.answer === 'confirm';
        const saved = await save(tx, { ...after, step: after.step + 1 }, 'already-decided');
        await note(tx, after, isYes ? 'confirmed' : 'refused', answer.by);
        if (isYes) await jobs.enqueue(tx, [{ queue: 'removal', id, step: after.step + 1 }]);
        await tellChanged(tx, after);
        return saved;
      });
    },

    /** Throws a draft away, or takes back what nobody has answered yet. */
    async cancel(id: RemovalId, by: Person): Promise<Removal> {
      const removal = await find(id);
      if (!isSamePerson(removal.requestedBy, by)) throw new ServiceError('removal-not-found', `no removal ${id}`);
      return db.transaction(async (tx) => {
        const before = (await findRemoval(tx, id)) ?? removal;
        if (before.state === 'cancelled' || before.state === 'withdrawn') return before;
        if (before.state !== 'draft' && before.state !== 'asked')
          throw new ServiceError('already-decided', `${id} is ${before.state}`);
        const state = before.state === 'draft' ? 'cancelled' : 'withdrawn';
        const after: Removal = { ...before, state, finishedAt: now(), step: before.step + 1 };
        const saved = await save(tx, after, 'already-decided');
        if (state === 'withdrawn') {
          await note(tx, after, 'withdrawn', by);
          await tellChanged(tx, after);
        }
        return saved;
      });
    },

    /** Closes what nobody answered in time; otherwise nothing. */
    async expire(id: RemovalId): Promise<void> {
      await db.transaction(async (tx) => {
        const before = await findRemoval(tx, id);
        if (!before || !isExpired(before, now())) return;
        const after: Removal = { ...before, state: 'expired', finishedAt: now(), step: before.step + 1 };
        await save(tx, after);
        await note(tx, after, 'expired');
        await tellChanged(tx, after);
      });
    },

    /** Removals that were asked for and are not over, those that wait longest first; `limit` at most. */
    listOpen: (limit: number) => listOpenRemovals(db, limit),
    counts: (id: RemovalId) => countRemovalDevices(db, id),
    devices: (id: RemovalId, page: { limit: number; offset: number }) => listRemovalDevices(db, id, page),
    batchNames: (id: RemovalId, limit: number) => batchesOfRemoval(db, id, limit),
  };

  async function tellAsked(tx: Transaction, removal: Removal, seconds: readonly Person[]): Promise<void> {
    const outbox = createOutbox(tx, jobs, ports.newId);
    const subject = { kind: 'removal', id: removal.id } as const;
    const { tenantId, userId } = removal.requestedBy;
    await outbox.want(subject, 'removal.rep', { kind: 'person', tenantId, userId });
    for (const second of seconds) {
      await outbox.want(subject, 'removal.remover', {
        kind: 'person',
        tenantId: second.tenantId,
        userId: second.userId,
      });
    }
  }

  /** Every copy is drawn anew; whoever asked also gets a line when it is over before it began. */
  async function tellChanged(tx: Transaction, removal: Removal): Promise<void> {
    const outbox = createOutbox(tx, jobs, ports.newId);
    const subject = { kind: 'removal', id: removal.id } as const;
    await outbox.redraw(subject);
    const { tenantId, userId } = removal.requestedBy;
    if (removal.state === 'refused' || removal.state === 'expired')
      await outbox.want(subject, 'removal.notice-rep', { kind: 'person', tenantId, userId });
  }
}

export type RemovalService = ReturnType<typeof createRemovalService>;

function wrong(count: number, { id, customer }: Removal): ServiceError {
  return new ServiceError('confirmation-wrong', `typed wrong for ${id}`, { count, domain: customer.domain });
}
