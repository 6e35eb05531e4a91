import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sandbox's folder: what must outlive a restart, and the logs. */
export type Store = ReturnType<typeof openStore>;

/** Opens the folder; `fresh` empties it first. */
export function openStore(folder: string, fresh: boolean) {
  if (fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (name: string) => join(folder, name);
  return {
    path,
    /** Made once: the bot can open what it sealed only with the same key. */
    sealKey(): string {
      const kept = read(path('seal.key'));
      if (kept !== undefined) return kept.trim();
      const made = randomBytes(32).toString('base64');
      writeFileSync(path('seal.key'), made, { mode: 0o600 });
      return made;
    },
    snapshot(): unknown {
      const kept = read(path('emulators.json'));
      return kept === undefined ? undefined : JSON.parse(kept);
    },
    /** Written beside, then renamed, so that a kill in between leaves the earlier one. */
    saveSnapshot(snapshot: unknown): void {
      writeFileSync(path('emulators.json.new'), JSON.stringify(snapshot), { mode: 0o600 });
      renameSync(path('emulators.json.new'), path('emulators.json'));
    },
  };
}

/** The last lines of a log, for the person who wonders why something ended. */
export function lastLines(file: string, count = 15): string {
  return (read(file) ?? '').trimEnd().split('\n').slice(-count).join('\n');
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
