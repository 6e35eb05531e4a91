import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const readyLine = z.object({
  ready: z.literal(true),
  bot: z.string(),
  partnerPlayground: z.string(),
  customerPlayground: z.string(),
  emulators: z.object({ teams: z.string(), partnerCenter: z.string() }),
});

export type ReadySandbox = z.infer<typeof readyLine>;

/** As many consecutive ports as the sandbox takes. */
const PORTS = 7;
const READY_MS = 90_000;

export type SandboxProcess = Awaited<ReturnType<typeof startSandboxProcess>>;

/** Starts the built sandbox as a person does and waits for its JSON line. `npm run build` comes before. */
export async function startSandboxProcess(args: readonly string[]) {
  const { child, said } = launch(args);
  try {
    return { ...(await readyOf(child, said)), said, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Starts the sandbox where it cannot run, and waits until it has given up. */
export async function failingSandbox(
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  const { child, said } = launch(args);
  await once(child, 'close');
  return { code: child.exitCode, ...said };
}

/** The first of seven free consecutive ports, below those that systems give out by themselves. */
export async function freeBasePort(): Promise<number> {
  for (;;) {
    const base = 10_000 + Math.floor(Math.random() * 9_000);
    const ports = Array.from({ length: PORTS }, (_, step) => base + step);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
  }
}

function launch(args: readonly string[]) {
  const main = resolve('dist/test/sandbox/main.js');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endToo = () => child.kill('SIGINT'); // also when this process ends by an error nobody caught
  process.once('exit', endToo);
  child.once('exit', () => process.off('exit', endToo));
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return { child, said };
}

function readyOf(child: ChildProcess, said: { out: string; err: string }): Promise<ReadySandbox> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`The sandbox ${why}. It said: ${said.out}${said.err}`));
    };
    const timer = setTimeout(fail, READY_MS, `was not ready after ${READY_MS / 1000} s`);
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stdout?.on('data', () => {
      const line = /^\{.*\}$/m.exec(said.out)?.[0];
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(readyLine.parse(JSON.parse(line)));
    });
  });
}

/** As Ctrl-C does. Resolves with the exit code once every part has stopped. */
async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  return child.exitCode;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}
