import { z } from 'zod';
import type { Person } from '../identity.ts';
import { findPerson } from '../people/people-store.ts';
import type { Queryable, Transaction } from '../storage/ports.ts';
import { moment, text } from '../storage/rows.ts';
import type { DigestRole, MessageRole, Recipient } from './message.ts';
import { type Outbox, recipientKey, type Subject } from './message-store.ts';

/** What stands in a digest: a batch that has ended, or a profile that was applied. */
export type DigestItem = Readonly<{ kind: 'batch' | 'profile'; id: string }>;

/** News for one recipient, and what they are told with at once or in the digest. */
export type News = Readonly<{
  subject: Subject & Readonly<{ kind: DigestItem['kind'] }>;
  notice: MessageRole;
  digest: DigestRole;
  /** What went wrong is told at once, and stands in the digest of the day as well. */
  isGood: boolean;
  urgency?: 'urgent';
}>;

export type NewsPorts = Readonly<{ outbox: Outbox; newId: () => string; now: () => Date }>;

/** Tells news at once, or, where somebody wants one message a day, together with the others of the day. */
export async function tellOrCollect(
  tx: Transaction,
  { subject, notice, digest, isGood, urgency }: News,
  recipient: Recipient & Readonly<{ digestAt?: string }>,
  ports: NewsPorts,
): Promise<void> {
  const { digestAt, ...to } = recipient;
  if (!digestAt || !isGood) await ports.outbox.want(subject, notice, to, urgency);
  if (digestAt) await collect(tx, { kind: subject.kind, id: subject.id }, { recipient: to, role: digest }, ports);
}

/** Somebody's own chat, and the hour at which they want to hear, where that is once a day. */
export async function toReader(
  tx: Transaction,
  { tenantId, userId }: Pick<Person, 'tenantId' | 'userId'>,
): Promise<Extract<Recipient, { kind: 'person' }> & Readonly<{ digestAt?: string }>> {
  const person = await findPerson(tx, { tenantId, userId });
  return { kind: 'person', tenantId, userId, digestAt: person?.settings?.digestAt };
}

/**
 * Puts an item into the digest that waits for this recipient's hour, or opens one. One that is on its way already is
 * brought up to date rather than missed: its row is written over once more.
 */
async function collect(
  tx: Transaction,
  item: DigestItem,
  { recipient, role }: Readonly<{ recipient: Recipient; role: DigestRole }>,
  { outbox, newId, now }: NewsPorts,
): Promise<void> {
  const key = recipientKey(recipient);
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`digest/${role}/${key}`]);
  const [open] = await tx.query(
    `select d.id from digests d join messages m on m.subject_kind = 'digest' and m.subject_id = d.id
     where d.recipient_key = $1 and d.role = $2 and m.posted_at is null and m.state in ('due', 'waiting')
     order by d.opened_at desc limit 1`,
    [key, role],
  );
  const id = open ? text.parse(open.id) : newId();
  if (!open) {
    await tx.query('insert into digests (id, role, recipient_key, opened_at) values ($1, $2, $3, $4)', [
      id,
      role,
      key,
      now(),
    ]);
  }
  await tx.query(
    `insert into digest_items (digest_id, kind, thing_id, added_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [id, item.kind, item.id, now()],
  );
  await outbox.want({ kind: 'digest', id }, role, recipient);
}

/** Since when a digest waits for its reader's hour. */
export async function digestOpenedAt(db: Queryable, id: string): Promise<Date | undefined> {
  const [found] = await db.query('select opened_at from digests where id = $1', [id]);
  return found && moment.parse(found.opened_at);
}

/** What stands in a digest, in the order in which it happened. */
export async function digestItems(db: Queryable, id: string): Promise<readonly DigestItem[]> {
  const rows = await db.query(
    'select kind, thing_id from digest_items where digest_id = $1 order by added_at, kind, thing_id',
    [id],
  );
  return rows.map((raw) => {
    const { kind, thing_id } = itemRow.parse(raw);
    return { kind, id: thing_id };
  });
}

/** Forgets digests of that long ago; what they told of stays. Returns how many. */
export async function forgetDigestsBefore(db: Queryable, before: Date): Promise<number> {
  await db.query('delete from digest_items where digest_id in (select id from digests where opened_at < $1)', [before]);
  return (await db.query('delete from digests where opened_at < $1 returning id', [before])).length;
}

const itemRow = z.object({ kind: z.enum(['batch', 'profile']), thing_id: text });
