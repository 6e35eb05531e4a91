import { parseTenantId } from '../../../services/identity.ts';
import type { Answer, Received } from '../http.ts';
import type { Route } from '../routes.ts';
import type { EmulatedTenant } from '../world.ts';
import { guarded, guardedCustomer } from './access.ts';
import { answer, collection, pageLinks, refuse } from './answers.ts';
import { recordAudit } from './audit.ts';
import type { Context } from './context.ts';

export type RelationshipRoute = 'direct' | 'through-distributor';

/** Path of the customer's consent page. [P1] */
export const CONSENT_PATH = '/Adminportal/Home';

/** The invitation link, and who stands between provider, reseller and customer. [P1][P8][P9] */
export function relationshipRoutes(context: Context): Route[] {
  return [
    guarded(context, 'app+user', 'GET', '/v1/customers/relationshiprequests', (request) => link(context, request)),
    guarded(context, 'app+user', 'GET', '/v1/relationships', (request) => partners(context, request)),
    guardedCustomer(context, 'app+user', 'GET', '/v1/customers/:customer/relationships', (request, id) =>
      resellersOf(context, request, id),
    ),
  ];
}

/** Adds the customer, who accepted on the consent page. Returns the audit record's id; repeating it changes nothing. */
export function startRelationship(context: Context, customerId: string, route: RelationshipRoute): string | undefined {
  const { state, now } = context;
  if (state.relationships.some((one) => one.customerId === customerId)) return undefined;
  state.relationships.push({ customerId, route, since: now() });
  return recordAudit(context, undefined, {
    // The record's id ends so [P31]; its operation type is in no list (inferred from that id).
    id: `${context.world.partner.tenantId}_${eventOf(route).replaceAll('-', '')}_${now()}`,
    customerId,
    resourceType: 'partner_customer_relationship',
    operationType: eventOf(route).replaceAll('-', '_'),
    newValue: { relationshipToPartner: 'reseller' },
  });
}

/** Name of the event that a customer's acceptance fires. [P30] */
export function eventOf(route: RelationshipRoute): string {
  const direct = 'reseller-relationship-accepted-by-customer';
  return route === 'direct' ? direct : `indirect-${direct}`;
}

/** The same link for every customer; it creates nothing. Shapes 1 and 3 of the public links. [P1][T17] */
function link(context: Context, request: Received): Answer {
  const { searchParams } = request.url;
  const { partner, distributor } = context.world;
  const reseller = searchParams.get('indirectResellerId') ?? partner.tenantId;
  const provider = searchParams.get('indirectCloudSolutionProviderId');
  const isIndirect = provider !== null || searchParams.has('indirectResellerId');
  if ([reseller, provider].some((id) => id !== null && !parseTenantId(id))) {
    return refuse(request, 400, '3000', 'The tenant id is not valid.');
  }
  const query = isIndirect
    ? `invType=IndirectResellerRelationship&partnerId=${reseller}&msppId=${partner.partnerId}` +
      `&indirectCSPId=${provider ?? distributor.tenantId}`
    : `invType=ResellerRelationship&partnerId=${partner.tenantId}&msppId=0`;
  const page = `${context.origin()}${CONSENT_PATH}?${query}&DAP=false#/BillingAccounts/partner-invitation`;
  const url = context.behaviour.relationshipLink ?? page;
  return answer(context, request, 200, { url, attributes: { objectType: 'RelationshipRequest' } });
}

/** Providers of a reseller, or resellers of a provider. [P9][T2] */
function partners(context: Context, request: Received): Answer {
  const { partner, distributor } = context.world;
  const type = request.url.searchParams.get('relationship_type')?.toLowerCase();
  if (type === 'isindirectresellerof') {
    return relations(context, request, [relation(distributor, 'is_indirect_cloud_solution_provider_of')]);
  }
  if (type === 'isindirectcloudsolutionproviderof') {
    return relations(context, request, [relation(partner, 'is_indirect_reseller_of')]);
  }
  return refuse(request, 400, '3000', 'The relationship type is not valid.');
}

function resellersOf(context: Context, request: Received, customerId: string): Answer {
  const isIndirect = context.state.relationships.some(
    (one) => one.customerId === customerId && one.route === 'through-distributor',
  );
  const items = isIndirect ? [relation(context.world.partner, 'is_indirect_reseller_of')] : [];
  return relations(context, request, items);
}

function relations(context: Context, request: Received, items: readonly object[]): Answer {
  return answer(context, request, 200, collection(items, items.length, pageLinks('/relationships', undefined)));
}

/** PartnerRelationship. [P2][P9] */
function relation(partner: EmulatedTenant & { readonly partnerId: string }, relationshipType: string): object {
  const { tenantId, name, partnerId } = partner;
  const attributes = { objectType: 'PartnerRelationship' };
  return { id: tenantId, name, relationshipType, state: 'Active', mpnId: partnerId, location: 'SE', attributes };
}
