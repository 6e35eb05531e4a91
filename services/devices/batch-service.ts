import { record } from '../audit/audit.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import { type BatchId, isSamePerson, type Person, type TenantId, type UploadId } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { ChosenProfile } from '../profiles/application.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Queryable, Transaction } from '../storage/ports.ts';
import {
  type Batch,
  isEnded,
  type Origin,
  parseBatchName,
  suggestBatchName,
  UPLOAD_LIMITS,
  type Upload,
  type UploadLimits,
  uploadStarts,
} from './batch.ts';
import {
  countRunningBatches,
  findBatch,
  findBatchByName,
  insertBatch,
  listBatches,
  replaceBatch,
  saveProfile,
} from './batch-store.ts';
import { chosenPositions } from './chosen-devices.ts';
import { type DeviceList, MAX_DEVICES_PER_BATCH } from './device.ts';
import {
  acceptDevices,
  assignUploads,
  countDevices,
  deviceSizes,
  doubtfulPositions,
  insertDevices,
  listDevices,
  listDoubtful,
  listSources,
  removeDevices,
  surfaceSerials,
} from './device-store.ts';
import { isJustTalk, listed } from './draft-list.ts';
import { countByHash, countKnown } from './known-devices.ts';
import type { DeviceRegistry, ListInput, ListReader } from './ports.ts';
import { insertProblems, listProblems, removeProblems } from './problem-store.ts';
import { withoutRepeats } from './repeats.ts';
import { createResending } from './resending.ts';
import { doubtSurface } from './surface.ts';
import { insertUploads, uploadsOf } from './upload-store.ts';

export type BatchPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  registry: DeviceRegistry;
  reader: ListReader;
  customers: CustomerService;
  now: () => Date;
  newId: () => string;
  /** Smaller uploads than Partner Center takes, where those are wanted. */
  uploadLimits?: UploadLimits;
}>;

