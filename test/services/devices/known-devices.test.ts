import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../services/devices/batch.ts';
import { insertBatch } from '../../../services/devices/batch-store.ts';
import { insertDevices } from '../../../services/devices/device-store.ts';
import { countKnown } from '../../../services/devices/known-devices.ts';
import type { BatchId, TenantId, UserId } from '../../../services/identity.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const CONTOSO = 'c0000000-0000-4000-8000-000000000001' as TenantId;
const FABRIKAM = 'c0000000-0000-4000-8000-000000000002' as TenantId;
const [PKID, SERIAL] = [{ pkid: '3300000000011' }, { serial: 'SN-1', manufacturer: 'HP', model: 'EliteBook' }];
const [MORNING, NOON, EVENING] = ['2026-11-20T08:00:00Z', '2026-11-20T12:00:00Z', '2026-11-20T18:00:00Z'];

let test: TestDatabase;

beforeAll(async () => {
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
});
beforeEach(async () => {
  for (const table of ['removal_devices', 'removals', 'batch_devices', 'batches'])
    await test.database.query(`delete from ${table}`);
});
afterAll(() => test?.remove());

/** A batch of both devices, sent at that moment; without one it is the draft that is looked at. */
async function aBatch(customer: TenantId, sentAt?: string, state = 'registered'): Promise<Batch> {
  const batch: Batch = {
    id: randomUUID() as BatchId,
    customer: { tenantId: customer, name: 'Contoso', domain: 'contoso.example' },
    name: 'Order',
    requestedBy: { tenantId: FABRIKAM, userId: 'robin' as UserId, name: 'Robin' },
    state: sentAt ? 'done' : 'draft',
    createdAt: new Date(sentAt ?? EVENING),
    version: 1,
  };
  await test.database.transaction(async (tx) => {
    await insertBatch(tx, batch);
    const rows = [PKID, SERIAL].map((device, position) => ({ ...device, position, source: 'pasted', row: position }));
    await insertDevices(
      tx,
      batch.id,
      rows.map((row) => ({ ...row, state: 'listed' })),
    );
    if (sentAt) await tx.query('update batch_devices set state = $2 where batch_id = $1', [batch.id, state]);
  });
  return batch;
}

/** Takes a device out of a customer's Autopilot, or tries to. */
async function aRemoval(
  customer: TenantId,
  device: { pkid?: string; serial?: string },
  at: string,
  state = 'removed',
): Promise<void> {
  const id = randomUUID();
  await test.database.query(
    `insert into removals (id, customer_tenant_id, customer_name, customer_domain, requested_by, state, created_at, version)
     values ($1, $2, 'Contoso', 'contoso.example', '{}', 'done', $3, 1)`,
    [id, customer, at],
  );
  await test.database.query(
    `insert into removal_devices (removal_id, position, pkid, serial, state, ended_at) values ($1, 0, $2, $3, $4, $5)`,
    [id, device.pkid ?? null, device.serial ?? null, state, at],
  );
}

const known = async () => countKnown(test.database, await aBatch(CONTOSO));

describe('devices of a draft', () => {
  it('are known where they were registered, here or elsewhere', async () => {
    await aBatch(CONTOSO, MORNING);
    expect(await known()).toEqual({ alreadyHere: 2, inOtherBatch: 0, otherCustomer: 0 });
    await aBatch(FABRIKAM, MORNING);
    expect(await known()).toEqual({ alreadyHere: 2, inOtherBatch: 0, otherCustomer: 2 });
  });

  it('are known where they are on their way', async () => {
    await aBatch(CONTOSO, MORNING, 'pending');
    expect(await known()).toEqual({ alreadyHere: 0, inOtherBatch: 2, otherCustomer: 0 });
  });

  it('are not registered any more once they were taken out of Autopilot, by PKID or by serial number', async () => {
    await aBatch(CONTOSO, MORNING);
    await aRemoval(CONTOSO, PKID, NOON);
    expect(await known()).toMatchObject({ alreadyHere: 1 });
    await aRemoval(CONTOSO, { serial: 'sn-1' }, NOON);
    expect(await known()).toMatchObject({ alreadyHere: 0 });
  });

  it('are registered still where a removal failed, was at another customer, or came before', async () => {
    await aBatch(CONTOSO, NOON);
    await aRemoval(CONTOSO, PKID, EVENING, 'failed');
    await aRemoval(FABRIKAM, PKID, EVENING);
    await aRemoval(CONTOSO, PKID, MORNING);
    expect(await known()).toMatchObject({ alreadyHere: 2 });
  });
});
