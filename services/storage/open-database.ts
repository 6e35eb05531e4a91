import type { Log } from '../log.ts';
import { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded-database.ts';
import { openServerDatabase, type ServerDatabase } from './server-database.ts';

export type OpenDatabase = EmbeddedDatabase | ServerDatabase;

/**
 * Opens the server that `url` names, or else the embedded database in `dataDir`.
 *
 * @throws DataDirInUse when another living process has the folder.
 */
export async function openDatabase(options: {
  url?: string | undefined;
  dataDir: string;
  log: Log;
}): Promise<OpenDatabase> {
  const { url, dataDir, log } = options;
  return url ? openServerDatabase({ url, log }) : openEmbeddedDatabase({ dataDir, log });
}
