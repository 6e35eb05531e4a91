import { findBreak, findHead } from '../../services/audit/audit.ts';
import { lookBeforeSending } from '../../services/devices/after-restore.ts';
import type { Log } from '../../services/log.ts';
import { backUp, restore } from '../../services/storage/backup.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';

export type BackupParts = Readonly<{
  database: Readonly<{ url?: string; dataDir: string }>;
  write: (text: string) => void;
  now: () => Date;
  log: Log;
}>;

const USAGE = `Copies the embedded database, and puts a copy back. Stop the bot first.

  npm run backup -- FOLDER     copies it to FOLDER, which must not exist yet
  npm run restore -- FOLDER    puts the copy back; what was there is kept beside it

A copy holds the sign-in to Partner Center, sealed: keep SEAL_KEY elsewhere, and keep it.
`;

const USE_POSTGRES = `The data is on a PostgreSQL server (DATABASE_URL). Its own tools copy it, while the bot runs:

  pg_dump --format=custom --file=tarmac.dump "$DATABASE_URL"
  pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" tarmac.dump     (with the bot stopped)
  npm run restore -- --check                                                         (after it, before the bot is started)
`;

/** Runs the command and tells with which code the process ends: 0 done, 1 the audit does not hold, 2 not done. */
export async function runBackup(args: readonly string[], parts: BackupParts): Promise<0 | 1 | 2> {
  const [command, folder, ...more] = args;
  const { database, write, now, log } = parts;
  if (!folder || more.length > 0 || !['backup', 'restore'].includes(command ?? '')) {
    write(USAGE);
    return 2;
  }
  if (command === 'restore' && folder === '--check') return check(parts);
  if (database.url) {
    write(USE_POSTGRES);
    return 2;
  }
  const { dataDir } = database;
  if (command === 'backup') {
    await backUp({ dataDir, to: folder, now, log });
    write(`Copied to ${folder}. Keep it away from this computer, and SEAL_KEY away from it.\n`);
    return 0;
  }
  const madeAt = await restore({ from: folder, dataDir, now, log });
  write(`Put back as it was at ${madeAt.toISOString()}.\n`);
  return check(parts);
}

/** What has to happen between putting data back and starting the bot. */
async function check({ database, write, now, log }: BackupParts): Promise<0 | 1> {
  const db = await openDatabase({ ...database, log });
  try {
    await migrate(db, MIGRATIONS, log);
    const broken = await findBreak(db);
    const head = await findHead(db);
    const looked = await lookBeforeSending(db, now());
    write(
      broken === undefined ? `The audit holds; it ends at ${head?.seq ?? 0}.\n` : `The audit is broken at ${broken}.\n`,
    );
    if (looked > 0) write(`${looked} batches are looked for in Partner Center before they are sent.\n`);
    return broken === undefined ? 0 : 1;
  } finally {
    await db.close();
  }
}
