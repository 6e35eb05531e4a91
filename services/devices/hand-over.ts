import type { BatchId, Person, TenantId } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import { type Batch, suggestBatchName } from './batch.ts';
import type { BatchService } from './batch-service.ts';
import { findBatch, insertBatch } from './batch-store.ts';
import type { DeviceList } from './device.ts';
import { insertDevices } from './device-store.ts';
import { listed } from './draft-list.ts';
import type { ListInput, ListReader } from './ports.ts';
import { insertProblems } from './problem-store.ts';
import { withoutRepeats } from './repeats.ts';

export type HandOverPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  reader: ListReader;
  batches: BatchService;
  now: () => Date;
  newId: () => string;
}>;

/** Lists that a rep finds somewhere else than in their own chat with the bot, and goes on with there. */
export function createHandOver({ db, jobs, reader, batches, now, newId }: HandOverPorts) {
  return {
    /** What a list would come to. Changes nothing. */
    read: async (input: ListInput): Promise<DeviceList> => withoutRepeats([], await reader.read(input)),

    /**
     * Opens a draft with this list and wants it shown in the rep's own chat, all or nothing. Asked again for the same id it
     * changes nothing: Teams may deliver a press twice.
     *
     * @param id given out before, with the card that asks for the customer
     * @throws ServiceError `relationship-not-active`, `partner-center-…`; `batch-not-found` and `batch-not-open` when the id
     * belongs to somebody else's list or to one that was sent.
     */
    async handOver(id: BatchId, customerId: TenantId, by: Person, input: ListInput): Promise<Batch> {
      if (await findBatch(db, id)) return batches.ownDraft(id, by);
      const customer = await batches.requireRelationship(customerId);
      const { devices, problems } = await this.read(input);
      const batch: Batch = {
        id,
        customer,
        name: suggestBatchName(customer, now(), id.slice(-4).toUpperCase()),
        requestedBy: by,
        state: 'draft',
        createdAt: now(),
        version: 1,
      };
      await db.transaction(async (tx) => {
        await insertBatch(tx, batch);
        await insertDevices(tx, id, devices.map(listed));
        await insertProblems(tx, id, 0, problems);
        const { tenantId, userId } = by;
        const recipient = { kind: 'person', tenantId, userId } as const;
        await createOutbox(tx, jobs, newId).want({ kind: 'batch', id }, 'batch.draft-rep', recipient);
      });
      return batch;
    },
  };
}

export type HandOver = ReturnType<typeof createHandOver>;
