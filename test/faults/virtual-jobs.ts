import { type Jobs, QUEUES, type QueueName } from '../../services/queue/ports.ts';
import type { Tables } from './memory/tables.ts';
import type { Random } from './random.ts';

export type DueJob = Readonly<{ key: string; queue: QueueName; id: string; step: number; startAtMs: number }>;

/** A done job's id is still taken this long: pg-boss removes them once a minute, a minute after their end. */
const REMEMBERED_MS = 120_000;

/** The promise of `Jobs` in virtual time: at least once, growing pauses, one id per queue, id and step. */
export function createVirtualJobs(tables: Tables, clock: { ms: number }, random: Random) {
  let order = 0;

  const port: Jobs = {
    async enqueue(_tx, jobs) {
      for (const { queue, id, step, startAt } of jobs) {
        const key = `${queue}/${id}/${step}`; // what `jobId` is made from; the hash of it would cost more than the job
        const known = tables.get('jobs', key);
        if (known && !(known.state === 'done' && Number(known.doneAtMs) + REMEMBERED_MS < clock.ms)) continue;
        const startAtMs = startAt?.getTime() ?? clock.ms;
        order += 1;
        tables.put('jobs', key, { key, queue, id, step, startAtMs, state: 'waiting', failures: 0, order });
      }
    },
    async work() {},
    async counts() {
      const count = (queue: QueueName) => open().filter((job) => job.queue === queue).length;
      return Object.fromEntries(QUEUES.map((queue) => [queue, count(queue)])) as Record<QueueName, number>;
    },
    async stop() {},
  };

  return {
    port,
    /** The job whose time comes first. */
    next(): DueJob | undefined {
      let first: { startAtMs: number; order: number; job: DueJob } | undefined;
      for (const row of tables.among('jobs', 'waiting')) {
        const startAtMs = Number(row.startAtMs);
        if (
          first &&
          (first.startAtMs < startAtMs || (first.startAtMs === startAtMs && first.order < Number(row.order)))
        )
          continue;
        const queue = QUEUES.find((name) => name === row.queue);
        if (!queue) throw new Error('a job of no queue');
        const job = { key: String(row.key), queue, id: String(row.id), step: Number(row.step), startAtMs };
        first = { startAtMs, order: Number(row.order), job };
      }
      return first?.job;
    },
    begin: ({ key }: DueJob) => change(key, { state: 'active' }),
    finish: ({ key }: DueJob) => change(key, { state: 'done', doneAtMs: clock.ms }),
    /** Tried again after 2 s, growing to 5 minutes. */
    fail({ key }: DueJob): void {
      const failures = Number(tables.get('jobs', key)?.failures) + 1;
      const pauseMs = Math.min(2_000 * 2 ** Math.min(failures, 10) * (0.5 + random.next() / 2), 300_000);
      change(key, { state: 'waiting', failures, startAtMs: clock.ms + pauseMs });
    },
    /** What a dead process had in hand goes to the next one: at once when embedded, within 25 s on a server. */
    handBack(afterMs: number): void {
      for (const { key } of tables.among('jobs', 'active')) {
        change(String(key), { state: 'waiting', startAtMs: clock.ms + afterMs });
      }
    },
    waiting: () => open().length,
  };

  function open() {
    return [...tables.among('jobs', 'waiting'), ...tables.among('jobs', 'active')];
  }

  function change(key: string, changes: Readonly<Record<string, unknown>>): void {
    const row = tables.get('jobs', key);
    if (row) tables.change('jobs', key, row, changes);
  }
}
