import { z } from 'zod';
import type { TenantId } from '../identity.ts';
import type { PartnerCustomer } from '../relationships/ports.ts';
import type { Queryable, Row } from '../storage/ports.ts';
import { moment, optionalMoment, tenantId, text } from '../storage/rows.ts';

/** A customer as Partner Center last told of it. */
export type Customer = PartnerCustomer & Readonly<{ since?: Date; checkedAt: Date }>;

export async function findCustomer(db: Queryable, id: TenantId): Promise<Customer | undefined> {
  const [found] = await db.query('select * from customers where tenant_id = $1', [id]);
  return found && parse(found);
}

/** Customers by name, those with a relationship only if asked; what begins with `query` comes before what contains it. */
export async function listCustomers(
  db: Queryable,
  filter: { query?: string; activeOnly?: boolean; limit: number; offset?: number },
): Promise<{ customers: readonly Customer[]; total: number }> {
  const start = `${(filter.query ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await db.query(
    `select *, count(*) over () as total from customers
     where (lower(name) like $1 or lower(domain) like $1) and (is_reseller or not $2)
     order by (lower(name) like $5 or lower(domain) like $5) desc, lower(name), tenant_id limit $3 offset $4`,
    [`%${start}`, filter.activeOnly ?? false, filter.limit, filter.offset ?? 0, start],
  );
  return { customers: rows.map(parse), total: Number(rows[0]?.total ?? 0) };
}

/** Keeps what Partner Center said; `since` is when a relationship was first seen. */
export async function saveCustomer(db: Queryable, customer: PartnerCustomer, at: Date): Promise<void> {
  await db.query(
    `insert into customers (tenant_id, name, domain, is_reseller, since, checked_at)
     values ($1, $2, $3, $4, case when $4 then $5::timestamptz end, $5)
     on conflict (tenant_id) do update set name = excluded.name, domain = excluded.domain,
       is_reseller = excluded.is_reseller, checked_at = excluded.checked_at,
       since = case when excluded.is_reseller then coalesce(customers.since, excluded.since) end`,
    [customer.tenantId, customer.name, customer.domain, customer.isReseller, at],
  );
}

/** Notes that Partner Center knows no relationship with this customer (any more). */
export async function saveNoRelationship(db: Queryable, id: TenantId, at: Date): Promise<void> {
  await db.query('update customers set is_reseller = false, since = null, checked_at = $2 where tenant_id = $1', [
    id,
    at,
  ]);
}

const row = z.object({
  tenant_id: tenantId,
  name: text,
  domain: text,
  is_reseller: z.boolean(),
  since: optionalMoment,
  checked_at: moment,
});

function parse(raw: Row): Customer {
  const found = row.parse(raw);
  return {
    tenantId: found.tenant_id,
    name: found.name,
    domain: found.domain,
    isReseller: found.is_reseller,
    since: found.since,
    checkedAt: found.checked_at,
  };
}
