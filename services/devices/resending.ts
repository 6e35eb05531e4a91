import { record } from '../audit/audit.ts';
import { ServiceError } from '../errors.ts';
import { type BatchId, isSamePerson, type Person } from '../identity.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { type Batch, type BatchDevice, isEnded, MAX_BATCH_NAME_CHARS, type Origin } from './batch.ts';
import { findBatch, findFollowers, insertBatch, saveFollowed } from './batch-store.ts';
import { MAX_DEVICES_PER_BATCH } from './device.ts';
import { insertDevices, listDevices } from './device-store.ts';

export type ResendingPorts = Readonly<{ db: Database; now: () => Date; newId: () => string }>;

/** Sends again what was refused, corrected: a new list of the refused devices only, each of which waits for a yes. */
export function createResending({ db, now, newId }: ResendingPorts) {
  return {
    /**
     * Opens a list with the refused devices of an ended batch, or the one this person has open for it already.
     *
     * @throws ServiceError `batch-not-found`, `batch-under-way`, `nothing-refused`, or `batch-resent` with the `name` of
     * the batch that has sent them again.
     */
    async resend(id: BatchId, by: Person, origin?: Origin): Promise<Batch> {
      return db.transaction(async (tx) => {
        await tx.query('select 1 from batches where id = $1 for update', [id]);
        const before = await findBatch(tx, id);
        if (!before || before.state === 'draft') throw new ServiceError('batch-not-found', `no batch ${id}`);
        if (!isEnded(before.state)) throw new ServiceError('batch-under-way', `${id}`, { name: before.name });
        const followers = await findFollowers(tx, id);
        const sent = followers.find(({ state }) => state !== 'draft');
        if (sent) throw new ServiceError('batch-resent', `${id} was sent again`, { name: sent.name });
        const open = followers.find(({ requestedBy }) => isSamePerson(requestedBy, by));
        return open ?? begin(tx, before, by, origin);
      });
    },
  };

  async function begin(tx: Transaction, before: Batch, by: Person, origin?: Origin): Promise<Batch> {
    const page = { limit: MAX_DEVICES_PER_BATCH, offset: 0, order: 'position', only: 'failed' } as const;
    const refused = (await listDevices(tx, before.id, page)).filter(isKnownStill);
    if (refused.length === 0) throw new ServiceError('nothing-refused', `${before.id}`, { name: before.name });
    const { tenantId, userId, name } = by;
    const batch: Batch = {
      id: newId() as BatchId,
      customer: before.customer,
      name: nextName(before.name),
      requestedBy: { tenantId, userId, name },
      origin,
      follows: before.id,
      state: 'draft',
      createdAt: now(),
      version: 1,
    };
    await insertBatch(tx, batch);
    await saveFollowed(tx, batch);
    await insertDevices(
      tx,
      batch.id,
      refused.map((device, position) => ({ ...device, position, state: 'listed', confirm: 'refused_before' })),
    );
    await record(tx, {
      at: now(),
      actor: batch.requestedBy,
      action: 'batch.resend-begun',
      subject: { kind: 'batch', id: batch.id },
      customerTenantId: batch.customer.tenantId,
      details: { follows: before.id, devices: refused.length },
    });
    return batch;
  }
}

/** What was kept long enough is shortened, and cannot be sent again. */
function isKnownStill({ state, pkid, serial, hash }: BatchDevice): boolean {
  const isWhole = (text: string | undefined) => text !== undefined && !text.startsWith('…');
  return state === 'failed' && (isWhole(pkid) || isWhole(serial) || (hash?.length ?? 0) > 12);
}

/** `Order-R2`, `Order-R3` and so on: the customer sees that they belong together. */
export function nextName(name: string): string {
  const [, stem = name, number = '1'] = /^(.*)-R(\d{1,3})$/.exec(name) ?? [];
  const suffix = `-R${Number(number) + 1}`;
  return `${stem.slice(0, MAX_BATCH_NAME_CHARS - suffix.length)}${suffix}`;
}
