import { Worker } from 'node:worker_threads';
import type { IntakeLimits } from '../limits.ts';
import type { Answer, Job, Runner, RunnerEvents } from './job.ts';

/**
 * Starts a worker thread for texts and tables, whose readers are JavaScript throughout: nothing they do can end the
 * process. It sees no environment variables.
 */
export function startThread(entry: URL, { workerHeapMb }: IntakeLimits, events: RunnerEvents): Runner {
  const worker = new Worker(entry, {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  });
  worker.unref();
  let ending: 'memory' | 'crash' = 'crash';
  worker.on('message', (answer: Answer) => events.answer(answer));
  worker.on('error', (error) => {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') ending = 'memory';
  });
  worker.on('exit', () => events.ended(ending));
  return {
    send: (job) => void send(worker, job),
    stop: async () => {
      worker.ref();
      await worker.terminate();
    },
    busy: (is) => (is ? worker.ref() : worker.unref()),
  };
}

/** Bytes copied before other work may run. */
const STEP_BYTES = 4 * 1024 * 1024;

/**
 * Hands a job over. The bytes belong to the caller, so the worker gets a copy; it is made in steps, because a large one
 * in one go would hold up the main thread for longer than reading a small list takes.
 */
async function send(worker: Worker, job: Job): Promise<void> {
  const { input } = job;
  if (input.kind === 'text') return worker.postMessage(job);
  const copy = new Uint8Array(input.bytes.byteLength);
  for (let at = 0; at < copy.length; at += STEP_BYTES) {
    copy.set(input.bytes.subarray(at, at + STEP_BYTES), at);
    if (at + STEP_BYTES < copy.length) await new Promise((resolve) => setImmediate(resolve));
  }
  worker.postMessage({ ...job, input: { ...input, bytes: copy } }, [copy.buffer]);
}
