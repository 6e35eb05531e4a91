import { setTimeout as sleep } from 'node:timers/promises';
import { createJobs } from '../../../../services/queue/boss-jobs.ts';
import { openEmbeddedDatabase } from '../../../../services/storage/embedded-database.ts';

/**
 * Works jobs of three steps each on the embedded database in the folder it is given, until all are done; with a number
 * it enqueues that many first. Each step is a row before its work and a mark after it.
 */
const [dataDir = '', count] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn() {}, error() {} };
const STEPS = 3;

const database = await openEmbeddedDatabase({ dataDir, log });
await database.query(
  'CREATE TABLE IF NOT EXISTS effect (id text, step integer, times integer, PRIMARY KEY (id, step))',
);
const jobs = await createJobs({ database, log });

if (count) {
  const first = Array.from({ length: Number(count) }, (_, index) => ({
    queue: 'upload' as const,
    id: `${index}`,
    step: 1,
  }));
  await database.transaction((tx) => jobs.enqueue(tx, first));
}

await jobs.work('upload', 4, async ({ id, step }) => {
  process.send?.('begun');
  await sleep(15);
  await database.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO effect VALUES ($1, $2, 1) ON CONFLICT (id, step) DO UPDATE SET times = effect.times + 1`,
      [id, step],
    );
    if (step < STEPS) await jobs.enqueue(tx, [{ queue: 'upload', id, step: step + 1 }]);
  });
});
while ((await jobs.counts()).upload > 0) await sleep(50);
await jobs.stop(1_000);
await database.close();
process.exit(0);
