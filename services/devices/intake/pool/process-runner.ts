import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { IntakeLimits } from '../limits.ts';
import type { Answer, Job, Runner, RunnerEvents } from './job.ts';

/** The job as a child process gets it: the bytes follow on its standard input, where writing them holds up nobody. */
export type PipedJob = Omit<Job, 'input'> & Readonly<{ source: string; byteLength: number }>;

/**
 * Starts a child process for pictures, PDFs and archives of them. Decoding pictures is native code: a crash in there
 * would take the bot along if it ran in a thread. The child gets no environment variables.
 */
export function startProcess(entry: URL, { workerHeapMb }: IntakeLimits, events: RunnerEvents): Runner {
  const child = fork(fileURLToPath(entry), [], {
    env: {},
    execArgv: [`--max-old-space-size=${workerHeapMb}`],
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', (answer) => events.answer(answer as Answer));
  child.on('error', () => child.kill('SIGKILL'));
  child.on('exit', (_, signal) => events.ended(signal === 'SIGABRT' ? 'memory' : 'crash'));
  child.stdin?.on('error', () => undefined); // a child that dies while it is being written to shows in `exit`
  hold(child, false);
  return {
    send: (job) => send(child, job),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      hold(child, true); // or the process could end before it hears that the child did
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    busy: (is) => hold(child, is),
  };
}

function send(child: ChildProcess, { id, input, limits }: Job): void {
  if (input.kind !== 'file') throw new Error('only files go to a process');
  const piped: PipedJob = { id, limits, source: input.source, byteLength: input.bytes.byteLength };
  child.send(piped);
  child.stdin?.write(input.bytes);
}

function hold(child: ChildProcess, is: boolean): void {
  const pipe = child.stdin as { ref?: () => void; unref?: () => void } | null;
  if (is) child.ref();
  else child.unref();
  if (is) child.channel?.ref();
  else child.channel?.unref();
  if (is) pipe?.ref?.();
  else pipe?.unref?.();
}
