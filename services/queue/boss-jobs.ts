import { type ConstructorOptions, type Db, PgBoss, type QueueOptions } from 'pg-boss';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { EmbeddedDatabase } from '../storage/embedded-database.ts';
import type { Queryable } from '../storage/ports.ts';
import type { ServerDatabase } from '../storage/server-database.ts';
import { watchForDueJobs } from './due-jobs.ts';
import { jobId } from './job-id.ts';
import { type Job, type Jobs, QUEUES, type QueueName } from './ports.ts';
import { startWorkers, type WorkerGroup } from './workers.ts';

/** Pauses between attempts grow from the first to the longest, in seconds, and never end. */
const FIRST_PAUSE_S = 2;
const LONGEST_PAUSE_S = 300;
const NEVER = 2_147_483_647;
/** How long one attempt may take before it counts as stuck and is begun again, in seconds. */
const LONGEST_ATTEMPT_S = 900;
/** How long jobs stay in the table, in seconds: waiting ones practically for ever, finished ones just for a look. */
const KEEP_WAITING_S = 10 * 365 * 86_400;
const KEEP_FINISHED_S = 60;
/** A worker on a server shows that it is alive; if it does not, its jobs go to others. In seconds. */
const HEARTBEAT_S = 15;
const LOOK_FOR_DEAD_S = 5;

const PayloadSchema = z.object({ id: z.string(), step: z.number() });

/**
 * Starts the job engine on the database. In the embedded database no other process can live, so jobs that were being
 * worked on when the last one ended are handed back at once; on a server they are handed back when the worker that has
 * them stops showing that it is alive.
 */
export async function createJobs(options: { database: EmbeddedDatabase | ServerDatabase; log: Log }): Promise<Jobs> {
  const { database, log } = options;
  const groups: WorkerGroup[] = [];
  const place = database.mode === 'embedded' ? embedded(database, groups) : server(database);
  const boss = new PgBoss({ ...COMMON, ...place });
  boss.on('error', (error) => log.error('the job engine met an error', { error }));
  boss.on('warning', ({ message }) => log.warn('the job engine warns', { message }));
  await boss.start();
  for (const queue of QUEUES) await prepareQueue(boss, queue, database.mode);
  if (database.mode === 'embedded') await handBackActive(database, log);
  let stopWatching: (() => Promise<void>) | undefined;

  return {
    async enqueue(tx, jobs) {
      const db = adapt(tx);
      for (const [queue, rows] of byQueue(jobs)) await boss.insert(queue, rows, { db });
    },
    async work(queue, concurrency, handler) {
      stopWatching ??= watchForDueJobs(database, groups, log);
      groups.push(await startWorkers(boss, queue, concurrency, (data) => attempt(queue, data, handler, log)));
    },
    counts: () => countJobs(database),
    async stop(graceMs) {
      await stopWatching?.();
      await boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}

const COMMON = { schedule: false, useListenNotify: true, maintenanceIntervalSeconds: 60, flowIntervalSeconds: 3_600 };

function embedded(database: EmbeddedDatabase, groups: readonly WorkerGroup[]): ConstructorOptions {
  return {
    db: { ...adapt(database), listen: listener(database, groups) },
    backend: 'pglite',
    reindex: false,
    monitorVacuum: false,
  };
}

function server(database: ServerDatabase): ConstructorOptions {
  return {
    connectionString: database.url(),
    application_name: 'tarmac-jobs',
    max: 4,
    superviseIntervalSeconds: LOOK_FOR_DEAD_S,
    monitorIntervalSeconds: LOOK_FOR_DEAD_S,
  };
}

/** What pg-boss sees of our database, or of one transaction of it. */
function adapt(on: Queryable): Db {
  return {
    executeSql: async (text, values) => ({ rows: [...(await on.query(text, values))] }),
  };
}

/** The engine would have every worker of the queue look for the new job; one is enough, and calls others if need be. */
function listener(database: EmbeddedDatabase, groups: readonly WorkerGroup[]): NonNullable<Db['listen']> {
  return async (channel, _onNotification, onReconnect) => {
    const close = await database.listen(channel, (queue) => {
      for (const group of groups) if (group.queue === queue) group.wake();
    });
    onReconnect();
    return { close };
  };
}

async function prepareQueue(boss: PgBoss, queue: QueueName, mode: 'embedded' | 'server'): Promise<void> {
  const settings: QueueOptions & { notify: boolean } = {
    notify: true,
    retryLimit: NEVER,
    retryDelay: FIRST_PAUSE_S,
    retryDelayMax: LONGEST_PAUSE_S,
    retryBackoff: true,
    expireInSeconds: LONGEST_ATTEMPT_S,
    retentionSeconds: KEEP_WAITING_S,
    deleteAfterSeconds: KEEP_FINISHED_S,
    // In the embedded database a silent worker is a busy process, not a dead one.
    ...(mode === 'server' && { heartbeatSeconds: HEARTBEAT_S }),
  };
  await boss.createQueue(queue, settings);
  await boss.updateQueue(queue, settings);
  // Looking any job up loads the queue's settings; otherwise the first enqueue would, from inside its transaction.
  await boss.findJobs(queue, { id: jobId({ queue, id: '', step: 0 }) });
}

/** As pg-boss hands back what it fetched too much of; it offers no call for this. */
async function handBackActive(database: EmbeddedDatabase, log: Log): Promise<void> {
  const rows = await database.query(`
    UPDATE pgboss.job SET state = 'created', started_on = NULL, heartbeat_on = NULL
    WHERE state = 'active' RETURNING id`);
  if (rows.length > 0) log.info('took up jobs again that were cut off', { jobs: rows.length });
}

type BossRow = { id: string; data: { id: string; step: number }; startAfter?: Date };

function byQueue(jobs: readonly Job[]): Map<QueueName, BossRow[]> {
  const unique = new Map(jobs.map((job) => [jobId(job), job]));
  const queues = new Map<QueueName, BossRow[]>();
  for (const [key, { queue, id, step, startAt }] of unique) {
    const rows = queues.get(queue) ?? [];
    rows.push({ id: key, data: { id, step }, ...(startAt && { startAfter: startAt }) });
    queues.set(queue, rows);
  }
  return queues;
}

type Handler = Parameters<Jobs['work']>[2];

async function attempt(queue: QueueName, data: unknown, handler: Handler, log: Log): Promise<void> {
  const { id, step } = PayloadSchema.parse(data);
  try {
    await handler({ id, step });
  } catch (error) {
    log.warn('a job failed and will be tried again', { queue, id, step, error });
    throw error;
  }
}

async function countJobs(database: Queryable): Promise<Record<QueueName, number>> {
  const rows = await database.query(
    `SELECT name, count(*)::integer AS jobs FROM pgboss.job WHERE state < 'completed' GROUP BY name`,
  );
  const counts = Object.fromEntries(QUEUES.map((queue) => [queue, 0])) as Record<QueueName, number>;
  for (const queue of QUEUES) counts[queue] = Number(rows.find((row) => row.name === queue)?.jobs ?? 0);
  return counts;
}
