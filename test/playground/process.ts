import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { PlaygroundConfig } from './config.ts';
import { LEASH, LOOPBACK_ONLY } from './preload.ts';
import { stopChild } from './stop.ts';

export type PlaygroundStart = Readonly<{
  port: number;
  /** Where it posts activities. */
  botEndpoint: string;
  config: PlaygroundConfig;
  /** Folder for its configuration and log; made if missing. */
  folder: string;
  /** Milliseconds to wait until it listens. */
  startMs?: number;
}>;

export type PlaygroundProcess = Readonly<{
  url: string;
  logFile: string;
  process: ChildProcess;
  close(): Promise<void>;
}>;

/** Starts an Agents Playground as a child process without a browser. Rejects when it does not take the port it was given. */
export async function startPlayground({ port, botEndpoint, config, folder, startMs = 15_000 }: PlaygroundStart) {
  const home = resolve(folder);
  await mkdir(home, { recursive: true });
  const configFile = join(home, 'playground.yml');
  const logFile = join(home, 'playground.log');
  await writeFile(configFile, JSON.stringify(config, undefined, 2));
  const child = spawn(process.execPath, [...LEASH, ...LOOPBACK_ONLY, cli(), ...flags(port, botEndpoint)], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
      M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // Ctrl-C reaches the parent only, which then stops its children in order
  });
  const close = () => stopChild(child);
  try {
    const url = `http://127.0.0.1:${port}`;
    await listening(child, port, startMs);
    // The first read of its configuration makes the chats; a configuration it refuses shows here.
    const answer = await fetch(`${url}/_internal/v1/config`, { signal: AbortSignal.timeout(startMs) });
    if (!answer.ok) throw new Error(`the Playground answered ${answer.status}`);
    return { url, logFile, process: child, close } satisfies PlaygroundProcess;
  } catch (error) {
    await close();
    throw new Error(`The Playground did not start; its log is ${logFile}`, { cause: error });
  }
}

function cli(): string {
  return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
}

function flags(port: number, botEndpoint: string): readonly string[] {
  return ['start', '-e', botEndpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
}

/** It says `Listening on <port>`, and takes another port when its own is taken. */
function listening(child: ChildProcess, port: number, startMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not listening after ${startMs} ms`)), startMs);
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const said = /Listening on (\d+)/.exec(output)?.[1];
      if (said === undefined) return;
      clearTimeout(timer);
      if (said === String(port)) resolve();
      else reject(new Error(`port ${port} is taken`));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with ${code}: ${output}`));
    });
  });
}
