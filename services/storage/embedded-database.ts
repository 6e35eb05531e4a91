import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Log } from '../log.ts';
import { type DataDirLock, lockDataDir } from './data-dir-lock.ts';
import { type DiskFailed, DurableFileSystem, syncTree } from './durable-file-system.ts';
import { changesSchema, createStatements, type Statements } from './embedded-statements.ts';
import type { Database, Row, Transaction } from './ports.ts';
import { createTransactionGuard } from './transaction-guard.ts';

/** PostgreSQL inside this process, over one connection: everything waits its turn, in order. */
export interface EmbeddedDatabase extends Database {
  readonly mode: 'embedded';
  /** Calls back for each NOTIFY on the channel, in or out of transactions; resolves to a function that stops it. */
  listen(channel: string, onNotification: (payload: string) => void): Promise<() => Promise<void>>;
  /** How often data was forced to disk since the start; 0 in memory. */
  syncs(): number;
}

export type EmbeddedOptions = Readonly<{
  /** A folder of this database's own, created when missing, or `memory` for one that ends with the process. */
  dataDir: string;
  log: Log;
  /** Called at the moment the disk fails. It should end the process: see `DurableFileSystem`. */
  onDiskFailure?: (failure: DiskFailed) => void;
  /** A dump to begin an in-memory database with, which is quicker than making a new one. */
  template?: Blob;
}>;

/**
 * PGlite's start parameters, except `-F`, which would leave commits to the operating system's mercy. One process is
 * also checkpointer and vacuum: a small `max_wal_size` keeps restarts after a crash short.
 */
const SETTINGS = ['fsync=on', 'wal_sync_method=fsync', 'max_wal_size=64MB', 'min_wal_size=32MB', 'timezone=UTC'];
const START = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...SETTINGS.flatMap((setting) => ['-c', setting]),
];

/**
 * Opens the embedded database.
 *
 * @throws DataDirInUse when another living process has the folder; DataDirUnusable when it cannot be written; DiskFailed.
 */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, log, template, onDiskFailure = () => undefined } = options;
  if (dataDir === 'memory')
    return wrap({ pg: await startInMemory(template), failure: () => undefined, syncs: () => 0 });
  const lock = await lockDataDir(dataDir, log);
  try {
    const files = await prepare(dataDir, log, onDiskFailure);
    const pg = await start(files);
    return wrap({ pg, lock, failure: () => files.failure, syncs: () => files.syncs });
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Parts = Readonly<{ pg: PGlite; lock?: DataDirLock; failure: () => DiskFailed | undefined; syncs: () => number }>;

function wrap({ pg, lock, failure, syncs }: Parts): EmbeddedDatabase {
  const guard = createTransactionGuard();
  const takeTurn = createTurns();
  const statements = createStatements(pg);
  let closed = false;

  function enter<T>(work: () => Promise<T>): Promise<T> {
    guard.assertOutside();
    if (closed) throw new Error('the database is closed');
    return takeTurn(() => unlessFailed(work));
  }

  /** PGlite calls a statement done also when the disk failed under it. */
  async function unlessFailed<T>(work: () => Promise<T>): Promise<T> {
    const before = failure();
    if (before) throw before;
    const result = await work();
    const after = failure();
    if (after) throw after;
    return result;
  }

  return {
    mode: 'embedded',
    syncs,
    query: async (text, values) => enter(() => runAlone({ texts: pg, statements }, text, values)),
    transaction: async (work) =>
      enter(() => guard.inside(() => pg.transaction((tx) => work(transactionOn({ texts: tx, statements }))))),
    async listen(channel, onNotification) {
      const stop = await enter(() => pg.listen(channel, (payload) => guard.outside(() => onNotification(payload))));
      return async () => (closed ? undefined : enter(() => stop()));
    },
    async close() {
      guard.assertOutside();
      if (closed) return;
      closed = true;
      await takeTurn(async () => (failure() ? undefined : pg.close())).finally(() => lock?.release());
    },
  };
}

/** What runs texts: PGlite or a transaction of it, and the statements that were parsed. */
type Runner = Readonly<{ texts: Pick<PGlite, 'exec'> & Readonly<{ closed: boolean }>; statements: Statements }>;

function transactionOn(runner: Runner): Transaction {
  return { inTransaction: true, query: (text, values) => run(runner, text, values) };
}

/** Outside a transaction a text may open one itself and fail within; the next user must not find it half open. */
async function runAlone(runner: Runner, text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
  try {
    return await run(runner, text, values);
  } catch (error) {
    if (!values) await runner.texts.exec('ROLLBACK');
    throw error;
  }
}

async function run({ texts, statements }: Runner, text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
  if (texts.closed) throw new Error('this transaction has ended');
  if (values) return statements.run(text, values);
  const results = await texts.exec(text).catch((error: unknown) => {
    statements.forget(); // some of it may have been done
    throw error;
  });
  if (results.some(({ command }) => changesSchema(command))) statements.forget();
  return results.flatMap(({ rows }): Row[] => rows);
}

/** Lets one piece of work in at a time, in the order they came. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Makes the database when there is none: aside, and moved into place when it is whole and on disk. */
async function prepare(
  dataDir: string,
  log: Log,
  onFailure: (failure: DiskFailed) => void,
): Promise<DurableFileSystem> {
  const home = join(dataDir, 'postgres');
  if (existsSync(home)) return new DurableFileSystem(home, onFailure);
  const cradle = join(dataDir, 'postgres.new');
  rmSync(cradle, { recursive: true, force: true });
  await (await start(new DurableFileSystem(cradle, onFailure))).close();
  syncTree(cradle);
  renameSync(cradle, home);
  syncTree(home);
  log.info('created a new embedded database', { dataDir });
  return new DurableFileSystem(home, onFailure);
}

async function start(fs: DurableFileSystem): Promise<PGlite> {
  const pg = await PGlite.create({ fs, startParams: START });
  if (fs.failure) throw fs.failure;
  return pg;
}

function startInMemory(template?: Blob): Promise<PGlite> {
  return PGlite.create({ startParams: START, ...(template && { loadDataDir: template }) });
}
