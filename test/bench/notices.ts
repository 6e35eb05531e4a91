import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createLog } from '../../bot/log.ts';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { startEmulators } from '../emulators/index.ts';
import { startProgram } from './child.ts';
import type { BenchRow } from './row.ts';
import { seedBatches, seedNotices } from './seed-batches.ts';
import { freePort, startConnector, tarmacEnvironment } from './surroundings.ts';

const NOTICES = 10_000;
/** @see Teams: rate limiting, all conversations of one tenant */
const PERMITTED_A_SECOND = 50;
/** How long Teams takes to answer. */
const ANSWER_MS = 30;
const WATCH_MS = 100_000;

/** Ten thousand notices to people of one organisation, all due at once: how near to Teams' own limit they go out. */
export async function runNoticesBench(): Promise<BenchRow[]> {
  const emulators = await startEmulators();
  const connector = await startConnector({ delayMs: ANSWER_MS });
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-bench-'));
  const dataDir = join(folder, 'data');
  await seed(dataDir, emulators.world.partner.tenantId, connector.url);
  const environment = { ...tarmacEnvironment(emulators, connector, dataDir), PORT: String(await freePort()) };
  const bot = await startProgram(new URL('./programs/tarmac-bot.js', import.meta.url), environment);
  while (connector.postedAt.length === 0) await setTimeout(50);
  const before = await bot.usage();
  await setTimeout(WATCH_MS);
  const after = await bot.usage();
  await bot.stop();
  await Promise.all([connector.close(), emulators.close()]);
  rmSync(folder, { recursive: true, force: true });

  const [first = 0] = connector.postedAt;
  const times = connector.postedAt.filter((at) => at < first + WATCH_MS);
  const aSecond = times.length / (WATCH_MS / 1_000);
  const permitted = { peer: 'what Teams permits', peerValue: PERMITTED_A_SECOND };
  const group = 'notices';
  return [
    {
      ...{ group, what: `${NOTICES} waiting, to one organisation, over ${WATCH_MS / 1_000} s`, value: aSecond },
      ...{ unit: 'a second', ...permitted, ratio: aSecond / PERMITTED_A_SECOND, goal: '≥ 0.95 ×' },
    },
    { group, what: 'most within any second', value: mostWithin(times, 1_000), unit: '', ...permitted, goal: '≤ 50' },
    {
      ...{ group, what: 'processor', value: (after.cpuMicros - before.cpuMicros) / (WATCH_MS * 10) },
      ...{ unit: '% of a core' },
    },
  ];
}

function mostWithin(times: readonly number[], windowMs: number): number {
  let from = 0;
  let most = 0;
  for (const [index, at] of times.entries()) {
    while ((times[from] ?? at) <= at - windowMs) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

async function seed(dataDir: string, tenantId: string, serviceUrl: string): Promise<void> {
  const log = createLog('error');
  const db = await openDatabase({ dataDir, log });
  await migrate(db, MIGRATIONS, log);
  const jobs = await createJobs({ database: db, log });
  await seedBatches(db, { customers: 1, batchesEach: 1, devicesEach: 0 }, 'done');
  await seedNotices(db, jobs, { count: NOTICES, tenantId, serviceUrl });
  await jobs.stop(1_000);
  await db.close();
}
