import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { killAgainAndAgain } from './kills.ts';
import { openKillWorld } from './world.ts';

/** The long run kills more often: `KILLS=40 npx vitest run test/faults/kill`. */
const KILLS = Number(process.env.KILLS ?? 6);
const databases = ['embedded', ...(process.env.TEST_DATABASE_URL ? ['server'] : [])] as const;

describe.each(databases)('the whole bot on the %s database', (kind) => {
  it(`loses and doubles nothing when it is killed ${KILLS} times`, async () => {
    const world = await openKillWorld(
      kind === 'server' ? await ownDatabase(process.env.TEST_DATABASE_URL ?? '') : undefined,
    );
    try {
      const figures = await killAgainAndAgain(world, KILLS, 4_711);
      console.info(`${kind}: ${JSON.stringify(figures)}`);
      expect(figures).toMatchObject({ kills: KILLS, lost: [], doubled: [], untold: [] });
      expect(figures.registered).toBeGreaterThanOrEqual(KILLS / 4);
    } finally {
      await world.close();
    }
  }, 900_000);
});

/** A database of this run's own: what another run sealed with its key cannot be opened. It goes with the test server. */
async function ownDatabase(url: string): Promise<string> {
  const name = `kill_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`).finally(() => client.end());
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
