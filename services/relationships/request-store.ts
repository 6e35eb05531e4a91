import { z } from 'zod';
import { DIRECTORY_ROLES, type RoleReading } from '../access/directory-roles.ts';
import type { RequestId, TenantId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import {
  count,
  moment,
  optionalMoment,
  optionalText,
  person,
  requestId,
  tenantId,
  text,
  userId,
} from '../storage/rows.ts';
import { type Approver, REQUEST_STATES, type RelationshipRequest } from './relationship.ts';

const SELECT = `
  select r.*, (select jsonb_agg(jsonb_build_object('signInName', a.sign_in_name, 'userId', a.user_id, 'name', a.name,
    'roles', a.roles)
    order by a.position) from approvers a where a.request_id = r.id) as approvers
  from requests r`;

export async function findRequest(db: Queryable, id: RequestId): Promise<RelationshipRequest | undefined> {
  return first(await db.query(`${SELECT} where r.id = $1`, [id]));
}

/** Finds by what a card's button carries. */
export async function findRequestByReference(
  db: Queryable,
  reference: string,
): Promise<RelationshipRequest | undefined> {
  return first(await db.query(`${SELECT} where r.reference = $1`, [reference]));
}

/** The request of that customer that still waits for somebody, if any: there is never more than one. */
export async function findOpenRequest(db: Queryable, customer: TenantId): Promise<RelationshipRequest | undefined> {
  return first(
    await db.query(`${SELECT} where r.customer_tenant_id = $1 and r.state in ('sent', 'approved')`, [customer]),
  );
}

/** Requests in which this person is named as an approver and not bound yet, or bound already. */
export async function requestsForApprover(
  db: Queryable,
  who: { tenantId: TenantId; userId: string; signInName?: string },
): Promise<readonly RelationshipRequest[]> {
  const rows = await db.query(
    `${SELECT} where r.customer_tenant_id = $1 and exists (select 1 from approvers a where a.request_id = r.id
      and (a.user_id = $2 or (a.user_id is null and a.sign_in_name = $3))) order by r.created_at desc limit 20`,
    [who.tenantId, who.userId, who.signInName?.toLowerCase() ?? ''],
  );
  return rows.map(parse);
}

/** The newest requests, open ones first. */
export async function listRequests(
  db: Queryable,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<{ requests: readonly RelationshipRequest[]; total: number }> {
  const rows = await db.query(
    `${SELECT} order by (r.state in ('sent', 'approved')) desc, r.created_at desc, r.id limit $1 offset $2`,
    [limit, offset],
  );
  const [row] = await db.query('select count(*) as n from requests');
  return { requests: rows.map(parse), total: Number(row?.n) };
}

/** Requests that led to a relationship which, going by our copy of the customer list, is no longer there. */
export async function requestsThatMayHaveEnded(db: Queryable): Promise<readonly RelationshipRequest[]> {
  const rows = await db.query(
    `${SELECT} where r.state = 'active' and not exists (select 1 from customers c
       where c.tenant_id = r.customer_tenant_id and c.is_reseller) order by r.created_at limit 500`,
  );
  return rows.map(parse);
}

/** How many requests wait for an answer or for Microsoft. */
export async function countOpenRequests(db: Queryable): Promise<number> {
  const [row] = await db.query(`select count(*) as n from requests where state in ('sent', 'approved')`);
  return Number(row?.n);
}

/** The newest request of each of these customers. */
export async function latestRequests(
  db: Queryable,
  customers: readonly TenantId[],
): Promise<readonly RelationshipRequest[]> {
  const rows = await db.query(
    `select distinct on (q.customer_tenant_id) q.* from (${SELECT} where r.customer_tenant_id = any($1::text[])) q
     order by q.customer_tenant_id, q.created_at desc`,
    [customers],
  );
  return rows.map(parse);
}

export async function insertRequest(tx: Transaction, request: RelationshipRequest): Promise<void> {
  await tx.query(
    `insert into requests (id, reference, customer_tenant_id, customer_name, customer_domain, route, link, note,
       requested_by, state, created_at, expires_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13)`,
    [
      request.id,
      request.reference,
      request.customer.tenantId,
      request.customer.name,
      request.customer.domain,
      request.route,
      request.link,
      request.note ?? null,
      JSON.stringify(request.requestedBy),
      request.state,
      request.createdAt,
      request.expiresAt,
      request.version,
    ],
  );
  for (const [position, approver] of request.approvers.entries()) await insertApprover(tx, request, position, approver);
}

async function insertApprover(
  tx: Transaction,
  { id, customer }: RelationshipRequest,
  position: number,
  { signInName, userId, name }: Approver,
): Promise<void> {
  await tx.query(
    `insert into approvers (request_id, position, customer_tenant_id, sign_in_name, user_id, name)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, position, customer.tenantId, signInName, userId ?? null, name ?? null],
  );
}

/** Writes over the version that was read and counts it up; `conflict` when somebody wrote in between. */
export async function replaceRequest(
  tx: Transaction,
  before: RelationshipRequest,
  after: RelationshipRequest,
): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update requests set state = $3, decision = $4::jsonb, active_at = $5, reminders = $6::jsonb, version = version + 1
     where id = $1 and version = $2 returning id`,
    [
      before.id,
      before.version,
      after.state,
      after.decision ? JSON.stringify(after.decision) : null,
      after.activeAt ?? null,
      JSON.stringify(after.reminders),
    ],
  );
  if (rows.length === 0) return 'conflict';
  for (const [position, approver] of after.approvers.entries()) {
    if (position >= before.approvers.length) await insertApprover(tx, before, position, approver);
    else if (approver !== before.approvers[position]) await changeApprover(tx, before.id, position, approver);
  }
  return 'saved';
}

async function changeApprover(tx: Transaction, id: RequestId, position: number, approver: Approver): Promise<void> {
  await tx.query(
    `update approvers set user_id = $3, name = $4, roles = $5::jsonb where request_id = $1 and position = $2`,
    [
      id,
      position,
      approver.userId ?? null,
      approver.name ?? null,
      approver.roles ? JSON.stringify(approver.roles) : null,
    ],
  );
}

const roleReading = z
  .object({ roles: z.array(z.enum(DIRECTORY_ROLES)), at: moment })
  .nullish()
  .transform((value): RoleReading | undefined => value ?? undefined);

const approverRow = z.object({
  signInName: text,
  userId: userId.nullish().transform((value) => value ?? undefined),
  name: optionalText,
  roles: roleReading,
});

const row = z.object({
  id: requestId,
  reference: text,
  customer_tenant_id: tenantId,
  customer_name: text,
  customer_domain: text,
  route: z.enum(['direct', 'through-distributor']),
  link: text,
  note: optionalText,
  requested_by: person,
  approvers: z.array(approverRow),
  state: z.enum(REQUEST_STATES),
  decision: z
    .object({
      decision: z.enum(['approve', 'decline']),
      by: person,
      at: moment,
      reason: optionalText,
      roles: roleReading,
    })
    .nullish()
    .transform((value) => value ?? undefined),
  created_at: moment,
  expires_at: moment,
  active_at: optionalMoment,
  reminders: z.array(moment),
  version: count,
});

function first(rows: readonly Row[]): RelationshipRequest | undefined {
  return rows[0] && parse(rows[0]);
}

function parse(raw: Row): RelationshipRequest {
  const found = row.parse(raw);
  return {
    id: found.id,
    reference: found.reference,
    customer: { tenantId: found.customer_tenant_id, name: found.customer_name, domain: found.customer_domain },
    route: found.route,
    link: found.link,
    requestedBy: found.requested_by,
    approvers: found.approvers,
    state: found.state,
    createdAt: found.created_at,
    expiresAt: found.expires_at,
    version: found.version,
    note: found.note,
    decision: found.decision,
    activeAt: found.active_at,
    reminders: found.reminders,
  };
}
