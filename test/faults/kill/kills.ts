import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../random.ts';
import { type BotChild, startBotChild } from './bot-child.ts';
import type { KillWorld } from './world.ts';

/** What Partner Center and Teams, the witnesses, say after all the kills. */
export type KillFigures = Readonly<{
  kills: number;
  confirmed: number;
  registered: number;
  lost: readonly string[];
  doubled: readonly string[];
  untold: readonly string[];
}>;

/** Time that is given to the last process to bring everything to its end. */
const SETTLE_MS = 60_000;

/** A rep registers one batch after the other while the bot is killed again and again, at moments that the seed decides. */
export async function killAgainAndAgain(world: KillWorld, kills: number, seed: number): Promise<KillFigures> {
  const random = createRandom(seed);
  world.partnerCenter.behaviour.timing = { queuedMs: 300, processingMs: 700 };
  let bot = await startBotChild(world.environment);
  await world.robin.install();
  const rep = startRep(world);
  for (let kill = 0; kill < kills; kill++) {
    await sleep(300 + random.int(3_000));
    await bot.kill();
    bot = await startBotChild(world.environment);
  }
  await rep.stop();
  const figures = await witnesses(world, rep, kills);
  await end(bot);
  return figures;
}

type Rep = ReturnType<typeof startRep>;

function startRep({ robin }: KillWorld) {
  const confirmed: string[] = [];
  let isStopped = false;
  let count = 0;

  /** One registration from the first word to the confirmation; whatever the kills leave undone is begun anew. */
  async function register(): Promise<void> {
    count += 1;
    const name = `Order ${1_000 + count}`;
    const pkids = [`44${String(count).padStart(10, '0')}0`, `45${String(count).padStart(10, '0')}0`];
    await robin.say('register contoso');
    await robin.nextMessage({ matching: /Paste a list here/, timeoutMs: 4_000 });
    await robin.say(pkids.join('\n'));
    const preview = await robin.nextMessage({ matching: 'register.confirm', timeoutMs: 4_000 });
    const pressed = await robin.press(preview, 'register.confirm', { batchName: name });
    if (pressed.kind === 'card' || pressed.kind === 'message') confirmed.push(name);
  }

  const work = (async () => {
    while (!isStopped) await register().catch(() => sleep(200));
  })();
  return {
    confirmed,
    async stop(): Promise<void> {
      isStopped = true;
      await work;
    },
  };
}

async function witnesses({ partnerCenter, robin }: KillWorld, { confirmed }: Rep, kills: number): Promise<KillFigures> {
  const isThere = (name: string) => partnerCenter.state().batches.some(({ batchId }) => batchId === name);
  const isTold = (name: string) =>
    robin.messages.some(({ cards }) => {
      const card = JSON.stringify(cards);
      return card.includes(name) && /registered/i.test(card) && !card.includes('register.confirm');
    });
  const names = () => [...new Set([...confirmed, ...partnerCenter.state().batches.map(({ batchId }) => batchId)])];
  const until = Date.now() + SETTLE_MS;
  while (Date.now() < until && !names().every((name) => isThere(name) && isTold(name))) await sleep(250);
  const { creations, uploads } = partnerCenter.state().counters;
  return {
    kills,
    confirmed: confirmed.length,
    registered: partnerCenter.state().batches.length,
    lost: confirmed.filter((name) => !isThere(name)),
    doubled: [...Object.entries(creations), ...Object.entries(uploads)].filter(([, n]) => n > 1).map(([key]) => key),
    untold: names().filter((name) => !isTold(name)),
  };
}

async function end(bot: BotChild): Promise<void> {
  const { code, ms } = await bot.stop();
  if (code !== 0 || ms > 10_000) throw new Error(`SIGTERM ended the bot with ${code} after ${Math.round(ms)} ms`);
}
