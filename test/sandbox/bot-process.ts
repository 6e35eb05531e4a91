import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEASH } from '../playground/preload.ts';

export type BotStart = Readonly<{
  /** Ends the waiting early. */
  stop: AbortSignal;
  entry: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  url: string;
  readyMs: number;
}>;

/** Starts the bot as a child process; its output goes to `logFile`. */
export function startBot({ entry, env, logFile }: BotStart): ChildProcess {
  if (!existsSync(entry)) throw new Error(`There is no bot at ${entry}; run npm run build.`);
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(process.execPath, ['--enable-source-maps', '--disable-warning=ExperimentalWarning', ...LEASH, entry], {
      env,
      stdio: ['pipe', log, log],
      detached: true, // Ctrl-C reaches the sandbox only, which then stops its children in order
    });
  } finally {
    closeSync(log);
  }
}

/** Waits for the bot's readiness; rejects when it ends or takes too long. */
export async function botReady(child: ChildProcess, { url, readyMs, stop }: BotStart): Promise<void> {
  const until = Date.now() + readyMs;
  while (Date.now() < until) {
    if (stop.aborted) throw new Error('told to stop');
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended before it was ready');
    if (await answersReady(url)) return;
    await sleep(100);
  }
  throw new Error(`not ready after ${readyMs / 1000} s`);
}

async function answersReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false; // not listening yet
  }
}
