import { z } from 'zod';
import type { TenantId } from '../../services/identity.ts';
import { type Finding, ok, problem } from '../../services/operation/finding.ts';
import type { Queryable } from '../../services/storage/ports.ts';

/** Who has the app: colleagues, people of each customer, and above all the approvers of requests that wait for an answer. */
export async function examineInstallations(db: Queryable, partnerTenantId: TenantId): Promise<readonly Finding[]> {
  const [counts] = countRows.parse(await db.query(COUNTS, [partnerTenantId]));
  const { colleagues = 0, customers = 0, tenants = 0 } = counts ?? {};
  const asked = askedRows.parse(await db.query(ASKED));
  const waiting = waitingRows.parse(await db.query(WAITING));
  return [
    ok('installed', 'installed', { colleagues, customers, tenants }),
    ...(asked.length > 0 ? [reachFinding(asked)] : []),
    ...waiting.map(waitingFinding),
  ];
}

/** So many customers are named; the others are counted. */
const MAX_NAMED = 5;

/** Customers of whom nobody has the app get requests by e-mail only, and no notices: worth knowing, and no fault. */
function reachFinding(asked: readonly z.output<typeof askedRow>[]): Finding {
  const without = asked.filter(({ people }) => people === 0).map(({ customer }) => customer);
  if (without.length === 0) return ok('installed', 'customers-reached', { count: asked.length });
  const names = [...without.slice(0, MAX_NAMED), ...(without.length > MAX_NAMED ? ['…'] : [])].join(', ');
  return ok('installed', 'customers-without', { count: without.length, total: asked.length, names });
}

function waitingFinding({ customer, approvers, reached }: Waiting): Finding {
  const values = { customer, approvers, reached };
  if (reached > 0) return ok('approvers', 'approvers-some', values);
  return problem('approvers', 'approvers-none', 'install', values);
}

const COUNTS = `select count(*) filter (where tenant_id = $1) as colleagues,
    count(*) filter (where tenant_id <> $1) as customers,
    count(distinct tenant_id) filter (where tenant_id <> $1) as tenants
  from people where installed`;
const countRows = z.array(z.object({ colleagues: z.number(), customers: z.number(), tenants: z.number() }));

/** Customers with a request that is open or came to something, and how many of their people have the app. */
const ASKED = `select max(r.customer_name) as customer,
    (select count(*) from people p where p.installed and p.tenant_id = r.customer_tenant_id) as people
  from requests r where r.state in ('sent', 'approved', 'active')
  group by r.customer_tenant_id order by 1`;
const askedRow = z.object({ customer: z.string(), people: z.number() });
const askedRows = z.array(askedRow);

const WAITING = `select r.customer_name as customer, count(*) as approvers, count(p.one) as reached
  from requests r join approvers a on a.request_id = r.id
  left join lateral (
    select 1 as one from people where tenant_id = a.customer_tenant_id and installed
      and (user_id = a.user_id or sign_in_name = a.sign_in_name) limit 1) p on true
  where r.state = 'sent' group by r.id, r.customer_name order by r.customer_name`;
const waitingRows = z.array(z.object({ customer: z.string(), approvers: z.number(), reached: z.number() }));
type Waiting = z.output<typeof waitingRows>[number];
