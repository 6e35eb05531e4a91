import { Keyv } from 'keyv';
import { KeyvDatabaseStore } from './keyv-store.ts';
import type { Database, Queryable, Row } from './ports.ts';

/** A value as JSON text, with the tag that changes whenever somebody writes it. */
export type StoredValue = Readonly<{ key: string; json: string; etag: string }>;

/** The values of one namespace. Expired ones are as good as gone. Keys may contain any characters. */
export interface KeyValue {
  /** Those of the keys that exist, in no particular order. */
  read(keys: readonly string[]): Promise<StoredValue[]>;
  /** Writes whatever is there, and returns the new tag. Without `ttlMs` the value stays. */
  set(key: string, json: string, ttlMs?: number): Promise<string>;
  /** Writes if nobody wrote since `etag` was read, or if there is nothing; `undefined` when somebody did. */
  setIf(key: string, json: string, etag: string): Promise<string | undefined>;
  /** Returns how many of the keys existed. */
  delete(keys: readonly string[]): Promise<number>;
  clear(): Promise<void>;
  /** All values in order of their keys, page by page, so that a long list does not fill the memory. */
  all(): AsyncGenerator<StoredValue, void>;
}

const PAGE = 100;
const LIVES = '(expires_at IS NULL OR expires_at > now())';
const UPSERT = `
  INSERT INTO kv (namespace, key, value, expires_at)
  VALUES ($1, $2, $3::json, now() + $4::float8 * interval '1 millisecond')
  ON CONFLICT (namespace, key)
  DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, etag = excluded.etag`;

/** Opens a namespace, on the database or inside a transaction. */
export function keyValueOn(on: Queryable, namespace: string): KeyValue {
  return {
    async read(keys) {
      const rows = await on.query(
        `SELECT key, value::text AS json, etag FROM kv WHERE namespace = $1 AND key = ANY($2::text[]) AND ${LIVES}`,
        [namespace, keys.map(encode)],
      );
      return rows.map(toStored);
    },
    async set(key, json, ttlMs) {
      const [row] = await on.query(`${UPSERT} RETURNING etag`, [namespace, encode(key), json, ttlMs ?? null]);
      return String(row?.etag);
    },
    async setIf(key, json, etag) {
      const [row] = await on.query(`${UPSERT} WHERE kv.etag::text = $5 OR kv.expires_at <= now() RETURNING etag`, [
        namespace,
        encode(key),
        json,
        null,
        etag,
      ]);
      return row && String(row.etag);
    },
    async delete(keys) {
      const rows = await on.query(
        `WITH gone AS (DELETE FROM kv WHERE namespace = $1 AND key = ANY($2::text[]) RETURNING ${LIVES} AS lived)
         SELECT count(*)::integer AS count FROM gone WHERE lived`,
        [namespace, keys.map(encode)],
      );
      return Number(rows[0]?.count);
    },
    async clear() {
      await on.query('DELETE FROM kv WHERE namespace = $1', [namespace]);
    },
    all: () => pages(on, namespace),
  };
}

/**
 * Opens a namespace of the database as a Keyv, for caches and for what may be forgotten after `ttlMs`. A failing database
 * rejects; Keyv by itself would answer "not there".
 */
export function createKeyv<Value>(database: Queryable, namespace: string, ttlMs?: number): Keyv<Value> {
  const store = new KeyvDatabaseStore(keyValueOn(database, namespace), namespace);
  return new Keyv<Value>({ store, namespace, useKeyPrefix: false, throwOnErrors: true, ...(ttlMs && { ttl: ttlMs }) });
}

/** Removes what has expired, in all namespaces, and returns how many values that were. */
export async function purgeExpired(database: Database): Promise<number> {
  const rows = await database.query(
    'WITH gone AS (DELETE FROM kv WHERE expires_at <= now() RETURNING 1) SELECT count(*)::integer AS count FROM gone',
  );
  return Number(rows[0]?.count);
}

async function* pages(on: Queryable, namespace: string): AsyncGenerator<StoredValue, void> {
  let after = '';
  for (;;) {
    const rows = await on.query(
      `SELECT key, value::text AS json, etag FROM kv
       WHERE namespace = $1 AND key COLLATE "C" > $2 AND ${LIVES} ORDER BY key COLLATE "C" LIMIT ${PAGE}`,
      [namespace, after],
    );
    for (const row of rows) yield toStored(row);
    if (rows.length < PAGE) return;
    after = String(rows.at(-1)?.key);
  }
}

function toStored(row: Row): StoredValue {
  return { key: decode(String(row.key)), json: String(row.json), etag: String(row.etag) };
}

/** PostgreSQL's text takes neither NUL nor half a surrogate pair; an empty key would sort before the first page. */
function encode(key: string): string {
  return `=${key.replace(/[\\\0]|\p{Surrogate}/gu, (character) => `\\${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;
}

function decode(stored: string): string {
  return stored.slice(1).replace(/\\(....)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
