import type { Log } from '../log.ts';
import type { Queryable } from '../storage/ports.ts';
import type { WorkerGroup } from './workers.ts';

/** How late a job with a start time may be noticed, in ms. New jobs are announced and do not wait for this. */
const LOOK_EVERY_MS = 500;

/**
 * Wakes workers when the time of a job of theirs has come. One statement looks for all queues: a look for each of them,
 * mostly in vain, would keep the one connection of the embedded database busy with nothing.
 *
 * @returns a function that ends it, resolving when no look is under way any more.
 */
export function watchForDueJobs(db: Queryable, groups: readonly WorkerGroup[], log: Log): () => Promise<void> {
  let looking: Promise<void> | undefined;
  const clock = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, LOOK_EVERY_MS);

  async function look(): Promise<void> {
    try {
      const rows = await db.query(QUEUES_WITH_DUE_JOBS, [groups.map(({ queue }) => queue)]);
      for (const group of groups) if (rows.some(({ queue }) => queue === group.queue)) group.wake();
    } catch (error) {
      log.warn('could not look for jobs that are due', { error });
    }
  }

  return async () => {
    clearInterval(clock);
    await looking;
  };
}

/** The engine's own conditions, so that its index serves. @see pg-boss, fetchNextJob */
const QUEUES_WITH_DUE_JOBS = `SELECT queue FROM unnest($1::text[]) AS queue WHERE EXISTS (
  SELECT 1 FROM pgboss.job j WHERE j.name = queue AND j.state < 'active' AND NOT j.blocked AND j.start_after < now())`;
