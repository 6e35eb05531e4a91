import { z } from 'zod';
import type { TenantId } from '../../services/identity.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import { type Finding, ok, problem } from './finding.ts';

const HOW = 'Have them install Tarmac in Teams (appPackage/README.md, When an approver sees nothing).';

/** Who has the app: colleagues, customers' people, and above all the approvers of requests that wait for an answer. */
export async function examineInstallations(db: Queryable, partnerTenantId: TenantId): Promise<readonly Finding[]> {
  const [counts] = countRows.parse(await db.query(COUNTS, [partnerTenantId]));
  const { colleagues = 0, customers = 0, tenants = 0 } = counts ?? {};
  const summary = `${colleagues} at the partner, ${customers} at ${tenants} customers.`;
  const waiting = waitingRows.parse(await db.query(WAITING));
  return [ok('installed by', summary), ...waiting.map(waitingFinding)];
}

function waitingFinding({ customer, approvers, reached }: Waiting): Finding {
  if (reached > 0) return ok('approvers', `${customer}: ${reached} of ${approvers} have the app.`);
  const text = `${customer}: none of ${approvers} approvers of an open request has the app, so nobody saw the request in Teams.`;
  return problem('approvers', text, HOW);
}

const COUNTS = `select count(*) filter (where tenant_id = $1) as colleagues,
    count(*) filter (where tenant_id <> $1) as customers,
    count(distinct tenant_id) filter (where tenant_id <> $1) as tenants
  from people where installed`;
const countRows = z.array(z.object({ colleagues: z.number(), customers: z.number(), tenants: z.number() }));

const WAITING = `select r.customer_name as customer, count(*) as approvers, count(p.one) as reached
  from requests r join approvers a on a.request_id = r.id
  left join lateral (
    select 1 as one from people where tenant_id = a.customer_tenant_id and installed
      and (user_id = a.user_id or sign_in_name = a.sign_in_name) limit 1) p on true
  where r.state = 'sent' group by r.id, r.customer_name order by r.customer_name`;
const waitingRows = z.array(z.object({ customer: z.string(), approvers: z.number(), reached: z.number() }));
type Waiting = z.output<typeof waitingRows>[number];
