import { z } from 'zod';
import type { TenantId } from '../identity.ts';
import { findPerson, type KnownPerson } from '../people/people-store.ts';
import type { Queryable } from '../storage/ports.ts';
import { person } from '../storage/rows.ts';

/** The person whose approval led to the relationship with this customer; nobody where it is older than Tarmac. */
export async function whoConsented(db: Queryable, customer: TenantId): Promise<KnownPerson | undefined> {
  const [found] = await db.query(
    `select decision from requests where customer_tenant_id = $1 and state = 'active' and decision is not null
     order by created_at desc limit 1`,
    [customer],
  );
  return found && findPerson(db, row.parse(found).decision.by);
}

const row = z.object({ decision: z.object({ by: person }) });
