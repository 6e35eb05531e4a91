import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export type SandboxOptions = Readonly<{
  /** First of the consecutive ports. */
  basePort: number;
  fresh: boolean;
  playgrounds: boolean;
  /** A third Playground, of a colleague who may confirm removals. */
  colleague: boolean;
  /** Script that is started as the bot. */
  botEntry: string;
  dataDir: string;
}>;

/** The bot's own default port, so that nothing needs to be typed. */
const DEFAULT_BASE_PORT = 3978;

/** Reads the command line; a sentence when it cannot be read. */
export function readOptions(args: readonly string[]): SandboxOptions | string {
  const read = parse(args);
  if (typeof read === 'string') return read;
  const basePort = Number(read.port ?? DEFAULT_BASE_PORT);
  if (!Number.isInteger(basePort) || basePort < 1024 || basePort > 65_000)
    return '--port takes a number from 1024 to 65000.';
  return {
    basePort,
    fresh: read.fresh ?? false,
    playgrounds: !read['no-playground'],
    colleague: Boolean(read.colleague) && !read['no-playground'],
    botEntry: resolve(read['bot-entry'] ?? fileURLToPath(new URL('../../bot/index.js', import.meta.url))),
    dataDir: resolve(read.data ?? defaultDataDir(basePort)),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean' },
        'no-playground': { type: 'boolean' },
        colleague: { type: 'boolean' },
        'bot-entry': { type: 'string' },
        data: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Two sandboxes side by side must not share a database. */
function defaultDataDir(basePort: number): string {
  return basePort === DEFAULT_BASE_PORT ? 'data/sandbox' : `data/sandbox-${basePort}`;
}