/** Device batches up to the moment they are confirmed; from there `upload-worker.ts` follows them. */
export function createBatchService(ports: BatchPorts) {
  const { db, jobs, now } = ports;
  const resending = createResending(ports);

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

  async function requireRelationship(customer: TenantId): Promise<Batch['customer']> {
    const found = await ports.customers.checkRelationship(customer);
    if (found) return found;
    const name = (await ports.customers.find(customer))?.name ?? customer;
    throw new ServiceError('relationship-not-active', `no relationship with ${customer}`, { customer: name });
  }

  async function refuseTakenName(customer: TenantId, name: string): Promise<void> {
    const taken =
      (await findBatchByName(db, customer, name)) !== undefined ||
      (await ports.registry.batches(customer)).some((batch) => batch.name.toLowerCase() === name.toLowerCase());
    if (taken) throw new ServiceError('batch-name-taken', `batch name taken at ${customer}`, { name });
  }

  return {
    resend: resending.resend,
    requireRelationship,

    /**
     * Opens a draft for a customer who has an active relationship: Partner Center is asked now.
     *
     * @throws ServiceError `relationship-not-active`, or `partner-center-…` when that cannot be told.
     */
    async open(customerId: TenantId, by: Person, origin?: Origin): Promise<Batch> {
      const { tenantId, name, domain } = await requireRelationship(customerId);
      const id = ports.newId() as BatchId;
      const customer = { tenantId, name, domain };
      const batch: Batch = {
        id,
        customer,
        name: suggestBatchName(customer, now(), id.slice(-4).toUpperCase()),
        requestedBy: by,
        origin,
        state: 'draft',
        createdAt: now(),
        version: 1,
      };
      await db.transaction((tx) => insertBatch(tx, batch));
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

    /**
     * Confirms a draft: the list is frozen, split into uploads whose ids are fixed, and on its way when this resolves.
     *
     * @param version of the list that was looked at: one that changed since then is not sent.
     * @param profile what its devices get once they are registered.
     * @throws ServiceError `list-changed`, `batch-empty`, `doubtful-devices`, `batch-name-invalid`, `batch-name-taken`,
     * `relationship-not-active`, `batch-not-open`.
     */
    async confirm(
      id: BatchId,
      by: Person,
      nameTyped: string,
      { version, profile }: { version?: number; profile?: ChosenProfile } = {},
    ): Promise<Batch> {
      const batch = await draft(id, by);
      requireVersion(batch, version ?? batch.version);
      const name = parseBatchName(nameTyped);
      const counts = await countDevices(db, id);
      if (counts.total === 0) throw new ServiceError('batch-empty', `${id} has no devices`);
      if (counts.doubtful > 0) throw new ServiceError('doubtful-devices', 'unanswered', { count: counts.doubtful });
      await requireRelationship(batch.customer.tenantId);
      await refuseTakenName(batch.customer.tenantId, name);
      return db.transaction(async (tx) => {
        const current = await draft(id, by, tx);
        requireVersion(current, batch.version); // what was counted and checked above is what is sent
        const confirmed: Batch = {
          ...current,
          name,
          state: 'sending',
          confirmedAt: now(),
          ...(profile && { profile }),
        };
        await save(tx, confirmed);
        if (profile) await saveProfile(tx, confirmed);
        await freeze(tx, confirmed, counts.total);
        await tellStarted(tx, confirmed);
        return { ...confirmed, version: confirmed.version + 1 };
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

    /** @throws ServiceError `batch-not-found`. */
    async find(id: BatchId): Promise<Batch> {
      const batch = await findBatch(db, id);
      if (!batch) throw new ServiceError('batch-not-found', `no batch ${id}`);
      return batch;
    },

    /**
     * A list that this person is putting together. Nobody else sees it before it is confirmed.
     *
     * @throws ServiceError `batch-not-found` for everybody else, `batch-not-open` once it was confirmed or cancelled.
     */
    ownDraft: (id: BatchId, by: Person) => draft(id, by),

    /** Records who took the devices of a batch along as a file. @throws ServiceError `batch-not-found`. */
    async noteExport(id: BatchId, by: Person, what: string): Promise<void> {
      const batch = await findBatch(db, id);
      if (!batch || batch.state === 'draft') throw new ServiceError('batch-not-found', `no batch ${id}`);
      const { tenantId, userId, name } = by;
      await db.transaction((tx) =>
        record(tx, {
          at: now(),
          actor: { tenantId, userId, name },
          action: 'batch.exported',
          subject: { kind: 'batch', id },
          customerTenantId: batch.customer.tenantId,
          details: { what },
        }),
      );
    },

    /** @see chosenPositions */
    chosenPositions: (id: BatchId, typed: string) => chosenPositions(db, id, typed),

    list: (page: Parameters<typeof listBatches>[1]) => listBatches(db, page),
    countRunning: () => countRunningBatches(db),
    counts: (id: BatchId) => countDevices(db, id),
    devices: (id: BatchId, page: Parameters<typeof listDevices>[2]) => listDevices(db, id, page),
    problems: (id: BatchId, page: { limit: number; offset: number }) => listProblems(db, id, page),
    uploads: (id: BatchId) => uploadsOf(db, id),

    doubtful: (id: BatchId, page: { limit: number; offset: number }) => listDoubtful(db, id, page),
    /** Numbers of the Surface devices that await the rep's word: for Microsoft Support. */
    surfaceSerials: (id: BatchId, limit: number) => surfaceSerials(db, id, limit),
    sources: (id: BatchId) => listSources(db, id),

    /** Devices of this draft that we know from elsewhere: said before anything is sent. */
    known: (batch: Batch) => countKnown(db, batch),
    /** Devices of this draft that come by their hardware hash only. */
    byHash: (id: BatchId) => countByHash(db, id),

    /** Nothing about this batch will change by itself any more. */
    isEnded,
  };

  async function freeze(tx: Transaction, batch: Batch, total: number): Promise<void> {
    const sizes = await deviceSizes(tx, batch.id);
    const starts = uploadStarts(sizes, ports.uploadLimits ?? UPLOAD_LIMITS);
    await assignUploads(tx, batch.id, starts);
    const uploads = starts.map((start, index) =>
      newUpload(batch.id, index + 1, (starts[index + 1] ?? sizes.length) - start),
    );
    await insertUploads(tx, uploads);
    await record(tx, {
      at: now(),
      actor: batch.requestedBy,
      action: 'batch.confirmed',
      subject: { kind: 'batch', id: batch.id },
      customerTenantId: batch.customer.tenantId,
      details: { name: batch.name, devices: total, requestIds: uploads.map(({ requestId }) => requestId) },
    });
    const [first] = uploads;
    if (first) await jobs.enqueue(tx, [{ queue: 'upload', id: first.id, step: 0 }]);
  }

  function newUpload(batchId: BatchId, number: number, deviceCount: number): Upload {
    return {
      id: ports.newId() as UploadId,
      batchId,
      number,
      deviceCount,
      requestId: ports.newId(),
      correlationId: ports.newId(),
      state: 'queued',
      attempts: 0,
      looks: 0,
      step: 0,
    };
  }

  async function tellStarted(tx: Transaction, batch: Batch): Promise<void> {
    const outbox = createOutbox(tx, jobs, ports.newId);
    const subject = { kind: 'batch', id: batch.id } as const;
    const { tenantId, userId } = batch.requestedBy;
    await outbox.want(subject, 'batch.rep', { kind: 'person', tenantId, userId });
    if (batch.origin) await outbox.want(subject, 'batch.channel', { kind: 'conversation', ...batch.origin });
  }
}

export type BatchService = ReturnType<typeof createBatchService>;

/** What a rep typed in place of a doubtful device or of a line that was not taken. */
export type CorrectedLine = Readonly<{ of: 'device' | 'problem'; position: number; text: string }>;

/** Source name of lines a rep typed instead of wrong ones; the catalogue has its words. */
export const CORRECTED = 'corrected';

function requireVersion({ id, version }: Batch, expected: number): void {
  if (version !== expected) throw new ServiceError('list-changed', `${id} changed meanwhile`);
}
