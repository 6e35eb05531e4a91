import type { TenantId } from '../identity.ts';
import type { Database, Queryable } from '../storage/ports.ts';
import { type ChainedEntry, type ChainHead, entriesOf, findBreak, findHead } from './audit.ts';

/** What can be shown to a customer or a court: everything recorded about one customer, and whether the chain holds. */
export type EvidencePack = Readonly<{
  format: 'tarmac-evidence-1';
  exportedAt: Date;
  customer: Readonly<{ tenantId: TenantId; name: string; domain: string }>;
  /** `firstBroken` is the first entry of the whole audit that was altered; absent when the chain holds. */
  chain: Readonly<{ head?: ChainHead; firstBroken?: number }>;
  entries: readonly ChainedEntry[];
}>;

/** Gathers the evidence about a customer, named by tenant id, domain or name; `undefined` when nobody of that name is known. */
export async function gatherEvidence(db: Database, customer: string, at: Date): Promise<EvidencePack | undefined> {
  const found = await findByAnyName(db, customer);
  if (!found) return undefined;
  return {
    format: 'tarmac-evidence-1',
    exportedAt: at,
    customer: found,
    chain: { head: await findHead(db), firstBroken: await findBreak(db) },
    entries: await entriesOf(db, found.tenantId),
  };
}

/** Customers we only ever asked are not in Partner Center's list: their requests name them. */
async function findByAnyName(db: Queryable, text: string): Promise<EvidencePack['customer'] | undefined> {
  const [found] = await db.query(
    `select tenant_id, name, domain from (
       select customer_tenant_id as tenant_id, customer_name as name, customer_domain as domain, created_at as at
       from requests
       union all select tenant_id, name, domain, checked_at from customers
       union all select customer_tenant_id, customer_name, customer_domain, created_at from batches) known
     where lower($1) in (tenant_id, lower(name), lower(domain)) order by at desc limit 1`,
    [text.trim()],
  );
  if (!found) return undefined;
  return { tenantId: String(found.tenant_id) as TenantId, name: String(found.name), domain: String(found.domain) };
}
