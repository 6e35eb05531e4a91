import { z } from 'zod';
import { parseTenantId } from '../../../services/identity.ts';
import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { guarded, hasRelationship, refuseWithoutRelationship } from './access.ts';
import { answer, camelJson, collection, notFound, pageLinks, pageOf, refuse, throttle } from './answers.ts';
import { recordAudit } from './audit.ts';
import type { Context } from './context.ts';
import { type KnownTenant, tenantsOf } from './state.ts';

/** Page length when the question names none. (inferred) */
const DEFAULT_PAGE = 500;

const MINUTE_MS = 60_000;

/** Customers: list, filter, get, end the relationship; and the domain check. [P4][P5][P6][P3][P12] */
export function customerRoutes(context: Context): Route[] {
  const limited = createLimiter(context);
  return [
    guarded(
      context,
      'either',
      'GET',
      '/v1/customers',
      limited((request) => list(context, request)),
    ),
    guarded(
      context,
      'either',
      'GET',
      '/v1/customers/:customer',
      limited((request) => get(context, request)),
    ),
    guarded(context, 'app+user', 'PATCH', '/v1/customers/:customer', (request, caller) =>
      patch(context, request, caller),
    ),
    guarded(context, 'either', 'HEAD', '/v1/domains/:domain', (request) => headDomain(context, request)),
  ];
}

/** 500 requests a minute on this resource. [P7] Every refused try counts as well. [P25] */
function createLimiter({ behaviour, now }: Context) {
  const times: number[] = [];
  return (handle: (request: Received) => Answer) => (request: Received) => {
    const since = now() - MINUTE_MS;
    while (times.length > 0 && (times[0] ?? 0) <= since) times.shift();
    times.push(now());
    if (times.length <= behaviour.customerRequestsPerMinute) return handle(request);
    const oldest = times[0] ?? now();
    return throttle(Math.max(1, Math.ceil((oldest - since) / 1000)));
  };
}

function list(context: Context, request: Received): Answer {
  const { searchParams } = request.url;
  const fitting = filtered(context, customersOf(context), searchParams.get('filter'));
  if (!fitting) return refuse(request, 400, '3000', 'The filter is not valid: only starts_with is supported.');
  const size = Number(searchParams.get('size')) || DEFAULT_PAGE;
  const token = searchParams.has('seekOperation') ? request.headers['ms-continuationtoken'] : undefined;
  const page = pageOf(fitting, size, token);
  if (!page) return refuse(request, 400, '3000', 'The continuation token is not valid.');
  const links = pageLinks(`/customers${withoutSeek(request.url)}`, page.next);
  return answer(context, request, 200, collection(page.items.map(listItem), fitting.length, links, page.next));
}

function withoutSeek(url: URL): string {
  const params = new URLSearchParams(url.searchParams);
  params.delete('seekOperation');
  return params.size > 0 ? `?${params}` : '';
}

function customersOf({ state }: Context): KnownTenant[] {
  const ids = new Set(state.relationships.map(({ customerId }) => customerId));
  return state.tenants.filter(({ tenantId }) => ids.has(tenantId));
}

const FilterSchema = z.object({ field: z.string(), value: z.string(), operator: z.literal('starts_with') });

/** Only starts_with; letter case of the value does not count. [P5] Fields [K1] */
function filtered(context: Context, customers: KnownTenant[], json: string | null): KnownTenant[] | undefined {
  if (json === null) return customers;
  const filter = FilterSchema.safeParse(camelFilter(json));
  if (!filter.success) return undefined;
  const value = filter.data.value.toLowerCase();
  const { partner, distributor } = context.world;
  switch (filter.data.field) {
    case 'CompanyName':
      return customers.filter((customer) => customer.name.toLowerCase().startsWith(value));
    case 'Domain':
      return customers.filter((customer) => customer.defaultDomain.startsWith(value));
    case 'IndirectReseller':
      return value === partner.tenantId ? customers.filter((one) => isIndirect(context, one)) : [];
    case 'IndirectCloudSolutionProvider':
      return value === distributor.tenantId ? customers.filter((one) => isIndirect(context, one)) : [];
    default:
      return undefined;
  }
}

