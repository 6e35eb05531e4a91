import { readOptions } from './options.ts';
import { findTakenPort, layOutPorts } from './ports.ts';
import { BotFailed, type Death, type Sandbox, startSandbox } from './sandbox.ts';
import { lastLines } from './store.ts';
import { tellStory } from './story.ts';

export type Run = Readonly<{
  args: readonly string[];
  /** Writes one text to standard output. */
  print: (text: string) => void;
  /** Writes one text to standard error. */
  complain: (text: string) => void;
  /** Aborted when the person wants to stop. */
  stop: AbortSignal;
}>;

/** Runs the sandbox until it is told to stop or one of its parts ends. Returns the exit code. */
export async function runSandbox({ args, print, complain, stop }: Run): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') return refuse(complain, options);
  const ports = layOutPorts(options.basePort, options.colleague);
  const taken = await findTakenPort(ports);
  if (taken !== undefined) return refuse(complain, takenSentence(taken, options.basePort));

  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox(options, ports, stop);
  } catch (error) {
    if (stop.aborted) return 0;
    return refuse(complain, failure(error));
  }
  print(`${tellStory(sandbox.ready, options.dataDir)}\n${JSON.stringify(sandbox.ready)}\n`);
  const death = await Promise.race([sandbox.died, aborted(stop)]);
  await sandbox.close();
  return death ? refuse(complain, obituary(death)) : 0;
}

function refuse(complain: (text: string) => void, sentence: string): number {
  complain(`${sentence}\n`);
  return 1;
}

function takenSentence(port: number, base: number): string {
  return `Port ${port} is taken: choose others with npm run sandbox -- --port ${base + 100}.`;
}

function failure(error: unknown): string {
  if (error instanceof BotFailed) return `${error.message} The end of ${error.logFile}:\n${lastLines(error.logFile)}`;
  return error instanceof Error ? error.message : String(error);
}

function obituary({ name, how, logFile }: Death): string {
  return `${name} ended (${how}), so everything was stopped. The end of ${logFile}:\n${lastLines(logFile)}`;
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
