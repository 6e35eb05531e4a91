/** One row, its columns not yet trusted: stores parse what they read. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs SQL (PostgreSQL dialect, `$1` placeholders). Values are passed apart from the text, always. */
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
  /** Commits when `work` resolves, rolls back when it rejects. Keep it short: no network inside. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
