import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import { parseTenantId, type TenantId } from '../identity.ts';
import type { Database } from '../storage/ports.ts';
import { type LinkExpectation, verifyRelationshipLink } from './link.ts';
import type { PartnerRelationships, SalesRoute, Tenant, TenantDirectory } from './ports.ts';
import { DAYS_TO_ANSWER, parseApprovers } from './relationship.ts';
import { findOpenRequest } from './request-store.ts';

/** What a rep asked for, checked but not yet sent. */
export type PreparedRequest = Readonly<{
  customer: Tenant;
  approvers: readonly string[];
  route: SalesRoute;
  note?: string;
  link: string;
  expiresAt: Date;
  /** Approvers whose domain belongs to another organisation: probably a slip, and they could never answer. */
  foreignApprovers: readonly string[];
}>;

export type RequestWish = Readonly<{ customer: string; approvers: string; route: SalesRoute; note?: string }>;

export type PreparationPorts = Readonly<{
  db: Database;
  partnerCenter: PartnerRelationships;
  tenants: TenantDirectory;
  customers: CustomerService;
  now: () => Date;
  partner: Readonly<{ tenantId: TenantId; linkRules: Omit<LinkExpectation, 'route'> }>;
}>;

const DAY_MS = 86_400_000;

/**
 * Checks everything about a request before it is shown to the rep: who the customer is, whom to ask, and Microsoft's
 * link, whose partner and rights are verified.
 *
 * @throws ServiceError `customer-not-found`, `customer-is-partner`, `no-approvers`, `approver-name-invalid`,
 * `request-open-already`, `already-active`, `link-refused`, or a code of the services it asks.
 */
export function createPreparation(ports: PreparationPorts) {
  const { db, now } = ports;

  async function resolveTenant(text: string): Promise<Tenant> {
    const id = parseTenantId(text);
    const domain = text.trim().toLowerCase();
    const found = id ? await ports.tenants.findById(id) : await ports.tenants.findByDomain(domain);
    if (!found) throw new ServiceError('customer-not-found', 'no such tenant', { customer: domain.slice(0, 80) });
    if (found.tenantId === ports.partner.tenantId) throw new ServiceError('customer-is-partner', 'own tenant');
    return id || !domain.includes('.') ? found : { ...found, domain };
  }

  /** Domains nobody knows are left alone: a sign-in name need not be in a domain that can be looked up. */
  async function findForeign(customer: Tenant, approvers: readonly string[]): Promise<readonly string[]> {
    const domainOf = (name: string) => name.slice(name.indexOf('@') + 1);
    const foreign = new Set<string>();
    for (const domain of new Set(approvers.map(domainOf))) {
      const owner = domain === customer.domain ? undefined : await ports.tenants.findByDomain(domain);
      if (owner && owner.tenantId !== customer.tenantId) foreign.add(domain);
    }
    return approvers.filter((name) => foreign.has(domainOf(name)));
  }

  async function refuseIfPointless(customer: Tenant): Promise<void> {
    const open = await findOpenRequest(db, customer.tenantId);
    if (open) {
      throw new ServiceError('request-open-already', `open: ${open.id}`, {
        customer: customer.name,
        by: open.requestedBy.name,
        date: open.createdAt,
      });
    }
    if (await ports.customers.checkRelationship(customer.tenantId)) {
      throw new ServiceError('already-active', 'relationship exists', {
        customer: customer.name,
        tenantId: customer.tenantId,
      });
    }
  }

  return async (wish: RequestWish): Promise<PreparedRequest> => {
    const approvers = parseApprovers(wish.approvers);
    const customer = await resolveTenant(wish.customer);
    await refuseIfPointless(customer);
    const { route } = wish;
    const link = await ports.partnerCenter.requestLink(route);
    const verified = verifyRelationshipLink(link, { ...ports.partner.linkRules, route });
    const expiresAt = new Date(now().getTime() + DAYS_TO_ANSWER * DAY_MS);
    const foreignApprovers = await findForeign(customer, approvers);
    const note = wish.note?.trim() || undefined;
    return { customer, approvers, route, note, link: verified, expiresAt, foreignApprovers };
  };
}
