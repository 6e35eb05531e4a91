import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../services/log.ts';
import { type Finding, notChecked, ok, problem } from '../../services/operation/finding.ts';
import { DataDirInUse } from '../../services/storage/data-dir-lock.ts';
import { DatabaseTooNew, migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import type { Database } from '../../services/storage/ports.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import type { Config } from '../config.ts';
import { messageOf } from './failures.ts';

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
    const finding = problem('database', 'failed', 'database-reach', { error: messageOf(error) });
    return { ...(await standIn(log, 'broken')), findings: [finding] };
  }
}

async function standIn(log: Log, state: Opened['state']): Promise<Pick<Opened, 'state' | 'db'>> {
  const db = await openDatabase({ dataDir: 'memory', log });
  await migrate(db, MIGRATIONS, log);
  return { state, db };
}

function fresh(dataDir: string): Finding {
  const folder = existsSync(dataDir) ? dataDir : dirname(resolve(dataDir));
  try {
    accessSync(folder, constants.W_OK);
    return ok('database', 'database-new', { folder: dataDir });
  } catch {
    return problem('database', 'database-locked', 'database-write', { folder });
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
  if (found?.present !== true) return { state: 'empty', finding: ok('database', 'database-empty') };
  const applied = appliedRows.parse(await db.query('select id, name, breaking from schema_migrations'));
  const newer = applied.filter(({ id, breaking }) => breaking && !MIGRATIONS.some((ours) => ours.id === id));
  if (newer.length > 0) throw new DatabaseTooNew(newer.map(({ name }) => name));
  const open = MIGRATIONS.filter(({ id }) => !applied.some((one) => one.id === id)).length;
  if (open > 0) return { state: 'behind', finding: ok('database', 'database-behind', { count: open }) };
  return { state: 'stored', finding: ok('database', 'database-current') };
}

const readiness = z.object({
  checks: z.record(z.string(), z.boolean()),
  reasons: z.record(z.string(), z.string()).optional(),
});

/** The running bot holds the embedded database, so it is asked how it is. */
export async function askRunningBot({ host, port }: Config['listen']): Promise<Finding[]> {
  const inUse = ok('database', 'database-in-use');
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const answer = await fetch(`http://${address}:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    const { checks, reasons } = readiness.parse(await answer.json());
    const bad = Object.keys(checks).filter((name) => !checks[name]);
    if (bad.length === 0) return [inUse, ok('bot', 'bot-ready')];
    const named = bad.map((name) => (reasons?.[name] ? `${name} (${reasons[name]})` : name)).join(', ');
    const advice = bad.includes('token') ? 'bot-sign-in' : 'bot-log';
    return [inUse, problem('bot', 'bot-not-ready', advice, { checks: named })];
  } catch {
    return [inUse, notChecked('bot', 'bot-silent', { address: `${address}:${port}` })];
  }
}
