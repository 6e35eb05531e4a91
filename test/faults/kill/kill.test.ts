import { afterAll, describe, expect, it } from 'vitest';
import { killAgainAndAgain } from './kills.ts';
import { ownDatabase } from './own-database.ts';
import { type KillLine, recordKills } from './record.ts';
import { killWorkers } from './worker-kills.ts';
import { openKillWorld } from './world.ts';

/** `npm run kills` kills more often, on each database, and writes the table. */
const KILLS = Number(process.env.KILLS ?? 3);
const WORKER_KILLS = Number(process.env.WORKER_KILLS ?? 6);
const SEED = 4_711;
const databases = ['embedded', ...(process.env.TEST_DATABASE_URL ? ['server'] : [])] as const;

const lines: KillLine[] = [];
afterAll(() => {
  if (process.env.RECORD_KILLS) recordKills(lines);
});

describe.each(databases)('killed on the %s database', (kind) => {
  const world = async () =>
    openKillWorld(kind === 'server' ? await ownDatabase(process.env.TEST_DATABASE_URL ?? '') : undefined);

  it(`the whole bot loses and doubles nothing in ${KILLS} kills`, async () => {
    const surroundings = await world();
    const beganAt = performance.now();
    try {
      const figures = await killAgainAndAgain(surroundings, KILLS, SEED);
      lines.push({ name: `whole bot, ${kind} database`, figures, wallMs: performance.now() - beganAt });
      expect(figures).toMatchObject({ kills: KILLS, lost: [], doubled: [], untold: [] });
      expect(figures.copies).toBeLessThanOrEqual(KILLS);
      expect(figures.registered).toBeGreaterThanOrEqual(KILLS / 4);
      expect(figures.decided).toBeGreaterThanOrEqual(KILLS / 4);
    } finally {
      await surroundings.close();
    }
  }, 3_600_000);

  it(`a worker loses and doubles nothing in ${WORKER_KILLS} kills`, async () => {
    const surroundings = await world();
    const beganAt = performance.now();
    try {
      const figures = await killWorkers(surroundings, WORKER_KILLS, SEED);
      lines.push({ name: `worker, ${kind} database`, figures, wallMs: performance.now() - beganAt });
      expect(figures).toMatchObject({ kills: WORKER_KILLS, lost: [], doubled: [], untold: [] });
      expect(figures.copies).toBeLessThanOrEqual(WORKER_KILLS);
      expect(figures.registered).toBeGreaterThanOrEqual(WORKER_KILLS / 4);
    } finally {
      await surroundings.close();
    }
  }, 3_600_000);
});
