import { z } from 'zod';
import type { BatchId, TenantId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, moment, optionalMoment, optionalText, person, tenantId, text } from '../storage/rows.ts';
import { BATCH_STATES, type Batch, type BatchState } from './batch.ts';

export async function findBatch(db: Queryable, id: BatchId): Promise<Batch | undefined> {
  const [found] = await db.query('select * from batches where id = $1', [id]);
  return found && parseBatch(found);
}

/**
 * Batches that were confirmed, newest first; `query` is looked for in their names and their customers', and `states` are
 * what else it may mean.
 */
export async function listBatches(
  db: Queryable,
  page: { query?: string; states?: readonly BatchState[]; limit: number; offset: number },
): Promise<{ batches: readonly Batch[]; total: number }> {
  const pattern = `%${(page.query ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await db.query(
    `select *, count(*) over () as total from batches where state not in ('draft', 'cancelled')
       and (lower(name) like $3 or lower(customer_name) like $3 or lower(customer_domain) like $3
         or state = any($4::text[]))
     order by created_at desc, id limit $1 offset $2`,
    [page.limit, page.offset, pattern, page.states ?? []],
  );
  return { batches: rows.map(parseBatch), total: Number(rows[0]?.total ?? 0) };
}

/** How many batches are under way. */
export async function countRunningBatches(db: Queryable): Promise<number> {
  const [row] = await db.query(`select count(*) as n from batches where state in ('sending', 'waiting')`);
  return Number(row?.n);
}

/** The batch of that customer which has, or had, this name at Partner Center, if any. */
export async function findBatchByName(db: Queryable, customer: TenantId, name: string): Promise<Batch | undefined> {
  const [found] = await db.query(
    `select * from batches where customer_tenant_id = $1 and lower(name) = lower($2)
       and state not in ('draft', 'cancelled', 'failed')`,
    [customer, name],
  );
  return found && parseBatch(found);
}

export async function insertBatch(tx: Transaction, batch: Batch): Promise<void> {
  await tx.query(
    `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, origin, state,
       created_at, version) values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10)`,
    [
      batch.id,
      batch.customer.tenantId,
      batch.customer.name,
      batch.customer.domain,
      batch.name,
      JSON.stringify(batch.requestedBy),
      batch.origin ? JSON.stringify(batch.origin) : null,
      batch.state,
      batch.createdAt,
      batch.version,
    ],
  );
}

/** Writes over the version that was read and counts it up; `conflict` when somebody wrote in between. */
export async function replaceBatch(tx: Transaction, after: Batch): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update batches set name = $3, state = $4, problem = $5, confirmed_at = $6, finished_at = $7, version = version + 1
     where id = $1 and version = $2 returning id`,
    [
      after.id,
      after.version,
      after.name,
      after.state,
      after.problem ?? null,
      after.confirmedAt ?? null,
      after.finishedAt ?? null,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

/** Notes which batch this one follows. */
export async function saveFollowed(tx: Transaction, { id, follows }: Pick<Batch, 'id' | 'follows'>): Promise<void> {
  await tx.query('update batches set follows = $2 where id = $1', [id, follows ?? null]);
}

/** Notes which batch of Partner Center this one adds to. */
export async function saveAddsTo(tx: Transaction, { id, addsTo }: Pick<Batch, 'id' | 'addsTo'>): Promise<void> {
  await tx.query('update batches set adds_to = $2, adds_to_count = $3 where id = $1', [
    id,
    addsTo?.name ?? null,
    addsTo?.deviceCount ?? null,
  ]);
}

/** Batches that send again what was refused in this one, and were not thrown away. */
export async function findFollowers(db: Queryable, id: BatchId): Promise<readonly Batch[]> {
  const rows = await db.query(
    `select * from batches where follows = $1 and state not in ('cancelled', 'failed') order by created_at`,
    [id],
  );
  return rows.map(parseBatch);
}

/** Notes which profile the devices of a batch are to get. */
export async function saveProfile(tx: Transaction, { id, profile }: Pick<Batch, 'id' | 'profile'>): Promise<void> {
  await tx.query('update batches set profile_id = $2, profile_name = $3 where id = $1', [
    id,
    profile?.id ?? null,
    profile?.name ?? null,
  ]);
}

const batchRow = z.object({
  id: text.transform((value) => value as BatchId),
  customer_tenant_id: tenantId,
  customer_name: text,
  customer_domain: text,
  name: text,
  requested_by: person,
  origin: z
    .object({ tenantId, conversationId: z.string(), serviceUrl: z.string() })
    .nullish()
    .transform((value) => value ?? undefined),
  state: z.enum(BATCH_STATES),
  profile_id: optionalText,
  profile_name: optionalText,
  follows: optionalText.transform((value) => value as BatchId | undefined),
  adds_to: optionalText,
  adds_to_count: count.nullish().transform((value) => value ?? undefined),
  problem: optionalText,
  created_at: moment,
  confirmed_at: optionalMoment,
  finished_at: optionalMoment,
  version: count,
});

/** Reads a row of `batches`, as it is or as JSON. */
export function parseBatch(raw: Row): Batch {
  const found = batchRow.parse(raw);
  return {
    id: found.id,
    customer: { tenantId: found.customer_tenant_id, name: found.customer_name, domain: found.customer_domain },
    name: found.name,
    requestedBy: found.requested_by,
    origin: found.origin,
    ...(found.profile_id && { profile: { id: found.profile_id, name: found.profile_name ?? '' } }),
    ...(found.follows && { follows: found.follows }),
    ...(found.adds_to && { addsTo: { name: found.adds_to, deviceCount: found.adds_to_count } }),
    state: found.state,
    problem: found.problem,
    createdAt: found.created_at,
    confirmedAt: found.confirmed_at,
    finishedAt: found.finished_at,
    version: found.version,
  };
}
