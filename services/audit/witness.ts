import { z } from 'zod';
import type { TenantId } from '../identity.ts';
import type { Queryable } from '../storage/ports.ts';
import { optionalText, text } from '../storage/rows.ts';

/** Things whose every change of state has an entry in the audit. */
export const WITNESSED = ['request', 'batch', 'removal'] as const;
export type WitnessedKind = (typeof WITNESSED)[number];

/** A row that does not say what the audit says: somebody changed it behind Tarmac's back. */
export type Contradiction = Readonly<{
  kind: WitnessedKind | 'audit';
  id: string;
  /** What the row says, and what the audit says instead; empty when it says nothing of it. */
  found: string;
  recorded: string;
  customer?: TenantId;
}>;

/** Actions by which a thing gets into a state; other entries about it change nothing. */
const ACTIONS: Readonly<Record<WitnessedKind, readonly string[]>> = {
  request: ['sent', 'approved', 'declined', 'active', 'withdrawn', 'expired', 'ended'].map((name) => `request.${name}`),
  batch: ['confirmed', 'done', 'done-with-errors', 'failed', 'needs-human'].map((name) => `batch.${name}`),
  removal: [
    ...['asked', 'confirmed', 'refused', 'withdrawn', 'expired', 'done', 'done-with-errors', 'needs-human'],
  ].map((name) => `removal.${name}`),
};

/**
 * Whether the audit says that this was confirmed, for this customer, and nothing since. Asked before what was confirmed is
 * carried out, because the row alone can be written by whoever owns the database.
 */
export async function isConfirmed(
  db: Queryable,
  { kind, id, customer }: Readonly<{ kind: 'batch' | 'removal'; id: string; customer: TenantId }>,
): Promise<boolean> {
  const [last] = await db.query(
    `select action, customer_tenant_id from audit where subject_kind = $1 and subject_id = $2
       and action = any($3::text[]) order by seq desc limit 1`,
    [kind, id, ACTIONS[kind]],
  );
  return last?.action === `${kind}.confirmed` && last.customer_tenant_id === customer;
}

/** Rows of one kind that are compared in one statement, so that none of them takes long. */
const PAGE = 500;

/**
 * Compares requests, batches and removals with the last entry about each: their state, their customer, who decided, and the link
 * that a customer follows.
 *
 * @returns at most `limit` contradictions.
 */
export async function findContradictions(db: Queryable, limit: number): Promise<readonly Contradiction[]> {
  const found: Contradiction[] = [];
  for (const kind of WITNESSED) {
    let after = '';
    while (found.length < limit) {
      const rows = z.array(row).parse(await db.query(COMPARED[kind], [after, PAGE, ACTIONS[kind]]));
      found.push(...rows.filter(isContradicted).map((each) => contradictionOf(kind, each)));
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.id ?? '';
    }
  }
  return found.slice(0, limit);
}

const row = z.object({
  id: text,
  customer: text.transform((value) => value as TenantId),
  /** What the row says, in the audit's words; nothing while nothing has to be recorded yet. */
  says: optionalText,
  decider: optionalText,
  action: optionalText,
  recorded_customer: optionalText,
  recorded_decider: optionalText,
  link: optionalText,
  recorded_link: optionalText,
});
type Compared = z.output<typeof row>;

function isContradicted(each: Compared): boolean {
  if (each.says !== each.action || each.decider !== each.recorded_decider || each.link !== each.recorded_link)
    return true;
  return each.action !== undefined && each.recorded_customer !== each.customer;
}

function contradictionOf(kind: WitnessedKind, each: Compared): Contradiction {
  const { id, customer, says, decider, link, action } = each;
  const { recorded_customer: place, recorded_decider: by, recorded_link: sent } = each;
  const told = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');
  return { kind, id, customer, found: told(says, customer, decider, link), recorded: told(action, place, by, sent) };
}

/** `says`: the action that must be the last one about the row. `decided`: which entries name who decided. */
function compared(
  table: string,
  kind: WitnessedKind,
  { says, decided }: Readonly<{ says: string; decided: string }>,
): string {
  const decider = kind === 'batch' ? 'null' : `r.decision #>> '{by,userId}'`;
  const sent = `(select details ->> 'link' from audit where subject_kind = 'request' and subject_id = r.id
      and action = 'request.sent' order by seq limit 1)`;
  return `select r.id, r.customer_tenant_id as customer, ${says} as says, ${decider} as decider, last.action,
      last.customer_tenant_id as recorded_customer, answer.user_id as recorded_decider,
      ${kind === 'request' ? 'r.link' : 'null'} as link, ${kind === 'request' ? sent : 'null'} as recorded_link
    from (select * from ${table} where id > $1 order by id limit $2) r
    left join lateral (select action, customer_tenant_id from audit where subject_kind = '${kind}'
      and subject_id = r.id and action = any($3::text[]) order by seq desc limit 1) last on true
    left join lateral (select actor ->> 'userId' as user_id from audit where subject_kind = '${kind}'
      and subject_id = r.id and action in (${decided}) order by seq limit 1) answer on true
    order by r.id`;
}

const COMPARED: Readonly<Record<WitnessedKind, string>> = {
  request: compared('requests', 'request', {
    says: `'request.' || r.state`,
    decided: `'request.approved', 'request.declined'`,
  }),
  batch: compared('batches', 'batch', {
    says: `case when r.state in ('draft', 'cancelled') then null
      when r.state in ('sending', 'waiting') then 'batch.confirmed' else 'batch.' || r.state end`,
    decided: `''`,
  }),
  removal: compared('removals', 'removal', {
    says: `case when r.state in ('draft', 'cancelled') then null
      when r.state = 'removing' then 'removal.confirmed' else 'removal.' || r.state end`,
    decided: `'removal.confirmed', 'removal.refused'`,
  }),
};
