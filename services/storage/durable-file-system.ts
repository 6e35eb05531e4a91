import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/**
 * Emscripten's numbers for what only a disk says: full, quota, file too large, input/output error, read-only.
 *
 * @see Emscripten, ERRNO_CODES
 */
const DISK_ERRORS: Readonly<Record<number, string>> = {
  51: 'ENOSPC',
  19: 'EDQUOT',
  22: 'EFBIG',
  29: 'EIO',
  69: 'EROFS',
};
/** What changes the folder: on open files, and on names. */
const STREAM_CHANGES = ['write', 'allocate', 'fsync'] as const;
const NAME_CHANGES = ['mknod', 'setattr', 'rename', 'unlink', 'rmdir', 'symlink'] as const;

/** The disk did not take what the database wrote. Its message is a sentence for whoever runs the bot. */
export class DiskFailed extends Error {
  override readonly name = 'DiskFailed';

  constructor(dataDir: string, code: string) {
    super(
      `The disk of the data folder ${dataDir} does not take what is written (${code}). Nothing that was confirmed is lost. ${ADVICE[code] ?? 'Check the disk'}, and start again.`,
    );
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on it',
  EDQUOT: 'Raise its quota',
  EFBIG: 'Raise the limit for the size of files',
  EROFS: 'Make it writable',
};

type InitArguments = Parameters<NodeFS['init']>;
type InitResult = Awaited<ReturnType<NodeFS['init']>>;
/** The part of an open file that Emscripten's NODEFS keeps on its streams: the descriptor Node opened. */
type NodeStream = { nfd: number };
type Operations = Record<string, (...values: never[]) => unknown>;

/**
 * PGlite's folder on disk, with an `fsync` that reaches the disk: its own NodeFS answers "done" without asking. Only
 * `fsync` passes here, never `fdatasync`, so the database must run with `wal_sync_method=fsync`.
 *
 * When the disk does not take its journal, PostgreSQL ends its process, because nothing else is safe. PGlite cannot end
 * ours: it swallows that end, calls the statement done, and waits for itself for ever in the next one. So `onFailure` is
 * called at once, from within, and is to end the process; what is on disk is then recovered as after any crash.
 */
export class DurableFileSystem extends NodeFS {
  /** How often the database asked for its data to be safe on disk. */
  syncs = 0;
  /** Set once the disk has failed: what is in memory can no longer be trusted, what is on disk can. */
  failure: DiskFailed | undefined;
  readonly #onFailure: (failure: DiskFailed) => void;

  constructor(folder: string, onFailure: (failure: DiskFailed) => void) {
    super(folder);
    this.#onFailure = onFailure;
  }

  override async init(pg: PGlite, options: InitArguments[1]): Promise<InitResult> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = emscriptenOpts.preRun ?? [];
    return {
      emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, (module) => this.#stand(module)] },
    };
  }

  #stand(module: { NODEFS: object }): void {
    const { stream_ops: onStreams, node_ops: onNames } = module.NODEFS as Record<'stream_ops' | 'node_ops', Operations>;
    onStreams.fsync = (stream: NodeStream): number => {
      this.syncs += 1;
      fsyncSync(stream.nfd);
      return 0;
    };
    this.#watch(onStreams, STREAM_CHANGES);
    this.#watch(onNames, NAME_CHANGES);
  }

  /** Lets the errors of a disk out as ours. Emscripten hands on to PostgreSQL only errors of its own kind. */
  #watch(operations: Operations, names: readonly string[]): void {
    for (const name of names) {
      const operation = operations[name];
      if (!operation) continue;
      operations[name] = (...values) => {
        if (this.failure) throw this.failure;
        try {
          return operation(...values);
        } catch (error) {
          const code = diskErrorOf(error);
          if (!code) throw error;
          this.failure = new DiskFailed(this.rootDir, code);
          this.#onFailure(this.failure);
          throw this.failure;
        }
      };
    }
  }
}

/** A number of Emscripten's, or, from `fsync` above, a code of Node's. */
function diskErrorOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'errno' in error && typeof error.errno === 'number' ? DISK_ERRORS[error.errno] : undefined;
}

/** Makes a whole folder safe on disk, names included: what initdb writes is not synced while it runs. */
export function syncTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) syncTree(child);
    else if (entry.isFile()) syncPath(child);
  }
  syncPath(path);
}

function syncPath(path: string): void {
  if (process.platform === 'win32') return; // Windows opens no folders, and syncs only files open for writing
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
