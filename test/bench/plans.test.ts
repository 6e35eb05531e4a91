import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBatch } from '../../services/devices/batch-store.ts';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { databaseKinds, quietLog, type TestDatabase } from '../contracts/test-databases.ts';
import { DRAFT, fill, prepare } from './million.ts';
import { type Plan, plansOf, tablesReadWhole } from './plans.ts';

const FILLING = { customers: 100, batchesEach: 5, devicesEach: 40 };
/** Tables that a search may read whole: there are a thousand rows of customers and a list of batches, not a million. */
const SMALL = ['customers', 'batches', 'removals'];

describe.each(databaseKinds().filter(({ name }) => name !== 'embedded, on disk'))('plans ($name)', ({ create }) => {
  let made: TestDatabase;
  let plans: readonly Plan[];

  beforeAll(async () => {
    made = await create();
    const { database } = made;
    await migrate(database, MIGRATIONS, quietLog);
    await (await createJobs({ database, log: quietLog })).stop(1_000);
    await fill(database, FILLING);
    await prepare(database, FILLING, 20);
    const draft = await findBatch(database, DRAFT);
    if (!draft) throw new Error('no draft');
    plans = await plansOf(database, draft);
  });
  afterAll(() => made?.remove());

  it('read neither all devices nor all jobs for anything that somebody waits for', () => {
    expect(plans.map(({ what }) => what)).toHaveLength(7);
    const whole = plans.flatMap((plan) => tablesReadWhole(plan).map((table) => `${plan.what}: ${table}`));
    expect(whole.filter((one) => !SMALL.some((table) => one.endsWith(`: ${table}`)))).toEqual([]);
  });

  it('would show if they did', async () => {
    const rows = await made.database.query('explain select count(*) from batch_devices where manufacturer = $1', ['x']);
    const plan = { what: '', lines: rows.map((row) => String(row['QUERY PLAN'])), ms: 0 };
    expect(tablesReadWhole(plan)).toEqual(['batch_devices']);
  });
});
