import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { parseTenantId, type TenantId } from '../identity.ts';
import type { Answer } from '../login/exchange.ts';
import type { PartnerCustomer, PartnerRelationships, SalesRoute } from '../relationships/ports.ts';
import { type Calls, expectOk, parsed } from './calls.ts';
import { readRefusal } from './errors.ts';
import { allItems } from './pages.ts';
import { customerPath } from './paths.ts';
import { optionalText } from './wire.ts';

const CUSTOMERS = '/v1/customers';
/** Customers per page. */
const PAGE_SIZE = 500;
/** "The partner has no commerce relationship with the customer." @see Partner Center REST error codes */
const NO_COMMERCE_RELATIONSHIP = '20002';

/** Consent link and customers. The link needs App+User; the customers do not. */
export function createRelationships(calls: Calls): PartnerRelationships {
  return {
    async requestLink(route) {
      const path = `${CUSTOMERS}/relationshiprequests${linkQuery(route, calls.options.indirectProviderTenantId)}`;
      return (await calls.read({ method: 'GET', path, as: 'user' }, relationshipRequest)).url;
    },
    async customer(tenantId) {
      const reply = await calls.answer({ method: 'GET', path: customerPath(tenantId), as: 'app' });
      if (knowsNoRelationship(reply)) return undefined;
      const customer = parsed(expectOk(reply, calls.now()), customerAnswer);
      return customer?.tenantId === tenantId ? customer : undefined; // an answer about somebody else proves nothing
    },
    async *customers() {
      const first = { method: 'GET', path: `${CUSTOMERS}?size=${PAGE_SIZE}`, as: 'app' } as const;
      for await (const customer of allItems(calls, first, customerAnswer, `${first.path}&seekOperation=Next`)) {
        if (customer) yield customer;
        else calls.options.log.warn('a customer without a tenant id was left out');
      }
    },
  };
}

function linkQuery(route: SalesRoute, provider: TenantId | undefined): string {
  if (route === 'direct') return '';
  if (!provider) throw new ServiceError('link-refused', 'no distributor is configured', { reason: 'no-distributor' });
  return `?${new URLSearchParams({ indirectCloudSolutionProviderId: provider })}`;
}

function knowsNoRelationship(reply: Answer): boolean {
  return reply.status === 404 || (reply.status === 403 && readRefusal(reply).code === NO_COMMERCE_RELATIONSHIP);
}

const relationshipRequest = z.object({ url: z.string().max(4096) });

/** `undefined` for an entry without a tenant id: there is nothing one could do with it. */
const customerAnswer = z
  .object({
    id: optionalText,
    companyProfile: z.object({ tenantId: optionalText, companyName: optionalText, domain: optionalText }).nullish(),
    relationshipToPartner: optionalText,
  })
  .transform(({ id, companyProfile, relationshipToPartner }): PartnerCustomer | undefined => {
    const tenantId = parseTenantId(id ?? companyProfile?.tenantId ?? '');
    const { companyName: name = '', domain = '' } = companyProfile ?? {};
    return tenantId && { tenantId, name, domain, isReseller: relationshipToPartner?.toLowerCase() === 'reseller' };
  });
