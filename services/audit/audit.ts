import { z } from 'zod';
import type { Person, TenantId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { moment, optionalText, person, text } from '../storage/rows.ts';

/** One fact that must never be lost or altered: who did what to which thing, and when. */
export type AuditEntry = Readonly<{
  at: Date;
  /** Absent when Tarmac itself, or Microsoft, brought it about. */
  actor?: Person;
  /** Dotted, subject first: `request.approved`, `batch.confirmed`. */
  action: string;
  subject: Readonly<{
    kind: 'request' | 'batch' | 'upload' | 'removal' | 'profile' | 'sign-in' | 'person' | 'audit';
    id: string;
  }>;
  customerTenantId?: TenantId;
  /** Plain facts: wording and link shown, correlation ids. Never secrets, hashes or device lists. */
  details?: Readonly<Record<string, unknown>>;
}>;

/** An entry as it stands in the chain; hashes in hexadecimal. */
export type ChainedEntry = Readonly<{
  seq: number;
  at: Date;
  actor?: Person;
  action: string;
  subject: Readonly<{ kind: string; id: string }>;
  details: Readonly<Record<string, unknown>>;
  previous: string;
  hash: string;
}>;

/** The newest entry: who keeps it elsewhere can tell later that nothing was cut off the end. */
export type ChainHead = Readonly<{ seq: number; hash: string }>;

/** Writes an entry in the transaction of the change it tells of. The database chains the hashes. */
export async function record(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.query(
    `insert into audit (seq, at, actor, action, subject_kind, subject_id, customer_tenant_id, details, previous, hash)
     values (0, $1, $2::jsonb, $3, $4, $5, $6, $7::jsonb, '', '')`,
    [
      entry.at,
      entry.actor ? JSON.stringify(entry.actor) : null,
      entry.action,
      entry.subject.kind,
      entry.subject.id,
      entry.customerTenantId ?? null,
      JSON.stringify(entry.details ?? {}),
    ],
  );
}

/**
 * The first entry whose hash does not follow from what is stored, or `undefined` when the chain holds.
 *
 * @param part checks only what comes after one entry, and that this one is still there, up to another.
 */
export async function findBreak(
  db: Queryable,
  { after = 0, upTo = Number.MAX_SAFE_INTEGER }: Readonly<{ after?: number; upTo?: number }> = {},
): Promise<number | undefined> {
  const [row] = await db.query(
    `select seq from (
       select a.*, coalesce(lag(hash) over (order by seq), ''::bytea) as expected,
         coalesce(lag(seq) over (order by seq), 0) as before
       from audit a where seq between $1 and $2) chained
     where seq > $1 and (previous <> expected or seq <> before + 1
        or hash <> audit_hash(previous, seq, at, actor, action, subject_kind, subject_id, customer_tenant_id, details))
     order by seq limit 1`,
    [after, upTo],
  );
  return row ? Number(row.seq) : undefined;
}

/** The end of the chain; `undefined` while nothing was recorded. */
export async function findHead(db: Queryable): Promise<ChainHead | undefined> {
  const [found] = await db.query(`select seq, encode(hash, 'hex') as hash from audit order by seq desc limit 1`);
  return found && head.parse(found);
}

/** True when this entry still stands where it stood: a head noted earlier, kept outside the database. */
export async function holds(db: Queryable, { seq, hash }: ChainHead): Promise<boolean> {
  const rows = await db.query(`select 1 from audit where seq = $1 and encode(hash, 'hex') = $2`, [seq, hash]);
  return rows.length === 1;
}

/** Everything recorded about one customer, oldest first. */
export async function entriesOf(db: Queryable, customer: TenantId): Promise<readonly ChainedEntry[]> {
  const rows = await db.query(
    `select seq, at, actor, action, subject_kind, subject_id, details, encode(previous, 'hex') as previous,
       encode(hash, 'hex') as hash
     from audit where customer_tenant_id = $1 order by seq`,
    [customer],
  );
  return rows.map(parse);
}

const position = z.coerce.number().int();
const head = z.object({ seq: position, hash: text });
const row = head.extend({
  at: moment,
  actor: person.nullish().transform((value) => value ?? undefined),
  action: text,
  subject_kind: text,
  subject_id: text,
  details: z.record(z.string(), z.unknown()),
  previous: optionalText.transform((value) => value ?? ''),
});

function parse(raw: Row): ChainedEntry {
  const { subject_kind: kind, subject_id: id, ...entry } = row.parse(raw);
  return { ...entry, subject: { kind, id } };
}
