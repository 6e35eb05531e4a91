import { existsSync } from 'node:fs';
import { migrate } from '../services/storage/migrations.ts';
import { type OpenDatabase, openDatabase } from '../services/storage/open-database.ts';
import { MIGRATIONS } from '../services/storage/schema/migrations.ts';
import { readDatabaseSettings } from './config.ts';
import { createLog } from './log.ts';

/**
 * Opens the bot's database for a command, and closes it afterwards.
 *
 * @throws DataDirInUse while the bot is running on the embedded database.
 */
export async function withStoredData<T>(work: (db: OpenDatabase) => Promise<T>): Promise<T> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const log = createLog('error');
  const onDiskFailure = (failure: Error) => process.exit(complain(failure));
  const db = await openDatabase({ ...readDatabaseSettings(process.env), log, onDiskFailure });
  try {
    await migrate(db, MIGRATIONS, log);
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Says in one line why a command could not do its work. */
export function complain(error: unknown): 2 {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
}
