import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import type { Database, Queryable, Row, Transaction } from './ports.ts';
import { createTransactionGuard } from './transaction-guard.ts';

/** A PostgreSQL server, shared by any number of processes. */
export interface ServerDatabase extends Database {
  readonly mode: 'server';
  /** Where further connections are opened; a function because it contains the password. */
  url(): string;
}

export type ServerOptions = Readonly<{ url: string; log: Log; maxConnections?: number }>;

/** How long one statement may take, on the server and as seen from here (a dead connection never answers). */
const STATEMENT_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 20_000;
const ROLLBACK_TIMEOUT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_MS = 30_000;

/** Pauses before asking again, in ms: for a server that restarts, and for transactions that got in each other's way. */
const RECONNECT_PAUSES_MS = [100, 400, 1_500];
const REPEAT_PAUSES_MS = [10, 50, 200, 500];
/** @see PostgreSQL, error codes: serialization_failure, deadlock_detected */
const REPEATABLE = new Set(['40001', '40P01']);

/** Opens a pool of connections. The server is first reached by the first statement. */
export function openServerDatabase({ url, log, maxConnections = 10 }: ServerOptions): ServerDatabase {
  const pool = new pg.Pool({ ...configOf(url), max: maxConnections });
  // Without a listener, a connection that breaks between two statements would end the process.
  const onBroken = (error: Error) => log.warn('a database connection broke', { error });
  pool.on('error', onBroken);
  pool.on('connect', (client) => client.on('error', onBroken));
  const guard = createTransactionGuard();

  return {
    mode: 'server',
    url: () => url,
    async query(text, values) {
      guard.assertOutside();
      return withClient(pool, (client) => run(client, text, values));
    },
    async transaction(work) {
      guard.assertOutside();
      for (let attempt = 0; ; attempt++) {
        try {
          return await withClient(pool, (client) => guard.inside(() => runTransaction(client, work)));
        } catch (error) {
          const pause = REPEAT_PAUSES_MS[attempt];
          if (!REPEATABLE.has(codeOf(error)) || pause === undefined) throw error;
          await sleep(pause * (1 + Math.random()));
        }
      }
    },
    close: () => (pool.ended ? Promise.resolve() : pool.end()),
  };
}

function configOf(connectionString: string): pg.ClientConfig {
  return {
    connectionString,
    application_name: 'tarmac',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types: { getTypeParser },
  };
}

/** Numbers of the bigint type fit a JavaScript number wherever we use them; the embedded database does the same. */
function getTypeParser(id: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (id === pg.types.builtins.INT8)
    return (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
  return pg.types.getTypeParser(id, format);
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let usable = true;
  try {
    return await work(client);
  } catch (error) {
    usable = await isUsableAfterError(client);
    throw error;
  } finally {
    client.release(!usable);
  }
}

/** Leaves whatever the error left open; a connection that does not even manage that is thrown away. */
async function isUsableAfterError(client: pg.PoolClient): Promise<boolean> {
  const rolledBack = client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
  return Promise.race([rolledBack, sleep(ROLLBACK_TIMEOUT_MS, false, { ref: false })]);
}

/** Nothing was sent yet when connecting fails, so asking again is safe. */
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  for (const pause of RECONNECT_PAUSES_MS) {
    try {
      return await pool.connect();
    } catch {
      await sleep(pause);
    }
  }
  return pool.connect();
}

async function runTransaction<T>(client: pg.PoolClient, work: (tx: Transaction) => Promise<T>): Promise<T> {
  let open = true;
  const query: Queryable['query'] = async (text, values) => {
    if (!open) throw new Error('this transaction has ended');
    return run(client, text, values);
  };
  await client.query('BEGIN');
  try {
    const result = await work({ inTransaction: true, query });
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT')
      throw new Error('a statement failed, so the transaction was rolled back instead of committed');
    return result;
  } finally {
    open = false;
  }
}

async function run(client: pg.PoolClient, text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
  // With several statements in one text, pg answers with a list its types do not mention.
  const answer: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(text, values && [...values]);
  return Array.isArray(answer) ? answer.flatMap(({ rows }) => rows ?? []) : answer.rows;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
