import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '../log.ts';

/** The folder belongs to another process that is alive. Its message is a sentence for whoever starts the bot. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';

  constructor(dataDir: string, owner: Owner) {
    const where = owner.place === placeOf() ? '' : ` on ${owner.host}`;
    super(
      `The data folder ${resolve(dataDir)} is in use by process ${owner.pid}${where}. Stop that process first, give this one another DATA_DIR, or set DATABASE_URL to share one PostgreSQL server.`,
    );
  }
}

/** The folder cannot be written. Its message is a sentence for whoever starts the bot. */
export class DataDirUnusable extends Error {
  override readonly name = 'DataDirUnusable';

  constructor(dataDir: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    super(
      `The data folder ${resolve(dataDir)} cannot be written (${code}). Let the bot's account write there, make room on the disk, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}

/** A folder that is ours until we let go of it or die. */
export interface DataDirLock {
  release(): void;
}

/** How often an owner shows that it is alive, and how long a process elsewhere watches for that. */
const HEARTBEAT_MS = 1_000;
const WATCH_MS = 8_000;

const OwnerSchema = z.object({ pid: z.number(), startedAt: z.string(), place: z.string(), host: z.string() });
type Owner = z.infer<typeof OwnerSchema>;
type Lock = Readonly<{ number: number; path: string; owner: Owner | 'released' | 'unreadable' }>;

/**
 * Takes the folder for this process. A lock whose process is dead is taken over.
 *
 * Locks are numbered files and the highest number owns the folder, so that of several processes which find the same
 * dead lock exactly one creates the next number. A released lock stays as a file for the same reason: numbers only grow.
 *
 * @param watchMs how long to watch for a sign of life where process ids cannot be compared.
 * @throws DataDirInUse when another process lives that holds it; DataDirUnusable when the folder cannot be written.
 */
export async function lockDataDir(dataDir: string, log: Log, watchMs = WATCH_MS): Promise<DataDirLock> {
  writing(dataDir, () => mkdirSync(dataDir, { recursive: true }));
  for (;;) {
    const last = locksIn(dataDir).at(-1);
    if (last && (await isAlive(last, log, watchMs))) throw new DataDirInUse(dataDir, ownerOf(last));
    const mine = writing(dataDir, () => create(dataDir, (last?.number ?? 0) + 1));
    if (!mine) continue; // somebody else was quicker with this number
    if (last && last.owner !== 'released') log.warn('took over the data folder of a process that died', { dataDir });
    removeOlder(dataDir, mine.number);
    return hold(mine.path, log);
  }
}

function create(dataDir: string, number: number): { number: number; path: string } | undefined {
  const path = join(dataDir, `lock.${number}`);
  try {
    writeFileSync(path, JSON.stringify(self()), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
  if (locksIn(dataDir).at(-1)?.number === number) return { number, path };
  rmSync(path, { force: true }); // we were so slow that the next owner already removed older numbers
  return undefined;
}

/** @throws DataDirUnusable when the disk or its owner does not allow it. */
function writing<T>(dataDir: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new DataDirUnusable(dataDir, cause);
  }
}

function hold(path: string, log: Log): DataDirLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A disk that fails shows itself in the database; a lock that cannot be touched must not be what ends the process.
    tolerate(() => utimesSync(path, now, now), log);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      tolerate(() => writeFileSync(path, JSON.stringify('released')), log); // a dead owner's lock is taken over, too
    },
  };
}

function tolerate(work: () => void, log: Log): void {
  try {
    work();
  } catch (error) {
    log.warn('the lock of the data folder cannot be written', { error });
  }
}

function locksIn(dataDir: string): Lock[] {
  return readdirSync(dataDir)
    .map((name) => ({ number: Number(/^lock\.(\d+)$/.exec(name)?.[1]), path: join(dataDir, name) }))
    .filter(({ number }) => Number.isInteger(number))
    .sort((a, b) => a.number - b.number)
    .map((lock) => ({ ...lock, owner: readOwner(lock.path) }));
}

function readOwner(path: string): Lock['owner'] {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return content === 'released' ? 'released' : OwnerSchema.parse(content);
  } catch {
    return 'unreadable'; // caught between creating and writing, by us or by death
  }
}

function removeOlder(dataDir: string, number: number): void {
  for (const lock of locksIn(dataDir)) if (lock.number < number) rmSync(lock.path, { force: true });
}

async function isAlive(lock: Lock, log: Log, watchMs: number): Promise<boolean> {
  if (lock.owner === 'released') return false;
  // Process ids mean something only where the same system gives them out: containers that share a folder do not.
  if (lock.owner !== 'unreadable' && lock.owner.place === placeOf()) return isRunning(lock.owner);
  log.info('watching whether the last owner of the data folder is alive', { path: lock.path, forMs: watchMs });
  return showsHeartbeat(lock.path, watchMs);
}

function isRunning({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return startOf(pid) === startedAt; // otherwise the number was given to another process since
}

async function showsHeartbeat(path: string, watchMs: number): Promise<boolean> {
  const before = modifiedAt(path);
  const until = Date.now() + watchMs;
  while (Date.now() < until) {
    await sleep(HEARTBEAT_MS / 4);
    if (modifiedAt(path) !== before) return readOwner(path) !== 'released';
  }
  return false;
}

function modifiedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function ownerOf(lock: Lock): Owner {
  const owner = readOwner(lock.path);
  return typeof owner === 'string' ? { pid: 0, startedAt: '', place: '', host: 'another machine' } : owner;
}

function self(): Owner {
  return { pid: process.pid, startedAt: startOf(process.pid), place: placeOf(), host: hostname() };
}

/** When the process began, in the system's own ticks; empty where the system does not tell (then the id must do). */
function startOf(pid: number): string {
  const stat = readIfThere(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // Field 22; the second field is the program's name in brackets and may contain anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Names this boot of this machine and its numbering of processes: equal places can compare process ids. */
function placeOf(): string {
  const boot = readIfThere(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  return [hostname(), boot, readIfThere(() => readlinkSync('/proc/self/ns/pid'))].join(' ');
}

function readIfThere(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
