import { z } from 'zod';
import { createOutbox } from '../messages/message-store.ts';
import type { TellingPorts } from '../messages/ports.ts';
import type { Queryable, Transaction } from '../storage/ports.ts';
import { count, moment, optionalMoment, text } from '../storage/rows.ts';
import { type ChainHead, findBreak, findHead, holds, record } from './audit.ts';
import { type Contradiction, findContradictions, WITNESSED } from './witness.ts';

/** Something that contradicts the audit, as the administrators are told of it. */
export type Alarm = Readonly<{
  id: string;
  /** `audit`: the chain itself does not hold. */
  kind: Contradiction['kind'];
  subjectId: string;
  foundAt: Date;
  toldAt?: Date;
}>;

/** So many alarms are told in a day. */
const TOLD_PER_DAY = 20;
/** So many contradictions are taken from one look. */
const PER_LOOK = 100;
/** So many old entries are checked again in one look, in turn; what is new is checked at once. */
const ENTRIES_PER_LOOK = 5_000;
const DAY_MS = 24 * 3_600_000;

export type Alarms = ReturnType<typeof createAlarms>;

/**
 * Tells administrators of rows that were changed behind Tarmac's back, once of each: in the log at once, in Teams, in a
 * metric, and in the audit.
 */
export function createAlarms(ports: TellingPorts) {
  const { db, jobs, now, log } = ports;
  /** The newest entry that this process has seen in its place, and how far it has checked the old ones again. */
  let seen: ChainHead | undefined;
  let turn = 0;

  async function raise(tx: Transaction, contradiction: Contradiction): Promise<void> {
    const { kind, id: subjectId, found, recorded, customer } = contradiction;
    const rows = await tx.query(
      `insert into alarms (id, subject_kind, subject_id, found, recorded, found_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning id`,
      [ports.newId(), kind, subjectId, found, recorded, now()],
    );
    const [id] = z.array(z.object({ id: text })).parse(rows);
    if (!id) return; // known already
    log.error('the database contradicts the audit', { kind, subject: subjectId, found, recorded });
    const subject = { kind, id: subjectId };
    const details = { found, recorded };
    await record(tx, { at: now(), action: `${kind}.contradicted`, subject, customerTenantId: customer, details });
    await jobs.enqueue(tx, [{ queue: 'alarm', id: id.id, step: 1 }]);
  }

  async function lookAtChain(): Promise<Contradiction | undefined> {
    if (seen && !(await holds(db, seen))) return broken(seen.seq, 'its end was cut off or written anew');
    const head = await findHead(db);
    const newest = await findBreak(db, { after: Math.max(0, ((seen ?? head)?.seq ?? 0) - 1) });
    const at = newest ?? (await findBreak(db, { after: turn, upTo: turn + ENTRIES_PER_LOOK }));
    if (at !== undefined) return broken(at, 'it does not follow from the one before');
    turn = turn + ENTRIES_PER_LOOK < (head?.seq ?? 0) ? turn + ENTRIES_PER_LOOK : 0;
    seen = head;
    return undefined;
  }

  /** Of many at once the first are told; the others are told on the following days, should nobody have looked by then. */
  async function isEnough(): Promise<boolean> {
    const since = new Date(now().getTime() - DAY_MS);
    const [told] = await db.query('select count(*) as n from alarms where told_at > $1', [since]);
    return count.parse(told?.n) >= TOLD_PER_DAY;
  }

  return {
    raise,

    /** Compares what the tables say with what was recorded, and checks the part of the chain that is new. */
    async look(): Promise<void> {
      const chain = await lookAtChain();
      const all = [...(chain ? [chain] : []), ...(await findContradictions(db, PER_LOOK))];
      for (const contradiction of all) await db.transaction((tx) => raise(tx, contradiction));
      const untold = await db.query('select id from alarms where told_at is null order by found_at limit $1', [
        TOLD_PER_DAY,
      ]);
      const waiting = untold.map(({ id }) => ({ queue: 'alarm', id: String(id), step: 1 }) as const);
      if (waiting.length > 0) await db.transaction((tx) => jobs.enqueue(tx, waiting));
    },

    /** The job that tells of one alarm. Begun again it tells nobody twice. */
    async tell(id: string): Promise<void> {
      const alarm = await findAlarm(db, id);
      if (!alarm || alarm.toldAt || (await isEnough())) return;
      const recipients = await ports.whomToTell();
      if (recipients.length === 0) {
        log.error('no administrator can be reached about an alarm', { alarm: id });
        return;
      }
      await db.transaction(async (tx) => {
        const told = 'update alarms set told_at = $2 where id = $1 and told_at is null returning id';
        if ((await tx.query(told, [id, now()])).length === 0) return;
        const outbox = createOutbox(tx, jobs, ports.newId);
        for (const recipient of recipients) {
          await outbox.want({ kind: 'alarm', id }, 'alarm.notice', recipient, 'urgent');
        }
      });
    },
  };
}

export async function findAlarm(db: Queryable, id: string): Promise<Alarm | undefined> {
  const [found] = await db.query('select * from alarms where id = $1', [id]);
  return found && parse(found);
}

/** How many alarms were found since then: for those who watch over an installation. */
export async function countAlarms(db: Queryable, since: Date): Promise<number> {
  const [row] = await db.query('select count(*) as n from alarms where found_at > $1', [since]);
  return count.parse(row?.n);
}

function broken(seq: number, why: string): Contradiction {
  return { kind: 'audit', id: String(seq), found: 'broken', recorded: why };
}

const row = z.object({
  id: text,
  subject_kind: z.enum([...WITNESSED, 'audit']),
  subject_id: text,
  found_at: moment,
  told_at: optionalMoment,
});

function parse(raw: unknown): Alarm {
  const found = row.parse(raw);
  const { id, subject_kind: kind, subject_id: subjectId, found_at: foundAt, told_at: toldAt } = found;
  return { id, kind, subjectId, foundAt, toldAt };
}