function camelFilter(json: string): unknown {
  const filter = Buffer.from(json);
  return camelJson({ method: 'GET', url: new URL('http://filter.invalid'), params: {}, headers: {}, body: filter });
}

function isIndirect({ state }: Context, { tenantId }: KnownTenant): boolean {
  return state.relationships.some((one) => one.customerId === tenantId && one.route === 'through-distributor');
}

function get(context: Context, request: Received): Answer {
  const customerId = parseTenantId(request.params.customer ?? '');
  if (!customerId) return refuse(request, 400, '900118', 'The customer id is not valid.');
  const customer = hasRelationship(context, customerId) ? tenantsOf(context.state.tenants, customerId)[0] : undefined;
  if (customer) return answer(context, request, 200, detail(customer));
  const isForbidden = context.behaviour.unknownCustomer === 'forbidden';
  return isForbidden ? refuseWithoutRelationship(request) : notFound(request, 'The customer');
}

const PatchSchema = z.object({ relationshipToPartner: z.literal('none') });

function patch(context: Context, request: Received, caller: VerifiedToken): Answer {
  const customerId = parseTenantId(request.params.customer ?? '');
  if (!customerId) return refuse(request, 400, '900118', 'The customer id is not valid.');
  if (!PatchSchema.safeParse(camelJson(request)).success) return refuse(request, 400, '3000', 'The body is not valid.');
  if (!hasRelationship(context, customerId)) return refuseWithoutRelationship(request);
  endRelationship(context, customerId, caller);
  const attributes = { objectType: 'Customer' };
  const body = { id: null, commerceId: null, companyProfile: null, relationshipToPartner: 'none', attributes };
  return answer(context, request, 200, body, 'relationship ended');
}

/** The customer leaves the list. No event tells of it; an audit record does. [P3][P32] */
export function endRelationship(context: Context, customerId: string, caller?: VerifiedToken): boolean {
  if (!hasRelationship(context, customerId)) return false;
  const { state } = context;
  state.relationships = state.relationships.filter((one) => one.customerId !== customerId);
  const what = {
    resourceType: 'partner_customer_relationship',
    operationType: 'remove_partner_customer_relationship',
    newValue: { relationshipToPartner: 'none' },
  };
  recordAudit(context, caller, { customerId, ...what });
  return true;
}

/** 200 = the domain exists, 404 = it is free; never a body. [P12] */
function headDomain(context: Context, request: Received): Answer {
  const domain = request.params.domain?.toLowerCase() ?? '';
  const known = context.state.tenants.some((tenant) => [tenant.domain, tenant.defaultDomain].includes(domain));
  return answer(context, request, known ? 200 : 404);
}

/** Customer in a list. [P4][P5] */
function listItem({ tenantId, name, defaultDomain }: KnownTenant): object {
  const self = { uri: `/customers/${tenantId}`, method: 'GET', headers: [] };
  const companyProfile = {
    tenantId,
    domain: defaultDomain,
    companyName: name,
    links: { self: { uri: `/customers/${tenantId}/profiles/company`, method: 'GET', headers: [] } },
    attributes: { objectType: 'CustomerCompanyProfile' },
  };
  const attributes = { objectType: 'Customer' };
  return { id: tenantId, companyProfile, relationshipToPartner: 'reseller', links: { self }, attributes };
}

/** One customer; address, e-mail and custom domains are left out without delegated access. [P6][P7] */
function detail(customer: KnownTenant): object {
  const billingProfile = { companyName: customer.name, attributes: { objectType: 'CustomerBillingProfile' } };
  return { ...listItem(customer), commerceId: customer.tenantId, billingProfile, allowDelegatedAccess: false };
}
