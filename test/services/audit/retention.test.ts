import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { applyRetention, type Retention } from '../../../services/audit/retention.ts';
import type { BatchState } from '../../../services/devices/batch.ts';
import { insertBatch } from '../../../services/devices/batch-store.ts';
import { insertDevices } from '../../../services/devices/device-store.ts';
import { insertProblems } from '../../../services/devices/problem-store.ts';
import type { BatchId, TenantId, UserId } from '../../../services/identity.ts';
import { savePerson } from '../../../services/people/people-store.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const NOW = new Date('2026-11-21T09:00:00Z');
const TENANT = 'c0000000-0000-4000-8000-000000000001' as TenantId;
const RULES: Retention = { hashDays: 30, deviceDays: 400, draftDays: 30, peopleDays: 400 };
const HASH = 'T0GlAwEAHAAAAAoA'.repeat(20);

let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await inMemory.create();
  db = test.database;
  await migrate(db, MIGRATIONS, quietLog);
});

beforeEach(async () => {
  for (const table of ['batch_problems', 'batch_devices', 'batches', 'people']) await db.query(`delete from ${table}`);
});
afterAll(() => test?.remove());

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

async function addBatch(name: string, state: BatchState, begun: number, finished?: number): Promise<void> {
  const id = name as BatchId;
  const customer = { tenantId: TENANT, name: 'Contoso', domain: 'contoso.example' };
  const requestedBy = { tenantId: TENANT, userId: 'robin' as UserId, name: 'Robin' };
  await db.transaction(async (tx) => {
    await insertBatch(tx, { id, customer, name, requestedBy, state, createdAt: daysAgo(begun), version: 1 });
    if (finished !== undefined)
      await tx.query('update batches set finished_at = $2 where id = $1', [id, daysAgo(finished)]);
    const shared = { source: 'pasted', row: 1, state: 'registered' } as const;
    await insertDevices(tx, id, [
      { ...shared, position: 0, pkid: '3300000000011' },
      { ...shared, position: 1, serial: 'PF3ABCDE', hash: HASH },
    ]);
    await insertProblems(tx, id, 0, [
      { source: 'pasted', row: 2, kind: 'not_a_pkid', details: { value: '330000000002' } },
    ]);
  });
}

const rowsOf = (batch: string) =>
  db.query('select pkid, serial, hash, device_id from batch_devices where batch_id = $1 order by position', [batch]);
const problemsOf = (batch: string) => db.query('select 1 from batch_problems where batch_id = $1', [batch]);

it('forgets hashes first, then what tells a device, and keeps how many there were', async () => {
  await addBatch('fresh', 'done', 31, 29);
  await addBatch('month', 'done', 60, 31);
  await addBatch('year', 'done-with-errors', 500, 401);
  expect(await applyRetention(db, RULES, NOW)).toEqual({ hashes: 2, devices: 2, drafts: 0, people: 0 });
  expect(await rowsOf('fresh')).toMatchObject([{ pkid: '3300000000011' }, { hash: HASH }]);
  expect(await rowsOf('month')).toMatchObject([
    { pkid: '3300000000011' },
    { serial: 'PF3ABCDE', hash: HASH.slice(0, 12) },
  ]);
  expect(await rowsOf('year')).toEqual([
    { pkid: '…011', serial: null, hash: null, device_id: null },
    { pkid: null, serial: '…CDE', hash: null, device_id: null },
  ]);
  expect(await problemsOf('month')).toHaveLength(1);
  expect(await problemsOf('year')).toHaveLength(0);
});

it('changes nothing the second time', async () => {
  await addBatch('month', 'done', 60, 31);
  await addBatch('year', 'done', 500, 401);
  await applyRetention(db, RULES, NOW);
  expect(await applyRetention(db, RULES, NOW)).toEqual({ hashes: 0, devices: 0, drafts: 0, people: 0 });
});

it('forgets lists nobody confirmed, but nothing that is under way', async () => {
  await addBatch('new draft', 'draft', 29);
  await addBatch('old draft', 'draft', 31);
  await addBatch('cancelled', 'cancelled', 31, 31);
  await addBatch('under way', 'waiting', 500);
  expect(await applyRetention(db, RULES, NOW)).toMatchObject({ drafts: 2 });
  expect(await db.query('select id from batches order by id')).toEqual([{ id: 'new draft' }, { id: 'under way' }]);
  expect(await rowsOf('under way')).toMatchObject([{ pkid: '3300000000011' }, { hash: HASH }]);
});

it('forgets people who removed the app long ago, and nobody else', async () => {
  for (const [userId, installed, days] of [
    ['gone', false, 401],
    ['just gone', false, 399],
    ['here', true, 900],
  ] as const) {
    await savePerson(db, { tenantId: TENANT, userId: userId as UserId, name: userId, installed }, daysAgo(days));
  }
  expect(await applyRetention(db, RULES, NOW)).toMatchObject({ people: 1 });
  expect(await db.query('select user_id from people order by user_id')).toEqual([
    { user_id: 'here' },
    { user_id: 'just gone' },
  ]);
});
