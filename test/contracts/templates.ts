import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Log } from '../../services/log.ts';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { QUEUES } from '../../services/queue/ports.ts';
import { openEmbeddedDatabase } from '../../services/storage/embedded-database.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const PGLITE = `pglite-${dependencies['@electric-sql/pglite']}`;

/** Says nothing. */
export const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The dump of an empty database: making one takes seconds, copying it does not. */
export function memoryTemplate(): Promise<string> {
  return madeOnce(`${PGLITE}-memory.tar`, async (file) => {
    const database = await PGlite.create();
    const dump = await database.dumpDataDir('none');
    await database.close();
    writeFileSync(file, new Uint8Array(await dump.arrayBuffer()));
  });
}

/** A data folder with an empty database. */
export function diskTemplate(): Promise<string> {
  return madeOnce(`${PGLITE}-disk`, async (dataDir) => {
    await (await openEmbeddedDatabase({ dataDir, log: quietLog })).close();
  });
}

/**
 * A data folder as the bot leaves it after its first start, schema and queues and all. Its name says of which schema it
 * is, so that a changed one makes its own.
 */
export function startedTemplate(): Promise<string> {
  const made = JSON.stringify([MIGRATIONS, QUEUES, dependencies['pg-boss']]);
  const schema = createHash('sha256').update(made).digest('hex').slice(0, 12);
  return madeOnce(`${PGLITE}-started-${schema}`, async (dataDir) => {
    const database = await openEmbeddedDatabase({ dataDir, log: quietLog });
    await migrate(database, MIGRATIONS, quietLog);
    await (await createJobs({ database, log: quietLog })).stop(0);
    await database.close();
  });
}

/** The first test of a machine that needs it makes it, aside, for all others. */
async function madeOnce(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const home = join(tmpdir(), `tarmac-test-templates-${process.getuid?.() ?? ''}`);
  mkdirSync(home, { recursive: true });
  const path = join(home, name);
  if (existsSync(path)) return path;
  const aside = `${path}.${randomUUID()}`;
  await make(aside);
  try {
    renameSync(aside, path);
  } catch {
    rmSync(aside, { recursive: true }); // another test was quicker; its copy is as good
  }
  return path;
}
