import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { type Job, type Jobs, QUEUES } from '../../services/queue/ports.ts';
import { type AnyDatabase, type DatabaseKind, quietLog, type TestDatabase } from './test-databases.ts';

const NONE = Object.fromEntries(QUEUES.map((queue) => [queue, 0]));

/** What the domain relies on when it leaves work for later, whichever database is underneath. */
export function jobsContract(kind: DatabaseKind): void {
  describe(`jobs (${kind.name})`, () => {
    let test: TestDatabase;
    let database: AnyDatabase;
    let jobs: Jobs;

    beforeAll(async () => {
      test = await kind.create();
      database = test.database;
    });
    afterAll(() => test.remove());
    beforeEach(async () => {
      jobs = await createJobs({ database, log: quietLog });
      await database.query(`DELETE FROM pgboss.job; CREATE TABLE IF NOT EXISTS note (text text)`);
    });
    afterEach(() => jobs.stop(1_000));

    const enqueue = (...list: Job[]) => database.transaction((tx) => jobs.enqueue(tx, list));
    const aJob = (more: Partial<Job> = {}): Job => ({ queue: 'deliver', id: randomUUID(), step: 1, ...more });

    it('hands a job to the queue it belongs to, with its id and step', async () => {
      const seen: unknown[] = [];
      await jobs.work('deliver', 1, async (job) => void seen.push(['deliver', job]));
      await jobs.work('upload', 1, async (job) => void seen.push(['upload', job]));
      await enqueue({ queue: 'upload', id: 'b1', step: 7 });
      await until(() => seen.length > 0);
      expect(seen).toEqual([['upload', { id: 'b1', step: 7 }]]);
    });

    it('starts a job within a moment of the commit', async () => {
      const delays: number[] = [];
      let enqueuedAt = 0;
      await jobs.work('deliver', 1, async () => void delays.push(performance.now() - enqueuedAt));
      await sleep(100);
      for (let round = 1; round <= 5; round++) {
        enqueuedAt = performance.now();
        await enqueue(aJob());
        await until(() => delays.length === round);
      }
      expect(median(delays)).toBeLessThan(100);
    });

    it('enqueues together with the rows of the transaction, or not at all', async () => {
      const failing = database.transaction(async (tx) => {
        await tx.query(`INSERT INTO note (text) VALUES ('never')`);
        await jobs.enqueue(tx, [aJob()]);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect((await jobs.counts()).deliver).toBe(0);
      await enqueue(aJob(), aJob(), aJob({ queue: 'upload' }));
      expect(await jobs.counts()).toEqual({ ...NONE, deliver: 2, upload: 1 });
    });

    it('enqueues the same job once, however often it is asked', async () => {
      const job = aJob();
      await enqueue(job, job);
      await enqueue(job);
      expect((await jobs.counts()).deliver).toBe(1);
    });

    it('takes a later step as a new job, also when the earlier one is done and still remembered', async () => {
      const steps: number[] = [];
      await jobs.work('deliver', 1, async ({ step }) => void steps.push(step));
      const job = aJob();
      await enqueue(job);
      await until(async () => steps.length === 1 && (await jobs.counts()).deliver === 0);
      await enqueue(job);
      await enqueue({ ...job, step: 2 });
      await until(async () => steps.length === 2 && (await jobs.counts()).deliver === 0);
      expect(steps).toEqual([1, 2]);
    });

    it('lets a handler enqueue the next step of what it works on', async () => {
      const steps: number[] = [];
      await jobs.work('deliver', 2, async ({ id, step }) => {
        steps.push(step);
        if (step < 4) await enqueue({ queue: 'deliver', id, step: step + 1 });
      });
      await enqueue(aJob());
      await until(() => steps.length === 4);
      expect(steps).toEqual([1, 2, 3, 4]);
    });

    it('starts a delayed job not before its time and at most about a second after', async () => {
      let startedAt = 0;
      await jobs.work('deliver', 2, async () => {
        startedAt = Date.now();
      });
      const startAt = new Date(Date.now() + 1_200);
      await enqueue(aJob({ startAt }));
      await until(() => startedAt > 0);
      expect(startedAt).toBeGreaterThanOrEqual(startAt.getTime());
      expect(startedAt - startAt.getTime()).toBeLessThan(1_000);
    });

    it('notices a delayed job although another one of the queue takes long', async () => {
      const started: string[] = [];
      const slow = new AbortController();
      await jobs.work('deliver', 2, async ({ id }) => {
        started.push(id);
        if (id === 'slow') await sleep(60_000, undefined, { signal: slow.signal }).catch(() => undefined);
      });
      await enqueue(aJob({ id: 'slow' }));
      await until(() => started.includes('slow'));
      await enqueue(aJob({ id: 'later', startAt: new Date(Date.now() + 700) }));
      await until(() => started.includes('later'));
      slow.abort();
    });

    it('works as many jobs at a time as it was told, and a pile of them without pausing', async () => {
      let running = 0;
      let most = 0;
      let done = 0;
      await jobs.work('deliver', 3, async () => {
        most = Math.max(most, ++running);
        await sleep(5);
        running--;
        done++;
      });
      const began = performance.now();
      await enqueue(...Array.from({ length: 60 }, () => aJob()));
      await until(() => done === 60);
      expect(most).toBe(3);
      expect(performance.now() - began).toBeLessThan(5_000);
    });

    it('tries a failed job again after a pause, and keeps nothing of the error', async () => {
      const attempts: number[] = [];
      await jobs.work('deliver', 1, async () => {
        attempts.push(performance.now());
        if (attempts.length === 1) throw new Error('secret: 12345');
      });
      await enqueue(aJob());
      await until(() => attempts.length === 2);
      expect(Number(attempts[1]) - Number(attempts[0])).toBeGreaterThan(1_000);
      const rows = await database.query('SELECT * FROM pgboss.job');
      expect(JSON.stringify(rows)).not.toContain('12345');
    });

    it('tries only those jobs again that failed, also when they were taken together', async () => {
      const attempts = new Map<string, number>();
      await jobs.work('deliver', 8, async ({ id }) => {
        const attempt = (attempts.get(id) ?? 0) + 1;
        attempts.set(id, attempt);
        if (attempt === 1 && id.endsWith('bad')) throw new Error('not yet');
      });
      await enqueue(...['1', '2 bad', '3', '4 bad', '5'].map((id) => ({ ...aJob(), id })));
      await until(() => attempts.get('2 bad') === 2 && attempts.get('4 bad') === 2, 10_000);
      expect(Object.fromEntries(attempts)).toEqual({ '1': 1, '2 bad': 2, '3': 1, '4 bad': 2, '5': 1 });
    });

    it('never gives a job up', async () => {
      await enqueue(aJob());
      const [row] = await database.query(
        `SELECT retry_limit, retry_delay_max, keep_until > now() + interval '5 years' AS kept FROM pgboss.job`,
      );
      expect(row).toMatchObject({ retry_limit: 2_147_483_647, retry_delay_max: 300, kept: true });
    });

    it('finishes running jobs when it stops, and leaves the others for the next start', async () => {
      const finished: string[] = [];
      await jobs.work('deliver', 1, async ({ id }) => {
        await sleep(200);
        finished.push(id);
      });
      await enqueue(aJob({ id: 'a' }), aJob({ id: 'b' }), aJob({ id: 'c' }));
      await sleep(100);
      await jobs.stop(5_000);
      expect(finished).toHaveLength(1);
      expect((await jobs.counts()).deliver).toBe(2);
      jobs = await createJobs({ database, log: quietLog });
      await jobs.work('deliver', 2, async ({ id }) => void finished.push(id));
      await until(() => finished.length === 3);
      expect(finished.sort()).toEqual(['a', 'b', 'c']);
    });
  });
}

async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await sleep(5);
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
