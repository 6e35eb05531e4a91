import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { quietLog } from '../../contracts/test-databases.ts';
import { type BotChild, startBotChild } from '../kill/bot-child.ts';
import { settle, withDatabase } from '../kill/kills.ts';
import { ownDatabase } from '../kill/own-database.ts';
import { declining, registering, requesting } from '../kill/people.ts';
import { account, type People } from '../kill/witnesses.ts';
import { freePort, type KillWorld, openKillWorld } from '../kill/world.ts';
import { sharedServer } from './server.ts';

/** `ROLLS=8 npx vitest run test/faults/machines/rolling.test.ts` for longer. */
const ROLLS = Number(process.env.ROLLS ?? 2);
const STOP_WITHIN_MS = 10_000;
const url = sharedServer();

/** What a next version may bring: a step that only adds. Older processes meet its columns and defaults. */
const NEXT_VERSION = [
  ...MIGRATIONS,
  {
    id: 9_001,
    name: 'of-the-next-version',
    sql: `alter table batches add column colour text not null default 'none';
          alter table uploads add column weight integer;
          create table of_the_next_version (id text primary key)`,
  },
];

describe.runIf(url)('two processes on one server', () => {
  it(`are restarted one after the other under load, ${ROLLS} times over, the second time beside a newer schema`, async () => {
    const world = await openKillWorld(await ownDatabase(url ?? ''));
    world.partnerCenter.behaviour.timing = { queuedMs: 300, processingMs: 700 };
    try {
      const ports = [Number(world.environment.PORT), await freePort()];
      const bots: BotChild[] = [];
      for (const port of ports) bots.push(await startBotChild({ ...world.environment, PORT: String(port) }));
      const stops: { code: number | null; ms: number }[] = [];
      for (const person of [world.robin, world.sam, world.farah]) await person.install();
      const people: People = {
        ...{ registering: registering(world), requesting: requesting(world), declining: declining(world) },
      };
      for (let roll = 0; roll < ROLLS; roll++) {
        if (roll === 1) await withDatabase(world, (db) => migrate(db, NEXT_VERSION, quietLog));
        for (const n of [0, 1]) stops.push(await replace(world, bots, ports, n));
      }
      for (const person of Object.values(people)) await person.stop();
      const [first, second] = bots;
      if (!first || !second) throw new Error('two processes');
      stops.push(await second.stop());
      world.aimAt(Number(ports[0]));
      await (await settle(world, people, first)).stop();
      const figures = await withDatabase(world, (db) => account(world, people, db, { kills: 0, seed: 0 }));
      expect(figures).toMatchObject({ lost: [], doubled: [], untold: [], copies: 0 });
      expect(figures.registered).toBeGreaterThanOrEqual(ROLLS);
      expect(figures.decided).toBeGreaterThanOrEqual(ROLLS);
      expect(stops.map(({ code }) => code)).toEqual(stops.map(() => 0));
      expect(Math.max(...stops.map(({ ms }) => ms))).toBeLessThan(STOP_WITHIN_MS);
    } finally {
      await world.close();
    }
  }, 1_800_000);
});

/** What a deployment does: traffic goes to the other process, this one is asked to stop, and a new one takes its place. */
async function replace(world: KillWorld, bots: BotChild[], ports: readonly number[], n: number) {
  world.aimAt(Number(ports[1 - n]));
  await sleep(1_500); // the other one at work alone, this one still with what it had begun
  const stopped = await bots[n]?.stop();
  bots[n] = await startBotChild({ ...world.environment, PORT: String(ports[n]) });
  world.aimAt(Number(ports[n]));
  await sleep(1_500);
  return stopped ?? { code: null, ms: 0 };
}
