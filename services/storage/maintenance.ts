import { purgeExpired } from './key-value.ts';
import type { Database } from './ports.ts';

/**
 * The daily cleaning: removes expired values and, in the embedded database, does what a server does by itself in the
 * background (it has no autovacuum and no checkpointer of its own). One table at a time, so that others get their turn.
 */
export async function maintain(database: Database): Promise<{ purged: number }> {
  const purged = await purgeExpired(database);
  if (database.mode === 'embedded') {
    for (const table of await ownTables(database)) await database.query(`VACUUM (ANALYZE) ${table}`);
    await database.query('CHECKPOINT');
  }
  return { purged };
}

async function ownTables(database: Database): Promise<string[]> {
  const rows = await database.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY name`,
  );
  return rows.map(({ name }) => String(name));
}
