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
import { startBusyPartnerCenter } from './busy-partner-center.ts';
import { type Program, startProgram } from './child.ts';
import type { BenchRow } from './row.ts';
import { seedOpenBatches } from './seed-batches.ts';
import { freePort, startConnector, tarmacEnvironment } from './surroundings.ts';

const OPEN = 1_000;
const DEVICES = 13;
/** The pause between two looks at an upload that has been looked at often. */
const LOOKS_WITHIN_MS = 55_000;
/** After the start a bot is busy with itself for a while. */
const SETTLE_MS = 15_000;
/** And one with many batches until each had its first look, or was told to wait for a place in the budget. */
const SETTLE_BUSY_MS = 65_000;
const WATCH_MS = 60_000;

/** One process that has many batches to look after, and the same one with none. */
export async function runOpenBatchesBench(): Promise<BenchRow[]> {
  const idle = await watch({ open: 0, settleMs: SETTLE_MS, forMs: WATCH_MS / 4 });
  const busy = await watch({ open: OPEN, settleMs: SETTLE_BUSY_MS, forMs: WATCH_MS });
  const group = 'open';
  const named = (peerValue: number) => ({ peer: 'with none', peerValue });
  return [
    {
      ...{ group, what: `processor while ${OPEN} batches are open`, value: busy.percent, unit: '% of a core' },
      ...{ ...named(idle.percent), goal: '≤ 5 %' },
    },
    { group, what: 'looks at Partner Center', value: busy.looksPerMinute, unit: 'a minute', goal: '≤ 400, our budget' },
    {
      ...{ group, what: 'processor for each look', value: busy.microsPerLook, unit: 'µs' },
    },
    { group, what: `memory at the end`, value: busy.rssMb, unit: 'MB', ...named(idle.rssMb) },
    { group, what: 'growth of memory over the second half', value: busy.growthMb, unit: 'MB', goal: 'flat' },
  ];
}

async function watch({ open, settleMs, forMs }: Readonly<{ open: number; settleMs: number; forMs: number }>) {
  const emulators = await startEmulators();
  const connector = await startConnector();
  const upstream = await startBusyPartnerCenter({ devices: DEVICES });
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-bench-'));
  const dataDir = join(folder, 'data');
  await seed(dataDir, open);
  const environment = tarmacEnvironment(emulators, connector, dataDir);
  const port = String(await freePort());
  const bot = await startProgram(new URL('./programs/tarmac-bot.js', import.meta.url), {
    ...environment,
    PARTNER_CENTER_URL: upstream.url,
    PORT: port,
  });
  await setTimeout(settleMs);
  const figures = await measure(bot, upstream.looks, forMs);
  await bot.stop();
  await Promise.all([upstream.close(), connector.close(), emulators.close()]);
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function measure(bot: Program, looks: () => number, forMs: number) {
  const [before, looksBefore] = [await bot.usage(), looks()];
  await setTimeout(forMs / 2);
  const middle = await bot.usage();
  await setTimeout(forMs / 2);
  const [after, looked] = [await bot.usage(), looks() - looksBefore];
  const micros = after.cpuMicros - before.cpuMicros;
  return {
    percent: micros / (forMs * 10),
    looksPerMinute: (looked * 60_000) / forMs,
    microsPerLook: looked === 0 ? 0 : micros / looked,
    rssMb: after.rssBytes / 1e6,
    growthMb: (after.rssBytes - middle.rssBytes) / 1e6,
  };
}

async function seed(dataDir: string, open: number): Promise<void> {
  const log = createLog('error');
  const db = await openDatabase({ dataDir, log });
  await migrate(db, MIGRATIONS, log);
  const jobs = await createJobs({ database: db, log });
  await seedOpenBatches(db, jobs, { count: open, devices: DEVICES, withinMs: LOOKS_WITHIN_MS });
  await jobs.stop(1_000);
  await db.close();
}
