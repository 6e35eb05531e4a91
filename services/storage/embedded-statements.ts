import { type messages, type PGlite, parse, protocol } from '@electric-sql/pglite';
import type { Row } from './ports.ts';

/** Statements with values, each parsed once. */
export interface Statements {
  /** Runs one statement, in the transaction that is open if there is one. */
  run(text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  /** Forgets what was parsed: for when the schema may have changed. */
  forget(): void;
}

/** More different texts than the whole program has, so that only texts that are made up as one goes are ever parsed again. */
const MOST_KEPT = 400;
/**
 * How long a plan is used, in ms. It was made for tables as large as they were then, and the embedded database has nobody
 * who would notice that they grow.
 */
const PLANS_LIVE_MS = 10_000;

type Prepared = Readonly<{ name: string; types: readonly number[]; columns: readonly messages.BackendMessage[] }>;

const { serialize } = protocol;
const EXECUTE = serialize.execute({});
const SYNC = serialize.sync();

/**
 * Speaks PostgreSQL's protocol with PGlite, whose own `query` parses and plans a text every time it is used, and takes six
 * steps for it: most of what a small statement costs.
 *
 * @see PostgreSQL, frontend/backend protocol: extended query
 */
export function createStatements(
  pg: PGlite,
  { now = () => performance.now(), mostKept = MOST_KEPT }: Readonly<{ now?: () => number; mostKept?: number }> = {},
): Statements {
  const known = new Map<string, Prepared>();
  const stale: string[] = [];
  let made = 0;
  let plannedAt = now();

  function send(...parts: readonly Uint8Array[]): Promise<messages.BackendMessage[]> {
    return pg.execProtocolStream(Buffer.concat([...parts, SYNC]), { syncToFs: false });
  }

  async function prepare(text: string): Promise<Prepared> {
    const name = `s${made++}`;
    const closing = stale.splice(0).map((old) => serialize.close({ type: 'S', name: old }));
    const described = await send(...closing, serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const types = parse.parseDescribeStatementResults(described);
    return { name, types, columns: described.filter((message) => message.name === 'rowDescription') };
  }

  /** The one used longest ago goes first. */
  async function find(text: string): Promise<Prepared> {
    const found = known.get(text) ?? (await prepare(text));
    known.delete(text);
    known.set(text, found);
    for (const [oldest, { name }] of known) {
      if (known.size <= mostKept) break;
      known.delete(oldest);
      stale.push(name);
    }
    return found;
  }

  async function planAgainNowAndThen(): Promise<void> {
    if (now() - plannedAt < PLANS_LIVE_MS) return;
    plannedAt = now();
    await send(serialize.query('DISCARD PLANS'));
  }

  function forget(): void {
    stale.push(...[...known.values()].map(({ name }) => name));
    known.clear();
  }

  /** Values as text, the way PGlite does it. */
  function encode(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serializer = type === undefined ? undefined : pg.serializers[type];
    return serializer ? serializer(value) : String(value);
  }

  async function run(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    await planAgainNowAndThen();
    const { name, types, columns } = await find(text);
    const bound = serialize.bind({ statement: name, values: values.map((value, at) => encode(value, types[at])) });
    const [result] = parse.parseResults([...columns, ...(await send(bound, EXECUTE))], pg.parsers);
    if (changesSchema(result?.command)) forget();
    return (result?.rows ?? []) as readonly Row[];
  }

  return { forget, run: (text, values) => pg.runExclusive(() => run(text, values)) };
}

/** Whether what was parsed before such a command may be wrong after it. */
export function changesSchema(command: string | undefined): boolean {
  return !HARMLESS.has(command ?? '');
}

const HARMLESS = new Set([
  ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'],
  ...['LISTEN', 'UNLISTEN', 'NOTIFY', 'SHOW', 'SET', 'VACUUM', 'ANALYZE', 'CHECKPOINT', 'EXPLAIN'],
]);
