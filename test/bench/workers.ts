import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createLog } from '../../bot/log.ts';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { startEmulators } from '../emulators/index.ts';
import { startBusyPartnerCenter } from './busy-partner-center.ts';
import { startProgram } from './child.ts';
import { emptyServerDatabase } from './postgres.ts';
import type { BenchRow } from './row.ts';
import { seedOpenBatches } from './seed-batches.ts';
import { freePort, startConnector, tarmacEnvironment } from './surroundings.ts';

const OPEN = 1_000;
const DEVICES = 13;
/** Partner Center's time for an answer. Twelve looks at once then come to 240 a minute, below a process's budget of 400. */
const ANSWER_MS = 3_000;
const SETTLE_MS = 5_000;
const COUNT_MS = 20_000;

/**
 * Looks at open batches by one process and by three, on one server. Work that needs the processor cannot grow threefold on
 * two cores, so what is measured waits for Partner Center, as most of this bot's work does.
 */
export async function runWorkersBench(): Promise<BenchRow[]> {
  const server = await emptyServerDatabase();
  if (!server) {
    process.stderr.write('Not measured: TEST_DATABASE_URL is not set (test/postgres.sh start).\n');
    return [];
  }
  await seed(server.url);
  const one = await looksPerSecond(server.url, 1);
  const three = await looksPerSecond(server.url, 3);
  await server.remove();
  const what = `looks a second by three processes, ${ANSWER_MS / 1_000} s for each answer`;
  const peer = { peer: 'one process', peerValue: one, ratio: three / one, goal: '≥ 2.5 ×' };
  return [{ group: 'workers', what, value: three, unit: 'looks/s', ...peer }];
}

async function looksPerSecond(url: string, processes: number): Promise<number> {
  const emulators = await startEmulators();
  const connector = await startConnector();
  const upstream = await startBusyPartnerCenter({ devices: DEVICES, delayMs: ANSWER_MS });
  const environment = {
    ...tarmacEnvironment(emulators, connector, '/nowhere'),
    ...{ SEAL_KEY, DATABASE_URL: url, PARTNER_CENTER_URL: upstream.url },
  };
  const program = new URL('./programs/tarmac-bot.js', import.meta.url);
  const bots = [];
  for (let n = 0; n < processes; n++)
    bots.push(await startProgram(program, { ...environment, PORT: String(await freePort()) }));
  await setTimeout(SETTLE_MS);
  const before = upstream.looks();
  await setTimeout(COUNT_MS);
  const looked = upstream.looks() - before;
  await Promise.all(bots.map((bot) => bot.stop()));
  await Promise.all([upstream.close(), connector.close(), emulators.close()]);
  return looked / (COUNT_MS / 1_000);
}

async function seed(url: string): Promise<void> {
  const log = createLog('error');
  const db = await openDatabase({ url, dataDir: '', log });
  await migrate(db, MIGRATIONS, log);
  const jobs = await createJobs({ database: db, log });
  await seedOpenBatches(db, jobs, { count: OPEN, devices: DEVICES, withinMs: 0 });
  await jobs.stop(1_000);
  await db.close();
}

/** All processes share what is sealed in the database. */
const SEAL_KEY = randomBytes(32).toString('base64');
