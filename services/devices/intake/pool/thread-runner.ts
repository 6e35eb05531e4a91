import { Worker } from 'node:worker_threads';
import type { IntakeLimits } from '../limits.ts';
import type { Answer, Runner, RunnerEvents } from './job.ts';

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
    send: (job) => worker.postMessage(job),
    stop: async () => {
      await worker.terminate();
    },
    busy: (is) => (is ? worker.ref() : worker.unref()),
  };
}
