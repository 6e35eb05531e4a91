import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../bot/log.ts';
import type { BatchDevice } from '../../services/devices/batch.ts';
import { findBatch } from '../../services/devices/batch-store.ts';
import { insertDevices } from '../../services/devices/device-store.ts';
import { countKnown } from '../../services/devices/known-devices.ts';
import type { BatchId } from '../../services/identity.ts';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { type OpenDatabase, openDatabase } from '../../services/storage/open-database.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { plansOf } from './plans.ts';
import { emptyServerDatabase } from './postgres.ts';
import type { BenchRow } from './row.ts';
import { batchOf, type Filling, pkidOf, seedBatches, seedRemovals } from './seed-batches.ts';

const MILLION: Filling = { customers: 1_000, batchesEach: 1, devicesEach: 1_000 };
const CHECKED = 100_000;
const DRAFT_DEVICES = 5_000;
/** Devices of each customer that were taken back. */
const REMOVED_EACH = 20;
const WAITING_JOBS = 10_000;

/** A million devices of a thousand customers, on a server and in the embedded database. */
export async function runMillionBench(): Promise<BenchRow[]> {
  const rows = await onServer();
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-bench-'));
  rows.push(...(await measure('embedded', { dataDir: join(folder, 'data') })));
  rmSync(folder, { recursive: true, force: true });
  return rows;
}

/** First, so that the memory of the embedded database is not counted here. */
async function onServer(): Promise<BenchRow[]> {
  const server = await emptyServerDatabase();
  if (server) return measure('server', { dataDir: '', url: server.url }).finally(server.remove);
  process.stderr.write('Not measured on a server: TEST_DATABASE_URL is not set (test/postgres.sh start).\n');
  return [];
}

async function measure(name: string, where: { dataDir: string; url?: string }): Promise<BenchRow[]> {
  const log = createLog('error');
  const db = await openDatabase({ ...where, log });
  await migrate(db, MIGRATIONS, log);
  const jobs = await createJobs({ database: db, log });
  await jobs.stop(1_000);
  const filled = await timed(() => fill(db, MILLION));
  await prepare(db, MILLION);
  const checkedMs = await checkMany(db);
  const draft = await findBatch(db, DRAFT);
  const plans = draft ? await plansOf(db, draft) : [];
  for (const { what, lines } of plans) process.stderr.write(`\n${name}: ${what}\n  ${lines.join('\n  ')}\n`);
  await db.close();
  const { customers, batchesEach, devicesEach } = MILLION;
  const row = (what: string, value: number, unit: string) => ({ group: `million, ${name}`, what, value, unit });
  return [
    row('devices inserted', (customers * batchesEach * devicesEach) / filled.seconds, 'rows/s'),
    row(`PKIDs checked, of ${CHECKED}`, (CHECKED * 1_000) / checkedMs, 'PKIDs/s'),
    row('memory of the process', process.memoryUsage().rss / 1e6, 'MB'),
    ...plans.map(({ what, ms }) => row(`one statement: ${what}`, ms, 'ms')),
  ];
}

/** Customers, batches and devices, each device inserted as a draft inserts it. */
export async function fill(db: OpenDatabase, filling: Filling): Promise<void> {
  await seedBatches(db, filling, 'done');
  const { customers, batchesEach, devicesEach } = filling;
  for (let batch = 0; batch < customers * batchesEach; batch++) {
    await db.transaction((tx) =>
      insertDevices(tx, batchOf(batch) as BatchId, devicesOf(batch * devicesEach, devicesEach)),
    );
  }
}

/** What is there besides when plans are looked at: devices that left again, a draft, and jobs that wait. */
export async function prepare(db: OpenDatabase, filling: Filling, devices = DRAFT_DEVICES): Promise<void> {
  await db.query(`update batch_devices set state = 'registered'`);
  await seedRemovals(db, filling, REMOVED_EACH);
  await db.query(
    `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state, created_at,
       version) select $1, customer_tenant_id, customer_name, customer_domain, 'Draft', requested_by, 'draft', now(), 1
     from batches where id = $2`,
    [DRAFT, batchOf(1)],
  );
  await fillDraft(db, 0, devices);
  await db.query(
    `insert into pgboss.job (name, data, start_after) select 'upload', '{"id":"x","step":0}'::jsonb,
       now() + (n - 10) * interval '1 second' from generate_series(1, $1::int) n`,
    [WAITING_JOBS],
  );
  await db.query('analyze');
}

/** A draft of which every other device is known. */
async function fillDraft(db: OpenDatabase, from: number, count: number): Promise<void> {
  await db.query('delete from batch_devices where batch_id = $1', [DRAFT]);
  const devices = devicesOf(from, count).map((device, index) =>
    index % 2 === 0 ? device : { ...device, pkid: pkidOf(UNKNOWN + from + index) },
  );
  await db.transaction((tx) => insertDevices(tx, DRAFT, devices));
}

/** How long the checks alone took, in ms. */
async function checkMany(db: OpenDatabase): Promise<number> {
  const draft = await findBatch(db, DRAFT);
  if (!draft) throw new Error('no draft');
  let ms = 0;
  for (let from = 0; from < CHECKED; from += DRAFT_DEVICES) {
    await fillDraft(db, from, DRAFT_DEVICES);
    const startedAt = performance.now();
    const { alreadyHere, otherCustomer } = await countKnown(db, draft);
    ms += performance.now() - startedAt;
    if (alreadyHere + otherCustomer !== DRAFT_DEVICES / 2) throw new Error('the check is wrong');
  }
  return ms;
}

function devicesOf(from: number, count: number): BatchDevice[] {
  return Array.from({ length: count }, (_, position) => ({
    ...{ position, source: 'list', row: position + 1, state: 'listed' },
    ...{ pkid: pkidOf(from + position), serial: `SN-${from + position}` },
  }));
}

async function timed(work: () => Promise<void>): Promise<{ seconds: number }> {
  const startedAt = performance.now();
  await work();
  return { seconds: (performance.now() - startedAt) / 1_000 };
}

/** The draft that is checked. */
export const DRAFT = 'f0000000-0000-4000-8000-000000000001' as BatchId;
/** Devices from this number on are in no batch. */
const UNKNOWN = 5_000_000_000;
