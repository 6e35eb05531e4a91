import { z } from 'zod';
import type { Queryable } from '../storage/ports.ts';
import { text } from '../storage/rows.ts';

/** A call that changes something, under the key its caller gave it. */
export type Call = Readonly<{
  caller: string;
  key: string;
  /** Tells whether a repeat asks for the same: a digest of everything the call says. */
  fingerprint: string;
}>;

export type KeptAnswer = Readonly<{ status: number; body: unknown }>;

/** What is known of a call with this key. `begun`: it is under way, or was cut off before its outcome was written. */
export type KnownCall =
  | Readonly<{ kind: 'new' }>
  | Readonly<{ kind: 'other' }>
  | Readonly<{ kind: 'begun' }>
  | Readonly<{ kind: 'answered'; answer: KeptAnswer }>;

/** Notes that a call begins, before anything is done; or finds what became of it the first time. */
export async function beginCall(db: Queryable, { caller, key, fingerprint }: Call, at: Date): Promise<KnownCall> {
  const begun = await db.query(
    `insert into api_calls (caller, key, fingerprint, begun_at) values ($1, $2, $3, $4)
     on conflict do nothing returning key`,
    [caller, key, fingerprint, at],
  );
  if (begun.length > 0) return { kind: 'new' };
  const [found] = await db.query('select fingerprint, status, answer from api_calls where caller = $1 and key = $2', [
    caller,
    key,
  ]);
  if (!found) return { kind: 'begun' }; // forgotten in this very moment: the caller may ask again
  const { fingerprint: first, status, answer } = row.parse(found);
  if (first !== fingerprint) return { kind: 'other' };
  return status === null ? { kind: 'begun' } : { kind: 'answered', answer: { status, body: answer } };
}

export async function finishCall(db: Queryable, { caller, key }: Call, { status, body }: KeptAnswer): Promise<void> {
  await db.query('update api_calls set status = $3, answer = $4::jsonb where caller = $1 and key = $2', [
    caller,
    key,
    status,
    JSON.stringify(body ?? null),
  ]);
}

/** Forgets a call that was refused before it changed anything: the same key may try again. */
export async function forgetCall(db: Queryable, { caller, key }: Call): Promise<void> {
  await db.query('delete from api_calls where caller = $1 and key = $2', [caller, key]);
}

/** Forgets the calls that began before this moment. Returns how many. */
export async function forgetCallsBefore(db: Queryable, before: Date): Promise<number> {
  return (await db.query('delete from api_calls where begun_at < $1 returning key', [before])).length;
}

const row = z.object({ fingerprint: text, status: z.number().int().nullable(), answer: z.unknown().optional() });
