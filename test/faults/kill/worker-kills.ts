import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createRandom } from '../random.ts';
import type { KillFigures } from './witnesses.ts';
import type { KillWorld } from './world.ts';

export type WorkerFigures = Omit<KillFigures, 'asked' | 'decided'>;

const SETTLE_MS = 30_000;
const ROUNDS = 6;

const word = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ confirmed: z.string() }),
  z.object({ posted: z.object({ role: z.string(), name: z.string().optional() }) }),
]);

/** A worker that is given one batch in each of its lives, and is killed wherever it is. */
export async function killWorkers(world: KillWorld, kills: number, seed: number): Promise<WorkerFigures> {
  const random = createRandom(seed);
  const { partnerCenter } = world;
  partnerCenter.behaviour.timing = { queuedMs: 100, processingMs: 300 };
  const confirmed: string[] = [];
  const notices: string[] = [];
  const hear = (message: unknown) => {
    const heard = word.parse(message);
    if ('confirmed' in heard) confirmed.push(heard.confirmed);
    if ('posted' in heard && heard.posted.role === 'batch.notice-rep') notices.push(heard.posted.name ?? '');
  };
  let usualMs = 0;
  for (let life = 0; life < kills; life++) {
    const child = await beginWorker(world, hear);
    const beganAt = performance.now();
    child.send(orderOf(life));
    if (life % 4 === 0) {
      // How long a confirmation takes on this machine by now: the other kills hit before, during and after that.
      const before = confirmed.length;
      while (confirmed.length === before && child.exitCode === null) await sleep(5);
      usualMs = performance.now() - beganAt;
    }
    await sleep(random.int(Math.round(3 * usualMs) + 200));
    if (child.exitCode !== null) throw new Error('the worker ended by itself');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const batches = () => partnerCenter.state().batches.map(({ batchId }) => batchId);
  const open = () => ({
    lost: confirmed.filter((name) => !batches().includes(name)),
    untold: [...new Set([...confirmed, ...batches()])].filter((name) => !notices.includes(name)),
  });
  const last = await beginWorker(world, hear);
  for (let round = 0; round < ROUNDS && left(open()) > 0; round++) {
    const until = Date.now() + SETTLE_MS;
    while (Date.now() < until && left(open()) > 0) await sleep(200);
    if (left(open()) > 0) last.send({ minutesPass: 60 });
  }
  last.send({ stop: true });
  await once(last, 'exit');
  const { creations, uploads } = partnerCenter.state().counters;
  return {
    ...{ kills, seed, confirmed: confirmed.length, registered: batches().length },
    copies: notices.length - new Set(notices).size,
    ...open(),
    doubled: [...Object.entries(creations), ...Object.entries(uploads)].filter(([, n]) => n > 1).map(([key]) => key),
  };
}

function left({ lost, untold }: { lost: readonly string[]; untold: readonly string[] }): number {
  return lost.length + untold.length;
}

function orderOf(life: number) {
  const digits = String(life).padStart(10, '0');
  return { register: `Order ${1_000 + life}`, pkids: [`44${digits}0`, `45${digits}0`] };
}

/** Resolves when the worker has begun to work. */
export async function beginWorker({ environment }: KillWorld, hear: (message: unknown) => void): Promise<ChildProcess> {
  const child = fork('dist/test/faults/kill/programs/worker.js', {
    env: { PATH: process.env.PATH, ...environment },
    execArgv: ['--liftoff-only', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', hear);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the worker ended before it began')));
  ended.catch(() => undefined); // afterwards its end is expected
  await Promise.race([once(child, 'message'), ended]);
  return child;
}
