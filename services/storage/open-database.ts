import type { Log } from '../log.ts';
import { type EmbeddedDatabase, type EmbeddedOptions, openEmbeddedDatabase } from './embedded-database.ts';
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
  onDiskFailure?: EmbeddedOptions['onDiskFailure'];
}): Promise<OpenDatabase> {
  const { url, dataDir, log, onDiskFailure } = options;
  return url ? openServerDatabase({ url, log }) : openEmbeddedDatabase({ dataDir, log, onDiskFailure });
}
