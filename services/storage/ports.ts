/** One row, its columns not yet trusted: stores parse what they read. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Runs SQL (PostgreSQL dialect, `$1` placeholders). Values are passed apart from the text, always. JSON goes in as text
 * (`JSON.stringify`, `$1::jsonb`) and comes out parsed; `bigint` comes out as a number. Without values a text may hold
 * several statements; their rows come out one after the other.
 */
export interface Queryable {
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** A transaction in progress: what runs on it is committed together or not at all. */
export interface Transaction extends Queryable {
  readonly inTransaction: true;
}

/** The one database. Embedded and server mode pass the same contract suite. */
export interface Database extends Queryable {
  readonly mode: 'embedded' | 'server';
  /**
   * Commits when `work` resolves, rolls back when it rejects. Keep it short: no network inside. A server may ask for a
   * transaction again (deadlock, serialization failure), then `work` runs again: it must not change anything outside.
   * Inside `work` only `tx` may be used; the database itself would wait for the transaction it is in, so it throws.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
