import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export type BotChild = Awaited<ReturnType<typeof startBotChild>>;

const READY_WITHIN_MS = 60_000;

/** The bot as `npm start` runs it, in a process of its own; resolves when it answers. */
export async function startBotChild(env: Readonly<Record<string, string>>) {
  const child = spawn(
    process.execPath,
    ['--liftoff-only', '--disable-warning=ExperimentalWarning', 'dist/bot/index.js'],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const gone = once(child, 'exit');
  await ready(child, `http://127.0.0.1:${env.PORT}/health/live`);
  return {
    /** Ends it at once, wherever it is. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await gone;
    },
    /** Asks it to stop, as a deployment does; how it ended and after how many ms. */
    async stop(): Promise<{ code: number | null; ms: number }> {
      const began = performance.now();
      child.kill('SIGTERM');
      await gone;
      return { code: child.exitCode, ms: performance.now() - began };
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`the bot ended with ${child.exitCode} before it was ready`);
    const isUp = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
  throw new Error('the bot was not ready in time');
}
