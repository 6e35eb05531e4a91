import type { PgBoss } from 'pg-boss';
import type { QueueName } from './ports.ts';

/** The workers of one queue in this process. */
export interface WorkerGroup {
  readonly queue: QueueName;
  /** Has an idle worker, if there is one, look for a job now. */
  wake(): void;
}

type Worker = { id?: string; busy: boolean };

/** The engine's own polling, in seconds: only a safety net, because each look costs the one connection some time. */
const SAFETY_NET_S = 30;

/**
 * Starts `concurrency` workers. Left alone each would poll; here they wait to be woken, whoever finds a job wakes a
 * colleague, and whoever finishes one looks again at once.
 */
export async function startWorkers(
  boss: PgBoss,
  queue: QueueName,
  concurrency: number,
  handle: (data: unknown) => Promise<void>,
): Promise<WorkerGroup> {
  const workers: Worker[] = Array.from({ length: concurrency }, () => ({ busy: false }));
  const wake = (worker: Worker | undefined) => worker?.id && boss.notifyWorker(worker.id);
  const wakeAnIdleOne = () => wake(workers.find(({ busy }) => !busy));
  const polling = { pollingIntervalSeconds: SAFETY_NET_S, notifyPollingIntervalSeconds: SAFETY_NET_S };

  for (const worker of workers) {
    worker.id = await boss.work(queue, polling, async ([job]) => {
      worker.busy = true;
      wakeAnIdleOne();
      try {
        await handle(job?.data);
      } finally {
        worker.busy = false;
        wake(worker);
      }
    });
  }
  return { queue, wake: wakeAnIdleOne };
}
