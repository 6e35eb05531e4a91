import { z } from 'zod';
import { countAlarms } from '../audit/alarms.ts';
import { countEvents } from '../events/event-store.ts';
import type { Queryable } from '../storage/ports.ts';
import { count, moment, text } from '../storage/rows.ts';

/** How much of what there is, by state, for those who watch over an installation. No names, no ids. */
export type Figures = Readonly<{
  batches: Readonly<Record<string, number>>;
  requests: Readonly<Record<string, number>>;
  messages: Readonly<Record<string, number>>;
  events: Readonly<Record<string, number>>;
  /** Since when the batch that is longest under way was confirmed. */
  oldestOpenBatch?: Date;
  /** Things that contradicted the audit in the last seven days. */
  alarms: number;
}>;

const WEEK_MS = 7 * 24 * 3_600_000;

/** Reads the figures: a handful of counts over indexed or short tables. */
export async function readFigures(db: Queryable, now: Date): Promise<Figures> {
  const { oldestDue: _, ...events } = await countEvents(db);
  const [oldest] = await db.query(
    `select min(confirmed_at) as at from batches where state in ('sending', 'waiting') and confirmed_at is not null`,
  );
  return {
    batches: await byState(db, 'batches'),
    requests: await byState(db, 'requests'),
    messages: await byState(db, 'messages'),
    events,
    oldestOpenBatch: moment.nullable().parse(oldest?.at ?? null) ?? undefined,
    alarms: await countAlarms(db, new Date(now.getTime() - WEEK_MS)),
  };
}

async function byState(db: Queryable, table: 'batches' | 'requests' | 'messages'): Promise<Record<string, number>> {
  const rows = z.array(z.object({ state: text, n: count }));
  const found = rows.parse(await db.query(`select state, count(*) as n from ${table} group by state`));
  return Object.fromEntries(found.map(({ state, n }) => [state, n]));
}
