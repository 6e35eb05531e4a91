import { record } from '../audit/audit.ts';
import { ServiceError } from '../errors.ts';
import type { BatchId, Person } from '../identity.ts';
import { type Batch, isEnded } from './batch.ts';
import { countRunningBatches, findBatch, listBatches } from './batch-store.ts';
import { chosenPositions } from './chosen-devices.ts';
import { type ConfirmingPorts, createConfirming } from './confirming.ts';
import { countDevices, listDevices, listDoubtful, listSources, surfaceSerials } from './device-store.ts';
import { createDrafts, type DraftPorts } from './drafts.ts';
import { countByHash, countKnown } from './known-devices.ts';
import { listProblems } from './problem-store.ts';
import { createResending } from './resending.ts';
import { uploadsOf } from './upload-store.ts';

export type BatchPorts = DraftPorts & ConfirmingPorts;

/** Device batches up to the moment they are confirmed; from there `upload-worker.ts` follows them. */
export function createBatchService(ports: BatchPorts) {
  const { db, now } = ports;
  const drafts = createDrafts(ports);
  const { open, add, settleDoubtful, fix, cancel, requireRelationship } = drafts;
  const { confirm, targets } = createConfirming(ports, drafts);
  const { resend } = createResending(ports);

  return {
    ...{ open, add, settleDoubtful, fix, cancel, requireRelationship, confirm, targets, resend },

    /** @throws ServiceError `batch-not-found`. */
    async find(id: BatchId): Promise<Batch> {
      const batch = await findBatch(db, id);
      if (!batch) throw new ServiceError('batch-not-found', `no batch ${id}`);
      return batch;
    },

    /**
     * A batch that was confirmed: those every rep may see. A list that is being put together is its rep's own.
     *
     * @throws ServiceError `batch-not-found` for anything else.
     */
    async findConfirmed(id: BatchId): Promise<Batch> {
      const batch = await findBatch(db, id);
      if (!batch || batch.state === 'draft' || batch.state === 'cancelled')
        throw new ServiceError('batch-not-found', `no batch ${id}`);
      return batch;
    },

    /**
     * A list that this person is putting together. Nobody else sees it before it is confirmed.
     *
     * @throws ServiceError `batch-not-found` for everybody else, `batch-not-open` once it was confirmed or cancelled.
     */
    ownDraft: (id: BatchId, by: Person) => drafts.draft(id, by),

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
}

export type BatchService = ReturnType<typeof createBatchService>;
