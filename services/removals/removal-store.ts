import { z } from 'zod';
import type { RemovalId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, moment, optionalMoment, optionalText, person, tenantId, text } from '../storage/rows.ts';
import { REMOVAL_STATES, type Removal } from './removal.ts';

export async function findRemoval(db: Queryable, id: RemovalId): Promise<Removal | undefined> {
  const [found] = await db.query('select * from removals where id = $1', [id]);
  return found && parse(found);
}

/** Removals that wait for an answer or are being carried out, those that wait longest first. */
export async function listOpenRemovals(db: Queryable, limit: number): Promise<readonly Removal[]> {
  const sql = `select * from removals where state in ('asked', 'removing') order by asked_at, id limit $1`;
  return (await db.query(sql, [limit])).map(parse);
}

export async function insertRemoval(tx: Transaction, removal: Removal): Promise<void> {
  const { customer } = removal;
  await tx.query(
    `insert into removals (id, customer_tenant_id, customer_name, customer_domain, requested_by, state, created_at, version)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)`,
    [
      removal.id,
      customer.tenantId,
      customer.name,
      customer.domain,
      JSON.stringify(removal.requestedBy),
      removal.state,
      removal.createdAt,
      removal.version,
    ],
  );
}

/** Writes over the version that was read and counts it up; `conflict` when somebody wrote in between. */
export async function replaceRemoval(tx: Transaction, after: Removal): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update removals set state = $3, looked_into = $4::jsonb, decision = $5::jsonb, problem = $6, asked_at = $7,
       expires_at = $8, finished_at = $9, step = $10, version = version + 1
     where id = $1 and version = $2 returning id`,
    [
      after.id,
      after.version,
      after.state,
      JSON.stringify(after.lookedInto),
      after.decision ? JSON.stringify(after.decision) : null,
      after.problem ?? null,
      after.askedAt ?? null,
      after.expiresAt ?? null,
      after.finishedAt ?? null,
      after.step,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

const removalRow = z.object({
  id: text.transform((value) => value as RemovalId),
  customer_tenant_id: tenantId,
  customer_name: text,
  customer_domain: text,
  requested_by: person,
  state: z.enum(REMOVAL_STATES),
  looked_into: z.array(text),
  decision: z
    .object({ answer: z.enum(['confirm', 'refuse']), by: person, at: moment, reason: text.optional() })
    .nullish()
    .transform((value) => value ?? undefined),
  problem: optionalText,
  created_at: moment,
  asked_at: optionalMoment,
  expires_at: optionalMoment,
  finished_at: optionalMoment,
  step: count,
  version: count,
});

function parse(raw: Row): Removal {
  const found = removalRow.parse(raw);
  return {
    id: found.id,
    customer: { tenantId: found.customer_tenant_id, name: found.customer_name, domain: found.customer_domain },
    requestedBy: found.requested_by,
    state: found.state,
    lookedInto: found.looked_into,
    decision: found.decision,
    problem: found.problem,
    createdAt: found.created_at,
    askedAt: found.asked_at,
    expiresAt: found.expires_at,
    finishedAt: found.finished_at,
    step: found.step,
    version: found.version,
  };
}
