import { z } from 'zod';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, moment, optionalMoment, text } from '../storage/rows.ts';

/** What noticed that the sign-in fails: our own login as the user, as the app, or Partner Center refusing the token. */
export type NoticedBy = 'user' | 'app' | 'call';

/** A time during which work for Partner Center waited for a person to mend the sign-in. At most one is open. */
export type SignInTrouble = Readonly<{
  id: string;
  noticedBy: NoticedBy;
  /** A SignInProblem, or `unsealable`. */
  reason: string;
  /** Microsoft's number, where it told one. */
  aadsts?: number;
  beganAt: Date;
  endedAt?: Date;
  /** How many times people were told, and when last. */
  notices: number;
  toldAt?: Date;
}>;

/** The trouble that is open, if any. */
export async function findOpenTrouble(db: Queryable): Promise<SignInTrouble | undefined> {
  const [found] = await db.query('select * from sign_in_troubles where ended_at is null');
  return found && parse(found);
}

export async function findTrouble(db: Queryable, id: string): Promise<SignInTrouble | undefined> {
  const [found] = await db.query('select * from sign_in_troubles where id = $1', [id]);
  return found && parse(found);
}

/** Notes a new trouble, unless one is open already. */
export async function insertTrouble(tx: Transaction, trouble: SignInTrouble): Promise<'saved' | 'open-already'> {
  const { id, noticedBy, reason, aadsts = null, beganAt } = trouble;
  const rows = await tx.query(
    `insert into sign_in_troubles (id, noticed_by, reason, aadsts, began_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id`,
    [id, noticedBy, reason, aadsts, beganAt],
  );
  return rows.length === 0 ? 'open-already' : 'saved';
}

/** `already` when somebody else ended it first. */
export async function endTrouble(tx: Transaction, id: string, at: Date): Promise<'ended' | 'already'> {
  const rows = await tx.query(
    'update sign_in_troubles set ended_at = $2 where id = $1 and ended_at is null returning id',
    [id, at],
  );
  return rows.length === 0 ? 'already' : 'ended';
}

/** Counts one telling, unless it was told already or has ended meanwhile. */
export async function countNotice(tx: Transaction, trouble: SignInTrouble, at: Date): Promise<'counted' | 'conflict'> {
  const rows = await tx.query(
    `update sign_in_troubles set notices = notices + 1, told_at = $3
     where id = $1 and notices = $2 and ended_at is null returning id`,
    [trouble.id, trouble.notices, at],
  );
  return rows.length === 0 ? 'conflict' : 'counted';
}

const row = z.object({
  id: text,
  noticed_by: z.enum(['user', 'app', 'call']),
  reason: text,
  aadsts: count.nullish().transform((value) => value ?? undefined),
  began_at: moment,
  ended_at: optionalMoment,
  notices: count,
  told_at: optionalMoment,
});

function parse(raw: Row): SignInTrouble {
  const found = row.parse(raw);
  return {
    id: found.id,
    noticedBy: found.noticed_by,
    reason: found.reason,
    aadsts: found.aadsts,
    beganAt: found.began_at,
    endedAt: found.ended_at,
    notices: found.notices,
    toldAt: found.told_at,
  };
}
