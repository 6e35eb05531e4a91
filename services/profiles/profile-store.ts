import { z } from 'zod';
import type { TenantId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { optionalText, person, tenantId, text } from '../storage/rows.ts';
import { PROFILE_SETTINGS } from './ports.ts';
import { CHANGE_STATES, type ProfileChange } from './profile.ts';

/** Records the intent. `false` when this very change was begun before: a form sent twice is one change. */
export async function insertChange(tx: Transaction, change: ProfileChange, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into profile_changes (id, customer_tenant_id, kind, profile_id, draft, request_id, correlation_id,
       requested_by, state, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::jsonb, 'begun', $9) on conflict (id) do nothing returning id`,
    [
      change.id,
      change.customerId,
      change.kind,
      change.profileId ?? null,
      JSON.stringify(change.draft),
      change.requestId,
      change.correlationId,
      JSON.stringify(change.requestedBy),
      at,
    ],
  );
  return rows.length > 0;
}

export async function findChange(db: Queryable, id: string): Promise<ProfileChange | undefined> {
  const [found] = await db.query('select * from profile_changes where id = $1', [id]);
  return found && parseChange(found);
}

/** Records how a change ended, unless that is known already. */
export async function settleChange(tx: Transaction, change: ProfileChange, at: Date): Promise<'saved' | 'settled'> {
  const rows = await tx.query(
    `update profile_changes set state = $2, problem = $3, profile_id = $4, settled_at = $5
     where id = $1 and state = 'begun' returning id`,
    [change.id, change.state, change.problem ?? null, change.profileId ?? null, at],
  );
  return rows.length === 0 ? 'settled' : 'saved';
}

/** The profile new batches of this customer take unless another is chosen. */
export async function findDefault(db: Queryable, customer: TenantId): Promise<string | undefined> {
  const [found] = await db.query('select profile_id from default_profiles where customer_tenant_id = $1', [customer]);
  return found && text.parse(found.profile_id);
}

/** Sets the default, or takes it away where there is none. */
export async function saveDefault(tx: Transaction, customer: TenantId, profileId: string | undefined): Promise<void> {
  if (profileId === undefined) {
    await tx.query('delete from default_profiles where customer_tenant_id = $1', [customer]);
    return;
  }
  await tx.query(
    `insert into default_profiles (customer_tenant_id, profile_id) values ($1, $2)
     on conflict (customer_tenant_id) do update set profile_id = excluded.profile_id`,
    [customer, profileId],
  );
}

const changeRow = z.object({
  id: text,
  customer_tenant_id: tenantId,
  kind: z.enum(['create', 'update', 'delete']),
  profile_id: optionalText,
  draft: z.object({
    name: z.string(),
    description: z.string().optional(),
    settings: z.array(z.enum(PROFILE_SETTINGS)),
  }),
  request_id: text,
  correlation_id: text,
  requested_by: person,
  state: z.enum(CHANGE_STATES),
  problem: optionalText,
});

function parseChange(raw: Row): ProfileChange {
  const found = changeRow.parse(raw);
  return {
    id: found.id,
    customerId: found.customer_tenant_id,
    kind: found.kind,
    profileId: found.profile_id,
    draft: found.draft,
    requestId: found.request_id,
    correlationId: found.correlation_id,
    requestedBy: found.requested_by,
    state: found.state,
    problem: found.problem,
  };
}
