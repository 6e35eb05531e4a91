import { z } from 'zod';
import type { Queryable, Transaction } from '../storage/ports.ts';
import { count, moment, optionalText, text } from '../storage/rows.ts';
import { EVENT_TYPES, type EventState, type NewEvent, type OutgoingEvent } from './event.ts';

export async function insertEvent(tx: Transaction, id: string, { type, data }: NewEvent, at: Date): Promise<void> {
  await tx.query(
    `insert into outgoing_events (id, type, data, state, created_at) values ($1, $2, $3::jsonb, 'due', $4)`,
    [id, type, JSON.stringify(data), at],
  );
}

export async function findEvent(db: Queryable, id: string): Promise<OutgoingEvent | undefined> {
  const [found] = await db.query('select * from outgoing_events where id = $1', [id]);
  if (!found) return undefined;
  const { created_at: createdAt, ...event } = row.parse(found);
  return { ...event, createdAt };
}

/** Notes that a POST begins, before it does. */
export async function countAttempt(db: Queryable, id: string): Promise<void> {
  await db.query('update outgoing_events set attempts = attempts + 1 where id = $1', [id]);
}

/** Notes how a POST ended. What was sent stays sent, whatever a repeat of it brings. */
export async function settleEvent(
  db: Queryable,
  id: string,
  { state, problem, at }: Readonly<{ state: EventState; problem?: string; at: Date }>,
): Promise<'settled' | 'already'> {
  const rows = await db.query(
    `update outgoing_events set state = $2, problem = $3, settled_at = case when $2 = 'due' then null else $4::timestamptz end
     where id = $1 and state = 'due' returning id`,
    [id, state, problem ?? null, at],
  );
  return rows.length === 0 ? 'already' : 'settled';
}

/** Events of a day that were given up, by type, and what became of the last attempt. */
export type GivenUp = Readonly<{ types: readonly Readonly<{ type: string; count: number }>[]; problem?: string }>;

/** What was given up on a day, such as `2026-11-21`, in UTC. */
export async function givenUpOn(db: Queryable, day: string): Promise<GivenUp> {
  const rows = await db.query(
    `select type, count(*) as count, (array_agg(problem order by settled_at desc))[1] as problem, max(settled_at) as last
     from outgoing_events
     where state = 'given-up' and settled_at >= ($1 || 'T00:00:00Z')::timestamptz
       and settled_at < ($1 || 'T00:00:00Z')::timestamptz + interval '1 day'
     group by type order by last desc, type`,
    [day],
  );
  const types = rows.map((raw) => givenUpRow.parse(raw));
  return { types: types.map(({ type, count: n }) => ({ type, count: n })), problem: types[0]?.problem };
}

/** How many events there are in each state, and since when the oldest one waits. */
export async function countEvents(db: Queryable): Promise<Readonly<Record<EventState, number>> & { oldestDue?: Date }> {
  const [found] = await db.query(
    `select count(*) filter (where state = 'due') as due, count(*) filter (where state = 'sent') as sent,
       count(*) filter (where state = 'given-up') as given_up, min(created_at) filter (where state = 'due') as oldest
     from outgoing_events`,
  );
  const { due, sent, given_up, oldest } = counts.parse(found);
  return { due, sent, 'given-up': given_up, ...(oldest && { oldestDue: oldest }) };
}

/** Forgets events that nobody waits for any more. Returns how many. */
export async function forgetEventsBefore(db: Queryable, before: Date): Promise<number> {
  const rows = await db.query(`delete from outgoing_events where state <> 'due' and created_at < $1 returning id`, [
    before,
  ]);
  return rows.length;
}

const row = z.object({
  id: text,
  type: z.enum(EVENT_TYPES),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.record(z.string(), z.number())])),
  state: z.enum(['due', 'sent', 'given-up']),
  created_at: moment,
  attempts: count,
  problem: optionalText,
});

const givenUpRow = z.object({ type: text, count, problem: optionalText });

const counts = z.object({ due: count, sent: count, given_up: count, oldest: moment.nullable() });
