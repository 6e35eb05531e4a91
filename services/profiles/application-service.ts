import { record } from '../audit/audit.ts';
import { type Batch, isEnded } from '../devices/batch.ts';
import { findBatch } from '../devices/batch-store.ts';
import { MAX_DEVICES_PER_UPLOAD } from '../devices/device.ts';
import { ServiceError } from '../errors.ts';
import type { BatchId, Person } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { type ChosenProfile, isOver, type ProfileApplication } from './application.ts';
import {
  applicableDevices,
  applicationsOf,
  countOutcomes,
  findApplication,
  insertApplication,
  latestOutcomes,
} from './application-store.ts';

export type ApplicationPorts = Readonly<{ db: Database; jobs: Jobs; now: () => Date; newId: () => string }>;

/** Profiles on the devices of batches, up to the moment they are asked for; `application-worker.ts` follows them. */
export function createApplicationService({ db, jobs, now, newId }: ApplicationPorts) {
  /** Splits what is to be done into calls of the size of an upload; how many devices they are about. */
  async function begin(
    tx: Transaction,
    batch: Batch,
    profile: ChosenProfile,
    by: Person,
    only?: readonly number[],
    firstId: string = newId(),
  ): Promise<number> {
    const devices = await applicableDevices(tx, batch.id, profile.id, only);
    const { tenantId, userId, name } = by;
    for (let start = 0; start < devices.length; start += MAX_DEVICES_PER_UPLOAD) {
      const application: ProfileApplication = {
        id: start === 0 ? firstId : newId(),
        batchId: batch.id,
        profile,
        requestedBy: { tenantId, userId, name },
        requestId: newId(),
        correlationId: newId(),
        state: 'queued',
        attempts: 0,
        looks: 0,
        step: 0,
        createdAt: now(),
      };
      const part = devices.slice(start, start + MAX_DEVICES_PER_UPLOAD);
      await insertApplication(tx, application, part);
      await record(tx, {
        at: now(),
        actor: application.requestedBy,
        action: 'profile.apply',
        subject: { kind: 'profile', id: application.id },
        customerTenantId: batch.customer.tenantId,
        details: { batch: batch.id, profile, devices: part.length, requestId: application.requestId },
      });
      await jobs.enqueue(tx, [{ queue: 'profile-apply', id: application.id, step: 0 }]);
    }
    return devices.length;
  }

  return {
    /**
     * Applies a profile to the registered devices of a batch, or to those at `positions`. The same `applicationId` again
     * does nothing. Returns how many devices are to get it; those that have it already are left alone.
     *
     * @throws ServiceError `batch-not-found`, `profile-busy` while the batch or a profile on it is under way,
     * `profile-no-devices`.
     */
    async apply(
      wanted: { applicationId: string; batchId: BatchId; profile: ChosenProfile; positions?: readonly number[] },
      by: Person,
    ): Promise<number> {
      const { applicationId, batchId, profile, positions } = wanted;
      return db.transaction(async (tx) => {
        await tx.query('select 1 from batches where id = $1 for update', [batchId]);
        const batch = await findBatch(tx, batchId);
        if (!batch || batch.state === 'draft') throw new ServiceError('batch-not-found', `no batch ${batchId}`);
        const others = await applicationsOf(tx, batchId);
        if (others.some(({ id }) => id === applicationId)) return 0;
        if (!isEnded(batch.state) || others.some(({ state }) => !isOver(state))) {
          throw new ServiceError('profile-busy', `${batchId} is under way`, { name: batch.name });
        }
        const count = await begin(tx, batch, profile, by, positions, applicationId);
        if (count === 0) throw new ServiceError('profile-no-devices', 'nothing to apply to', { name: profile.name });
        await createOutbox(tx, jobs, newId).redraw({ kind: 'batch', id: batchId });
        return count;
      });
    },

    /** Called in the transaction in which a batch ends: the profile chosen for it goes to what was registered. */
    async followBatch(tx: Transaction, batch: Batch): Promise<void> {
      if (batch.profile) await begin(tx, batch, batch.profile, batch.requestedBy);
    },

    find: (id: string) => findApplication(db, id),
    latest: (id: BatchId, positions: readonly number[]) => latestOutcomes(db, id, positions),
    counts: (id: BatchId) => countOutcomes(db, id),
  };
}

export type ApplicationService = ReturnType<typeof createApplicationService>;
