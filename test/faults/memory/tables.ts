import type { Row } from '../../../services/storage/ports.ts';

/** The domain's tables, in memory, with what it takes to undo a transaction. */
export const TABLES = [
  'audit',
  'people',
  'customers',
  'requests',
  'approvers',
  'batches',
  'uploads',
  'batch_devices',
  'batch_problems',
  'messages',
  'channels',
  'jobs',
] as const;
export type TableName = (typeof TABLES)[number];

export type Tables = ReturnType<typeof createTables>;

export function createTables() {
  const tables = new Map<TableName, Map<string, Row>>(TABLES.map((name) => [name, new Map()]));
  let undo: (() => void)[] | undefined;

  function table(name: TableName): Map<string, Row> {
    const found = tables.get(name);
    if (!found) throw new Error(`no table ${name}`);
    return found;
  }

  function put(name: TableName, key: string, row: Row): Row {
    const rows = table(name);
    const before = rows.get(key);
    undo?.push(() => (before ? rows.set(key, before) : rows.delete(key)));
    rows.set(key, row);
    return row;
  }

  return {
    get: (name: TableName, key: string) => table(name).get(key),
    put,
    /** Puts a changed copy of a row in its place. */
    change: (name: TableName, key: string, row: Row, changes: Row): Row => put(name, key, { ...row, ...changes }),
    rows: (name: TableName): readonly Row[] => [...table(name).values()],
    entries: (name: TableName): readonly (readonly [string, Row])[] => [...table(name).entries()],
    where: (name: TableName, fits: (row: Row) => boolean): readonly Row[] => [...table(name).values()].filter(fits),
    begin(): void {
      if (undo) throw new Error('one transaction at a time');
      undo = [];
    },
    commit(): void {
      undo = undefined;
    },
    rollback(): void {
      for (const step of undo?.reverse() ?? []) step();
      undo = undefined;
    },
  };
}

/** What PostgreSQL answers when a unique index is violated. */
export class Duplicate extends Error {
  readonly code = '23505';
}

/** One statement: reads and writes tables, gives rows. */
export type Statement = (tables: Tables, values: readonly unknown[]) => readonly Row[];
export type Statements = Readonly<Record<string, Statement>>;

/** Rows by one of their columns, as `order by` gives them. */
export function by(column: string): (a: Row, b: Row) => number {
  return (a, b) => (Number(a[column]) < Number(b[column]) ? -1 : 1);
}

/** A JSON parameter, as a `jsonb` column keeps it. */
export function json(value: unknown): unknown {
  return value === null || value === undefined ? null : JSON.parse(String(value));
}

/** The elements of a JSON array parameter. */
export function records(value: unknown): readonly Row[] {
  const read: unknown = json(value);
  if (!Array.isArray(read)) throw new Error('not a JSON array');
  return read;
}
