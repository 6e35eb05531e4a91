import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import { type BatchId, isSamePerson, type Person, type TenantId } from '../identity.ts';
import type { Database, Queryable, Transaction } from '../storage/ports.ts';
import { type Batch, type Origin, suggestedName } from './batch.ts';
import { findBatch, insertBatch, replaceBatch, saveAddsTo } from './batch-store.ts';
import { type DeviceList, MAX_DEVICES_PER_BATCH } from './device.ts';
import { acceptDevices, doubtfulPositions, insertDevices, listDevices, removeDevices } from './device-store.ts';
import { isJustTalk, listed } from './draft-list.ts';
import type { ListInput, ListReader } from './ports.ts';
import { insertProblems, listProblems, removeProblems } from './problem-store.ts';
import { withoutRepeats } from './repeats.ts';
import { doubtSurface } from './surface.ts';

export type DraftPorts = Readonly<{
  db: Database;
  reader: ListReader;
  customers: CustomerService;
  now: () => Date;
  newId: () => string;
}>;

/** Lists that reps put together. Nothing of them leaves this house before they are confirmed. */
export function createDrafts(ports: DraftPorts) {
  const { db, now } = ports;

  async function draft(id: BatchId, by: Person, q: Queryable = db): Promise<Batch> {
    const batch = await findBatch(q, id);
    if (!batch || !isSamePerson(batch.requestedBy, by)) throw new ServiceError('batch-not-found', `no batch ${id}`);
    if (batch.state !== 'draft')
      throw new ServiceError('batch-not-open', `${id} is ${batch.state}`, { name: batch.name });
    return batch;
  }

  async function save(tx: Transaction, batch: Batch): Promise<void> {
    if ((await replaceBatch(tx, batch)) === 'conflict') {
      throw new ServiceError('batch-not-open', `${batch.id} changed meanwhile`, { name: batch.name });
    }
  }

  /** Adds what a draft does not have yet. */
  async function append(tx: Transaction, batch: Batch, list: DeviceList): Promise<DeviceList> {
    const { id } = batch;
    const before = await listDevices(tx, id, { limit: MAX_DEVICES_PER_BATCH, offset: 0, order: 'position' });
    const added = withoutRepeats(before, list);
    const count = before.length + added.devices.length;
    if (count > MAX_DEVICES_PER_BATCH) {
      throw new ServiceError('batch-too-large', 'too many devices', { max: MAX_DEVICES_PER_BATCH, count });
    }
    await insertDevices(
      tx,
      id,
      added.devices.map((device, index) => listed(device, before.length + index)),
    );
    const { total } = await listProblems(tx, id, { limit: 1, offset: 0 });
    await insertProblems(tx, id, total, added.problems);
    await save(tx, batch);
    return added;
  }

  async function requireRelationship(customer: TenantId, believe?: 'seen-lately'): Promise<Batch['customer']> {
    const found = await ports.customers.checkRelationship(customer, believe);
    if (found) return found;
    const name = (await ports.customers.find(customer))?.name ?? customer;
    throw new ServiceError('relationship-not-active', `no relationship with ${customer}`, { customer: name });
  }

  return {
    draft,
    save,
    requireRelationship,

    /**
     * Opens a draft for a customer who has an active relationship: Partner Center is asked now.
     *
     * @param addsTo the batch that the rep has in mind for it; decided when the list is confirmed.
     * @throws ServiceError `relationship-not-active`, or `partner-center-…` when that cannot be told.
     */
    async open(customerId: TenantId, by: Person, origin?: Origin, addsTo?: string): Promise<Batch> {
      const { tenantId, name, domain } = await requireRelationship(customerId);
      const id = ports.newId() as BatchId;
      const customer = { tenantId, name, domain };
      const createdAt = now();
      const batch: Batch = {
        id,
        customer,
        name: suggestedName({ id, customer, createdAt }),
        requestedBy: by,
        origin,
        ...(addsTo && { addsTo: { name: addsTo } }),
        state: 'draft',
        createdAt,
        version: 1,
      };
      await db.transaction(async (tx) => {
        await insertBatch(tx, batch);
        if (addsTo) await saveAddsTo(tx, batch);
      });
      return batch;
    },

    /**
     * Reads what the rep handed over and adds it to the draft; what repeats in the draft is a problem row. Words in which
     * nothing looks like a device change nothing.
     */
    async add(id: BatchId, input: ListInput, by: Person): Promise<DeviceList> {
      await draft(id, by);
      const list = doubtSurface(await ports.reader.read(input));
      if (input.kind === 'text' && isJustTalk(list)) return list;
      return db.transaction(async (tx) => append(tx, await draft(id, by, tx), list));
    },

    /**
     * The rep's yes or no to all doubtful devices of a draft, or to those at `positions`. A yes to all leaves Surface devices
     * alone: those are taken one by one or not at all.
     *
     * @param version of the list that was looked at: in one that changed since then, positions mean other devices.
     * @throws ServiceError `list-changed`, `batch-not-open`.
     */
    async settleDoubtful(
      id: BatchId,
      by: Person,
      { answer, version, positions }: { answer: 'take' | 'drop'; version?: number; positions?: readonly number[] },
    ): Promise<void> {
      await db.transaction(async (tx) => {
        const batch = await draft(id, by, tx);
        requireVersion(batch, version ?? batch.version);
        const which = positions ?? (await doubtfulPositions(tx, id, answer === 'take' ? ['surface_device'] : []));
        if (answer === 'take') await acceptDevices(tx, id, which);
        else await removeDevices(tx, id, which);
        await save(tx, batch);
      });
    },

    /**
     * Replaces wrong lines of a draft by what the rep typed instead; still wrong ones stay as problems, and a line whose
     * correction says nothing stays as it was.
     *
     * @throws ServiceError as `settleDoubtful` does.
     */
    async fix(
      id: BatchId,
      by: Person,
      { lines, version }: { lines: readonly CorrectedLine[]; version: number },
    ): Promise<void> {
      const text = lines.map((line) => line.text.replace(/\s+/g, ' ')).join('\n');
      const list = doubtSurface(await ports.reader.read({ kind: 'text', source: CORRECTED, text }));
      const understood = new Set([...list.devices, ...list.problems].map(({ row }) => row));
      const replaced = lines.filter((_, index) => understood.has(index + 1));
      const positions = (kind: CorrectedLine['of']) =>
        replaced.flatMap(({ of, position }) => (of === kind ? [position] : []));
      await db.transaction(async (tx) => {
        const batch = await draft(id, by, tx);
        requireVersion(batch, version);
        await removeProblems(tx, id, positions('problem'));
        await removeDevices(tx, id, positions('device'));
        await append(tx, batch, { ...list, problems: list.problems.filter(({ row }) => row > 0) });
      });
    },

    /** Throws a draft away. Nothing was sent. */
    async cancel(id: BatchId, by: Person): Promise<Batch> {
      return db.transaction(async (tx) => {
        const batch: Batch = { ...(await draft(id, by, tx)), state: 'cancelled', finishedAt: now() };
        await save(tx, batch);
        return batch;
      });
    },
  };
}

export type Drafts = ReturnType<typeof createDrafts>;

/** What a rep typed in place of a doubtful device or of a line that was not taken. */
export type CorrectedLine = Readonly<{ of: 'device' | 'problem'; position: number; text: string }>;

/** Source name of lines a rep typed instead of wrong ones; the catalogue has its words. */
export const CORRECTED = 'corrected';

/** @throws ServiceError `list-changed` when somebody wrote since this version was read. */
export function requireVersion({ id, version }: Batch, expected: number): void {
  if (version !== expected) throw new ServiceError('list-changed', `${id} changed meanwhile`);
}
