import type { Log } from '../log.ts';
import type { Database, Row, Transaction } from './ports.ts';

/**
 * One step of the schema. Steps only go forward and are never edited once released.
 *
 * A step normally only adds, so that a process one version older keeps working beside it. When it must take something
 * away, it comes a release after the code stopped using it and says `breaking`: older processes then refuse to start.
 */
export type Migration = Readonly<{ id: number; name: string; sql: string; breaking?: boolean }>;

/** The database is ahead of this program in a way the program cannot live with. Its message is a sentence. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';

  constructor(names: readonly string[]) {
    super(
      `The database was changed by a newer version of this program (${names.join(', ')}) and this version can no longer use it. Start the newer version, or restore a backup from before the upgrade.`,
    );
  }
}

/** Any number will do as long as every process takes the same one; this one spells "tarmac". */
const ADVISORY_LOCK = 0x7461726d6163;

/**
 * Brings the schema up to date, all steps or none. Several processes may do so at once: they wait for each other.
 *
 * @throws DatabaseTooNew when the database has a breaking step that is not among `migrations`.
 */
export async function migrate(database: Database, migrations: readonly Migration[], log: Log): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [ADVISORY_LOCK]);
    const applied = await appliedSteps(tx);
    refuseUnknownBreaking(applied, migrations);
    const known = new Set(applied.map((row) => row.id));
    for (const migration of inOrder(migrations)) {
      if (!known.has(migration.id)) await apply(tx, migration, log);
    }
  });
}

async function appliedSteps(tx: Transaction): Promise<readonly Row[]> {
  await tx.query(`
    CREATE TABLE IF NOT EXISTS schema_migrations (
      id integer PRIMARY KEY,
      name text NOT NULL,
      breaking boolean NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
  return tx.query('SELECT id, name, breaking FROM schema_migrations ORDER BY id');
}

function refuseUnknownBreaking(applied: readonly Row[], migrations: readonly Migration[]): void {
  const ours = new Set<unknown>(migrations.map(({ id }) => id));
  const unknown = applied.filter((row) => row.breaking === true && !ours.has(row.id));
  if (unknown.length > 0) throw new DatabaseTooNew(unknown.map((row) => String(row.name)));
}

function inOrder(migrations: readonly Migration[]): Migration[] {
  const sorted = migrations.toSorted((a, b) => a.id - b.id);
  const twice = sorted.find((migration, index) => migration.id === sorted[index + 1]?.id);
  if (twice) throw new Error(`two migrations have the number ${twice.id}`);
  return sorted;
}

async function apply(tx: Transaction, { id, name, sql, breaking = false }: Migration, log: Log): Promise<void> {
  await tx.query(sql);
  await tx.query('INSERT INTO schema_migrations (id, name, breaking) VALUES ($1, $2, $3)', [id, name, breaking]);
  log.info('migrated the database', { id, name });
}
