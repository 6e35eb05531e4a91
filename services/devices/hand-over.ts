import type { BatchId, Person, TenantId } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import { type Batch, suggestedName } from './batch.ts';
import type { BatchService } from './batch-service.ts';
import { findBatch, insertBatch } from './batch-store.ts';
import type { DeviceList, ListedDevice, ListProblem } from './device.ts';
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
    async read(inputs: readonly ListInput[]): Promise<DeviceList> {
      const devices: ListedDevice[] = [];
      const problems: ListProblem[] = [];
      for (const input of inputs) {
        const list = withoutRepeats(devices, await reader.read(input));
        devices.push(...list.devices);
        problems.push(...list.problems.filter(({ kind }) => kind !== 'no_devices_found' || !isTalk(input, inputs)));
      }
      return { devices, problems };
    },

    /**
     * Opens a draft with this list and wants it shown in the rep's own chat, all or nothing. Asked again for the same id it
     * changes nothing: Teams may deliver a press twice.
     *
     * @param id given out before, with the card that asks for the customer
     * @throws ServiceError `relationship-not-active`, `partner-center-…`; `batch-not-found` and `batch-not-open` when the id
     * belongs to somebody else's list or to one that was sent.
     */
    async handOver(id: BatchId, customerId: TenantId, by: Person, inputs: readonly ListInput[]): Promise<Batch> {
      if (await findBatch(db, id)) return batches.ownDraft(id, by);
      const customer = await batches.requireRelationship(customerId);
      const { devices, problems } = await this.read(inputs);
      const createdAt = now();
      const batch: Batch = {
        id,
        customer,
        name: suggestedName({ id, customer, createdAt }),
        requestedBy: by,
        state: 'draft',
        createdAt,
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

/** Words beside a file are no list that went wrong. */
function isTalk(input: ListInput, inputs: readonly ListInput[]): boolean {
  return input.kind === 'text' && inputs.some(({ kind }) => kind === 'file');
}

export type HandOver = ReturnType<typeof createHandOver>;
