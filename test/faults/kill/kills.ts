import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../services/storage/open-database.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { quietLog } from '../../contracts/test-databases.ts';
import { createRandom } from '../random.ts';
import { type BotChild, startBotChild } from './bot-child.ts';
import { declining, registering, requesting } from './people.ts';
import { letTimePass } from './time-passes.ts';
import { account, type KillFigures, type People, stillOpen } from './witnesses.ts';
import type { KillWorld } from './world.ts';

/** How long the last process may work before time is made to pass for what deliberately waits, and how often. */
const SETTLE_MS = 30_000;
const ROUNDS = 5;

/** People register, ask and decline while the bot is killed again and again, at moments that the seed decides. */
export async function killAgainAndAgain(world: KillWorld, kills: number, seed: number): Promise<KillFigures> {
  const random = createRandom(seed);
  world.partnerCenter.behaviour.timing = { queuedMs: 300, processingMs: 700 };
  let bot = await startBotChild(world.environment);
  for (const person of [world.robin, world.sam, world.farah]) await person.install();
  const people: People = {
    registering: registering(world),
    requesting: requesting(world),
    declining: declining(world),
  };
  // How long a registration takes on this machine: the kills hit before, during and after that.
  const beganAt = performance.now();
  while (people.registering.done.length === 0) await sleep(50);
  const usualMs = performance.now() - beganAt;
  for (let kill = 0; kill < kills; kill++) {
    if (kill % 4 === 3) await somethingGetsDone(people);
    await sleep(300 + random.int(Math.round(2 * usualMs)));
    await bot.kill();
    bot = await startBotChild(world.environment);
  }
  for (const person of Object.values(people)) await person.stop();
  bot = await settle(world, people, bot);
  await end(bot);
  return withDatabase(world, (db) => account(world, people, db, { kills, seed }));
}

/** However slow the machine has become, some kills come after something was done: otherwise they would prove nothing. */
async function somethingGetsDone({ registering: rep, declining: approver }: People): Promise<void> {
  const [batches, decisions] = [rep.done.length, approver.done.length];
  const until = Date.now() + SETTLE_MS;
  while (Date.now() < until && (rep.done.length === batches || approver.done.length === decisions)) await sleep(50);
}

/** Gives the last process time, and where something still waits on purpose, lets an hour pass. */
export async function settle(world: KillWorld, people: People, bot: BotChild): Promise<BotChild> {
  let current = bot;
  for (let round = 0; round < ROUNDS; round++) {
    const until = Date.now() + SETTLE_MS;
    while (Date.now() < until) {
      const { lost, untold } = stillOpen(world, people);
      if (lost.length + untold.length === 0) return current;
      await sleep(250);
    }
    await end(current);
    await withDatabase(world, (db) => letTimePass(db, 60));
    current = await startBotChild(world.environment);
  }
  return current;
}

/** Opens the world's database from outside, when no process of the bot has the embedded one. */
export async function withDatabase<T>({ environment }: KillWorld, work: (db: Database) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = environment;
  const db = await openDatabase({ url, dataDir, log: quietLog });
  return work(db).finally(() => db.close());
}

async function end(bot: BotChild): Promise<void> {
  const { code, ms } = await bot.stop();
  if (code !== 0 || ms > 10_000) throw new Error(`SIGTERM ended the bot with ${code} after ${Math.round(ms)} ms`);
}
