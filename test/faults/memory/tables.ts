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
  'secrets',
  'secret_leases',
  'sign_in_troubles',
  'profile_applications',
  'profile_devices',
  'removals',
  'removal_devices',
] as const;
export type TableName = (typeof TABLES)[number];

/** Columns by which rows are looked up so often that reading the whole table would take all the time. */
const INDEXES: Partial<Readonly<Record<TableName, readonly string[]>>> = {
  people: ['tenant_id', 'conversation_id'],
  audit: ['subject_id'],
  requests: ['customer_tenant_id', 'reference'],
  approvers: ['request_id'],
  batches: ['customer_tenant_id'],
  uploads: ['batch_id'],
  batch_devices: ['batch_id'],
  batch_problems: ['batch_id'],
  profile_applications: ['batch_id'],
  profile_devices: ['application_id'],
  removal_devices: ['removal_id'],
  messages: ['subject_id', 'state'],
  jobs: ['state'],
};

export type Tables = ReturnType<typeof createTables>;

type Index = Readonly<{ column: string; buckets: Map<unknown, Map<string, Row>> }>;

/** @param now the database's own clock. */
export function createTables(now: () => Date) {
  const tables = new Map<TableName, Map<string, Row>>(TABLES.map((name) => [name, new Map()]));
  const indexes = new Map<TableName, readonly Index[]>(
    TABLES.map((name) => [name, (INDEXES[name] ?? []).map((column) => ({ column, buckets: new Map() }))]),
  );
  let undo: (() => void)[] | undefined;

  function table(name: TableName): Map<string, Row> {
    const found = tables.get(name);
    if (!found) throw new Error(`no table ${name}`);
    return found;
  }

  function put(name: TableName, key: string, row: Row): Row {
    const before = table(name).get(key);
    undo?.push(() => set(name, key, before));
    set(name, key, row);
    return row;
  }

  function remove(name: TableName, key: string): void {
    const before = table(name).get(key);
    undo?.push(() => set(name, key, before));
    set(name, key, undefined);
  }

  function set(name: TableName, key: string, row: Row | undefined): void {
    const rows = table(name);
    const before = rows.get(key);
    if (row) rows.set(key, row);
    else rows.delete(key);
    for (const index of indexes.get(name) ?? []) {
      const { column } = index;
      if (before && before[column] !== row?.[column]) bucket(index, before[column]).delete(key);
      if (row) bucket(index, row[column]).set(key, row);
    }
  }

  function bucket({ buckets }: Index, value: unknown): Map<string, Row> {
    const found = buckets.get(value);
    if (found) return found;
    const fresh = new Map<string, Row>();
    buckets.set(value, fresh);
    return fresh;
  }

  function among(name: TableName, value: unknown, column?: string): readonly Row[] {
    const known = indexes.get(name) ?? [];
    const index = column === undefined ? known[0] : known.find((one) => one.column === column);
    if (!index) throw new Error(`no index of ${name} by ${column}`);
    return [...(index.buckets.get(value)?.values() ?? [])];
  }

  return {
    now,
    get: (name: TableName, key: string) => table(name).get(key),
    put,
    remove,
    /** Rows with this value in a column that has an index; in the first such column where none is named. */
    among,
    /** Puts a changed copy of a row in its place. */
    change: (name: TableName, key: string, row: Row, changes: Row): Row => put(name, key, { ...row, ...changes }),
    count: (name: TableName) => table(name).size,
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
