import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { syncTree } from './durable-file-system.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';

/** Why a backup cannot be made or used. Its message is a sentence. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** What stands beside the copy, so that half a copy is never taken for a whole one. */
const manifest = z.object({ madeAt: z.string(), postgres: z.string() });
const MANIFEST = 'backup.json';

/**
 * Copies the embedded database into a folder that does not exist yet. Nobody may write meanwhile, so the bot is stopped
 * for it; the copy is made between two statements, and is opened as after a crash.
 *
 * @throws BackupRefused, or DataDirInUse while the bot runs.
 */
export async function backUp(
  parts: Readonly<{ dataDir: string; to: string; now: () => Date; log: Log }>,
): Promise<void> {
  const { dataDir, to, now, log } = parts;
  if (existsSync(to)) throw new BackupRefused(`${resolve(to)} exists already. Name a folder that does not.`);
  if (!existsSync(homeIn(dataDir))) throw new BackupRefused(`There is no database in ${resolve(dataDir)}.`);
  const database = await openEmbeddedDatabase({ dataDir, log });
  try {
    await database.query('CHECKPOINT');
    cpSync(homeIn(dataDir), homeIn(to), { recursive: true });
  } finally {
    await database.close();
  }
  const postgres = readFileSync(join(homeIn(to), 'PG_VERSION'), 'utf8').trim();
  syncTree(to);
  writeFileSync(join(to, MANIFEST), `${JSON.stringify({ madeAt: now().toISOString(), postgres })}\n`, { flush: true });
}

/**
 * Puts a backup in place of what `dataDir` holds; what was there is kept beside it under a name with the time.
 *
 * @returns when the backup was made.
 * @throws BackupRefused, or DataDirInUse while the bot runs.
 */
export async function restore(
  parts: Readonly<{ from: string; dataDir: string; now: () => Date; log: Log }>,
): Promise<Date> {
  const { from, dataDir, now, log } = parts;
  const { madeAt } = readManifest(from);
  const lock = await lockDataDir(dataDir, log);
  try {
    const arriving = join(dataDir, 'postgres.restored');
    rmSync(arriving, { recursive: true, force: true });
    cpSync(homeIn(from), arriving, { recursive: true });
    syncTree(arriving);
    const aside = join(dataDir, `postgres.before-${now().toISOString().replaceAll(':', '-')}`);
    if (existsSync(homeIn(dataDir))) renameSync(homeIn(dataDir), aside);
    renameSync(arriving, homeIn(dataDir));
    syncTree(homeIn(dataDir));
  } finally {
    lock.release();
  }
  return new Date(madeAt);
}

function readManifest(folder: string): z.infer<typeof manifest> {
  const refused = new BackupRefused(`${resolve(folder)} holds no whole backup: ${MANIFEST} is missing or damaged.`);
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
  } catch {
    throw refused;
  }
}

function homeIn(folder: string): string {
  return join(folder, 'postgres');
}
