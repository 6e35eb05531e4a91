import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { matchesGlob } from './glob.ts';

/** One request that an emulator received (or, for service `webhook`, sent). */
export type JournalEntry = {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names; `authorization` is a digest, so that equal tokens can be told from different ones. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it was JSON or a form, else text. Secrets of forms are digests. */
  readonly body: unknown;
  /** `undefined` while nobody answered, `0` when the connection was cut instead. */
  status?: number;
  /** What happened apart from a plain answer: a fault, a replay, an accepted upload. */
  effect?: string;
};

export type JournalQuery = Readonly<{ service?: string; method?: string /** With `*`. */; path?: string }>;

export type NewJournalEntry = Omit<JournalEntry, 'seq' | 'at' | 'headers' | 'body'> &
  Readonly<{ headers: Readonly<Record<string, string>>; body: Buffer }>;

export type Journal = ReturnType<typeof createJournal>;

/**
 * Keeps what the emulators heard. With `file`, each line is on disk before the caller sees its answer, so the journal
 * is a witness that outlives whichever process was killed.
 */
export function createJournal({ file, now = Date.now }: { file?: string; now?: () => number } = {}) {
  const entries: JournalEntry[] = [];
  const descriptor = file === undefined ? undefined : openSync(file, 'a');
  return {
    /** Notes a request as received. */
    begin(fresh: NewJournalEntry): JournalEntry {
      const { headers, body, ...rest } = fresh;
      const at = new Date(now()).toISOString();
      const entry = {
        seq: entries.length + 1,
        at,
        ...rest,
        headers: withoutToken(headers),
        body: readable(headers, body),
      };
      entries.push(entry);
      return entry;
    },
    /** Notes how it ends; call before the answer leaves. */
    end(entry: JournalEntry, status: number, effect?: string): void {
      entry.status = status;
      if (effect !== undefined) entry.effect = effect;
      if (descriptor === undefined) return;
      writeSync(descriptor, `${JSON.stringify(entry)}\n`);
      fsyncSync(descriptor);
    },
    entries: (): readonly JournalEntry[] => entries,
    find: (query: JournalQuery): readonly JournalEntry[] => entries.filter((entry) => fits(entry, query)),
    /** Forgets what is in memory; the file stays. */
    clear(): void {
      entries.length = 0;
    },
    close(): void {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

const SECRET_FIELDS = ['client_secret', 'client_assertion', 'refresh_token', 'assertion', 'code'];

function fits(entry: JournalEntry, { service, method, path }: JournalQuery): boolean {
  if (service !== undefined && entry.service !== service) return false;
  if (method !== undefined && entry.method !== method.toUpperCase()) return false;
  return path === undefined || matchesGlob(path, entry.path);
}

function withoutToken(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization, ...rest } = headers;
  return authorization === undefined ? rest : { ...rest, authorization: digest(authorization) };
}

function readable(headers: Readonly<Record<string, string>>, body: Buffer): unknown {
  const text = body.toString('utf8');
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return maskedForm(text);
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function maskedForm(text: string): Record<string, string> {
  const fields = [...new URLSearchParams(text)];
  return Object.fromEntries(fields.map(([key, value]) => [key, SECRET_FIELDS.includes(key) ? digest(value) : value]));
}

function digest(secret: string): string {
  return `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 16)}`;
}
