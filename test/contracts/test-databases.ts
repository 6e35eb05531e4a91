import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../services/storage/embedded-database.ts';
import { openServerDatabase, type ServerDatabase } from '../../services/storage/server-database.ts';
import { diskTemplate, memoryTemplate, quietLog } from './templates.ts';

export { quietLog };

export type AnyDatabase = EmbeddedDatabase | ServerDatabase;

/** An empty database that disappears on `remove`; `reopen` opens it once more (on disk: after closing the first). */
export type TestDatabase = Readonly<{
  database: AnyDatabase;
  reopen?: () => Promise<AnyDatabase>;
  remove: () => Promise<void>;
}>;

export type DatabaseKind = Readonly<{ name: string; create: () => Promise<TestDatabase> }>;

export const inMemory: DatabaseKind = { name: 'embedded, in memory', create: createInMemory };
export const onDisk: DatabaseKind = { name: 'embedded, on disk', create: createOnDisk };

/** The kinds a contract suite runs on: the server's half whenever `TEST_DATABASE_URL` names one. */
export function databaseKinds(): DatabaseKind[] {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return [inMemory, onDisk, { name: 'server', create: () => createOnServer(url) }];
  if (process.env.REQUIRE_SERVER_DATABASE === '1') {
    throw new Error('REQUIRE_SERVER_DATABASE is 1 but TEST_DATABASE_URL is not set: start one with test/postgres.sh');
  }
  console.warn('NOT RUN: the PostgreSQL server half of this suite, because TEST_DATABASE_URL is not set.');
  return [inMemory, onDisk];
}

async function createInMemory(): Promise<TestDatabase> {
  const template = new Blob([readFileSync(await memoryTemplate())]);
  const database = await openEmbeddedDatabase({ dataDir: 'memory', log: quietLog, template });
  return { database, remove: () => database.close() };
}

async function createOnDisk(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tarmac-test-'));
  cpSync(await diskTemplate(), dataDir, { recursive: true });
  const opened: AnyDatabase[] = [];
  const open = async (): Promise<AnyDatabase> => {
    for (const database of opened) await database.close();
    const database = await openEmbeddedDatabase({ dataDir, log: quietLog });
    opened.push(database);
    return database;
  };
  const remove = async (): Promise<void> => {
    for (const database of opened) await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { database: await open(), reopen: open, remove };
}

async function createOnServer(url: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const opened: AnyDatabase[] = [];
  const open = async (): Promise<AnyDatabase> => {
    const database = openServerDatabase({ url: own.href, log: quietLog });
    opened.push(database);
    return database;
  };
  const remove = async (): Promise<void> => {
    for (const database of opened) await database.close();
    await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { database: await open(), reopen: open, remove };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
