import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { QueueName } from './ports.ts';

/** The workers of one queue in this process. */
export interface WorkerGroup {
  readonly queue: QueueName;
  /** Has an idle worker, if there is one, look for a job now. */
  wake(): void;
}

type Worker = { id?: string; busy: boolean; readonly jobs: number };

/** The engine's own polling, in seconds: only a safety net, because each look costs the one connection some time. */
const SAFETY_NET_S = 30;
/** So many jobs one worker takes at a time: one statement fetches them, and one says what became of them. */
const JOBS_PER_WORKER = 4;
/** A worker waits for the slowest of its jobs, so there is another one beside it. */
const FEWEST_WORKERS = 2;

/**
 * Starts workers for `concurrency` jobs at once. Left alone each would poll; here they wait to be woken, whoever finds jobs
 * wakes a colleague, and whoever finishes them looks again at once.
 *
 * @param handle rejects for a job that is to be tried again; the others taken with it are not.
 */
export async function startWorkers(
  boss: PgBoss,
  queue: QueueName,
  concurrency: number,
  handle: (data: unknown) => Promise<void>,
): Promise<WorkerGroup> {
  const workers: Worker[] = sharesOf(concurrency).map((jobs) => ({ busy: false, jobs }));
  const wake = (worker: Worker | undefined) => worker?.id && boss.notifyWorker(worker.id);
  const wakeAnIdleOne = () => wake(workers.find(({ busy }) => !busy));
  const polling = { pollingIntervalSeconds: SAFETY_NET_S, notifyPollingIntervalSeconds: SAFETY_NET_S };

  for (const worker of workers) {
    worker.id = await boss.work(queue, { ...polling, batchSize: worker.jobs, perJobResults: true }, async (jobs) => {
      worker.busy = true;
      wakeAnIdleOne();
      try {
        return await Promise.all(jobs.map((job) => resultOf(job, handle)));
      } finally {
        worker.busy = false;
        wake(worker);
      }
    });
  }
  return { queue, wake: wakeAnIdleOne };
}

/** How many jobs each worker takes at a time; together as many as may be worked on at once. */
function sharesOf(concurrency: number): readonly number[] {
  const count = Math.max(Math.min(concurrency, FEWEST_WORKERS), Math.ceil(concurrency / JOBS_PER_WORKER));
  return Array.from({ length: count }, (_, n) => Math.ceil((concurrency - n) / count));
}

/** The engine keeps what it is told about a failure in its table, so it is told nothing. */
async function resultOf({ id, data }: Job<unknown>, handle: (data: unknown) => Promise<void>): Promise<JobResult> {
  return handle(data).then(
    () => ({ id, status: 'completed' }),
    () => ({ id, status: 'failed', output: { see: 'the log' } }),
  );
}
