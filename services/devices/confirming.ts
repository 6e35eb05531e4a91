import { record } from '../audit/audit.ts';
import { ServiceError } from '../errors.ts';
import type { BatchId, Person, UploadId } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { ChosenProfile } from '../profiles/application.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Transaction } from '../storage/ports.ts';
import { createAdditions, takeTurn } from './additions.ts';
import {
  type Batch,
  parseBatchName,
  suggestedName,
  UPLOAD_LIMITS,
  type Upload,
  type UploadLimits,
  uploadStarts,
} from './batch.ts';
import { findBatchByName, saveAddsTo, saveProfile } from './batch-store.ts';
import { assignUploads, countDevices, deviceSizes } from './device-store.ts';
import { type DraftPorts, type Drafts, requireVersion } from './drafts.ts';
import type { DeviceRegistry } from './ports.ts';
import { insertUploads } from './upload-store.ts';

export type ConfirmingPorts = Pick<DraftPorts, 'db' | 'now' | 'newId'> &
  Readonly<{
    jobs: Jobs;
    registry: DeviceRegistry;
    /** Smaller uploads than Partner Center takes, where those are wanted. */
    uploadLimits?: UploadLimits;
  }>;

/** The step from a draft to a batch that is on its way. */
export function createConfirming(ports: ConfirmingPorts, { draft, save, requireRelationship }: Drafts) {
  const { db, jobs, now } = ports;
  const additions = createAdditions(ports);

  return {
    targets: additions.targets,

    /**
     * Confirms a draft: the list is frozen, split into uploads whose ids are fixed, and on its way when this resolves.
     *
     * @param version of the list that was looked at: one that changed since then is not sent.
     * @param profile what its devices get once they are registered.
     * @param addTo the batch at Partner Center that takes the devices; without one a new batch with the name typed does.
     * @throws ServiceError `list-changed`, `batch-empty`, `doubtful-devices`, `batch-name-invalid`, `batch-name-taken`,
     * `relationship-not-active`, `batch-not-open`, `batch-to-add-to-gone`, `batch-under-way`.
     */
    async confirm(
      id: BatchId,
      by: Person,
      nameTyped: string,
      { version, profile, addTo }: { version?: number; profile?: ChosenProfile; addTo?: string } = {},
    ): Promise<Batch> {
      const batch = await draft(id, by);
      requireVersion(batch, version ?? batch.version);
      const { tenantId } = batch.customer;
      const typed = addTo === undefined ? parseBatchName(nameTyped) : undefined;
      const counts = await countDevices(db, id);
      if (counts.total === 0) throw new ServiceError('batch-empty', `${id} has no devices`);
      if (counts.doubtful > 0) throw new ServiceError('doubtful-devices', 'unanswered', { count: counts.doubtful });
      await requireRelationship(tenantId, 'seen-lately');
      const addsTo = addTo === undefined ? undefined : await additions.target(tenantId, addTo);
      const name = addsTo?.name ?? typed ?? '';
      if (!addsTo) await refuseTakenName(batch, name);
      return db.transaction(async (tx) => {
        const current = await draft(id, by, tx);
        requireVersion(current, batch.version); // what was counted and checked above is what is sent
        const confirmed: Batch = {
          ...current,
          name,
          addsTo,
          state: 'sending',
          confirmedAt: now(),
          ...(profile && { profile }),
        };
        if (addsTo) await takeTurn(tx, confirmed);
        if (addsTo || current.addsTo) await saveAddsTo(tx, confirmed); // before its name counts as taken
        await save(tx, confirmed);
        if (profile) await saveProfile(tx, confirmed);
        await freeze(tx, confirmed, counts.total);
        await tellStarted(tx, confirmed);
        return { ...confirmed, version: confirmed.version + 1 };
      });
    },
  };

  /** A name typed by the rep may be another tool's already; the suggested one can only be one of ours. */
  async function refuseTakenName(batch: Batch, name: string): Promise<void> {
    const { tenantId } = batch.customer;
    const taken =
      (await findBatchByName(db, tenantId, name)) !== undefined ||
      (name !== suggestedName(batch) &&
        (await ports.registry.batches(tenantId)).some((other) => other.name.toLowerCase() === name.toLowerCase()));
    if (taken) throw new ServiceError('batch-name-taken', `batch name taken at ${tenantId}`, { name });
  }

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
      details: {
        name: batch.name,
        addsTo: batch.addsTo,
        devices: total,
        requestIds: uploads.map(({ requestId }) => requestId),
      },
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
