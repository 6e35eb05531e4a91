import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Emscripten's number for "input/output error", which makes PostgreSQL stop instead of trusting an unsaved page. */
const EIO = 29;

type InitArguments = Parameters<NodeFS['init']>;
type InitResult = Awaited<ReturnType<NodeFS['init']>>;
/** The part of an open file that Emscripten's NODEFS keeps on its streams: the descriptor Node opened. */
type NodeStream = { nfd: number };

/**
 * PGlite's folder on disk, with an `fsync` that reaches the disk: its own NodeFS answers "done" without asking. Only
 * `fsync` passes here, never `fdatasync`, so the database must run with `wal_sync_method=fsync`.
 */
export class DurableFileSystem extends NodeFS {
  /** How often the database asked for its data to be safe on disk. */
  syncs = 0;

  override async init(pg: PGlite, options: InitArguments[1]): Promise<InitResult> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = emscriptenOpts.preRun ?? [];
    return {
      emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, (module) => this.#passSyncOn(module)] },
    };
  }

  #passSyncOn(module: { NODEFS: object; FS: object }): void {
    const { stream_ops: streamOps } = module.NODEFS as { stream_ops: Record<string, unknown> };
    const { ErrnoError } = module.FS as { ErrnoError: new (code: number) => Error };
    streamOps.fsync = (stream: NodeStream): number => {
      this.syncs += 1;
      try {
        fsyncSync(stream.nfd);
      } catch {
        throw new ErrnoError(EIO);
      }
      return 0;
    };
  }
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
