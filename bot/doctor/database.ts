import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../services/log.ts';
import { DataDirInUse } from '../../services/storage/data-dir-lock.ts';
import { DatabaseTooNew, migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import type { Database } from '../../services/storage/ports.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import type { Config } from '../config.ts';
import { type Finding, messageOf, notChecked, ok, problem } from './finding.ts';

/**
 * The database as the doctor may use it. It changes no schema: where there is none yet (`empty`), an older one
 * (`behind`), or the running bot holds the data folder (`busy`), an empty one in memory stands in.
 */
export type Opened = Readonly<{
  state: 'stored' | 'empty' | 'behind' | 'busy' | 'broken';
  db: Database;
  findings: Finding[];
}>;

export async function openForDoctor({ database, listen }: Config, log: Log): Promise<Opened> {
  const { url, dataDir } = database;
  if (!url && !existsSync(join(dataDir, 'postgres')))
    return { ...(await standIn(log, 'empty')), findings: [fresh(dataDir)] };
  let db: Database | undefined;
  try {
    db = await openDatabase({ url, dataDir, log });
    const { state, finding } = await readSchema(db);
    if (state === 'stored') return { state, db, findings: [finding] };
    await db.close();
    return { ...(await standIn(log, state)), findings: [finding] };
  } catch (error) {
    await db?.close().catch(() => undefined);
    if (error instanceof DataDirInUse)
      return { ...(await standIn(log, 'busy')), findings: await askRunningBot(listen) };
    return { ...(await standIn(log, 'broken')), findings: [problem('database', messageOf(error), REACH_IT)] };
  }
}

const REACH_IT = 'Check DATABASE_URL (or DATA_DIR), that the server runs, and that this machine reaches it.';

async function standIn(log: Log, state: Opened['state']): Promise<Pick<Opened, 'state' | 'db'>> {
  const db = await openDatabase({ dataDir: 'memory', log });
  await migrate(db, MIGRATIONS, log);
  return { state, db };
}

function fresh(dataDir: string): Finding {
  const folder = existsSync(dataDir) ? dataDir : dirname(resolve(dataDir));
  try {
    accessSync(folder, constants.W_OK);
    return ok('database', `None yet; the first start makes an embedded one in ${dataDir}.`);
  } catch {
    return problem('database', `${folder} cannot be written.`, 'Let the bot’s account write there, or set DATA_DIR.');
  }
}

const appliedRows = z.array(z.object({ id: z.number(), name: z.string(), breaking: z.boolean() }));

/**
 * Compares the schema with ours, and changes nothing.
 *
 * @throws DatabaseTooNew when it has a breaking step we do not know.
 */
export async function readSchema(db: Database): Promise<{ state: 'stored' | 'empty' | 'behind'; finding: Finding }> {
  const [found] = await db.query(`select to_regclass('schema_migrations') is not null as present`);
  const where = db.mode === 'server' ? 'A server' : 'Embedded';
  if (found?.present !== true)
    return { state: 'empty', finding: ok('database', `${where}, empty; the first start fills it.`) };
  const applied = appliedRows.parse(await db.query('select id, name, breaking from schema_migrations'));
  const newer = applied.filter(({ id, breaking }) => breaking && !MIGRATIONS.some((ours) => ours.id === id));
  if (newer.length > 0) throw new DatabaseTooNew(newer.map(({ name }) => name));
  const open = MIGRATIONS.filter(({ id }) => !applied.some((one) => one.id === id)).length;
  const schema = open === 0 ? 'its schema is current' : `the next start brings its schema forward by ${open} steps`;
  return { state: open === 0 ? 'stored' : 'behind', finding: ok('database', `${where}; ${schema}.`) };
}

const readiness = z.object({
  checks: z.record(z.string(), z.boolean()),
  reasons: z.record(z.string(), z.string()).optional(),
});

/** The running bot holds the embedded database, so it is asked how it is. */
export async function askRunningBot({ host, port }: Config['listen']): Promise<Finding[]> {
  const inUse = ok('database', 'Embedded, in use by the running bot.');
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const answer = await fetch(`http://${address}:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    const { checks, reasons } = readiness.parse(await answer.json());
    const bad = Object.keys(checks).filter((name) => !checks[name]);
    if (bad.length === 0) return [inUse, ok('bot', 'It runs and says it is ready.')];
    const named = bad.map((name) => (reasons?.[name] ? `${name} (${reasons[name]})` : name)).join(', ');
    const advice = bad.includes('token')
      ? 'Stop it and sign in anew: npm run sign-in.'
      : 'Read the newest lines of its log.';
    return [inUse, problem('bot', `It runs and is not ready: ${named}.`, advice)];
  } catch {
    return [inUse, notChecked('bot', `It does not answer at ${address}:${port}, perhaps because it runs elsewhere.`)];
  }
}
