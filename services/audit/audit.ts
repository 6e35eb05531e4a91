import type { Person, TenantId } from '../identity.ts';
import type { Queryable, Transaction } from '../storage/ports.ts';

/** One fact that must never be lost or altered: who did what to which thing, and when. */
export type AuditEntry = Readonly<{
  at: Date;
  /** Absent when Tarmac itself, or Microsoft, brought it about. */
  actor?: Person;
  /** Dotted, subject first: `request.approved`, `batch.confirmed`. */
  action: string;
  subject: Readonly<{ kind: 'request' | 'batch' | 'upload'; id: string }>;
  customerTenantId?: TenantId;
  /** Plain facts: wording and link shown, correlation ids. Never secrets, hashes or device lists. */
  details?: Readonly<Record<string, unknown>>;
}>;

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

/** The first entry whose hash does not follow from what is stored, or `undefined` when the whole chain holds. */
export async function findBreak(db: Queryable): Promise<number | undefined> {
  const [row] = await db.query(
    `select seq from (
       select a.*, coalesce(lag(hash) over (order by seq), ''::bytea) as expected,
         coalesce(lag(seq) over (order by seq), 0) as before
       from audit a) chained
     where previous <> expected or seq <> before + 1
        or hash <> audit_hash(previous, seq, at, actor, action, subject_kind, subject_id, customer_tenant_id, details)
     order by seq limit 1`,
  );
  return row ? Number(row.seq) : undefined;
}
