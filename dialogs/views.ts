import type { ListedCustomer } from '../cards/customers/card.ts';
import type { Customer } from '../services/customers/customer-store.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { ApplicationService } from '../services/profiles/application-service.ts';
import type { ProfileService } from '../services/profiles/profile-service.ts';
import { isOpen, type RelationshipRequest } from '../services/relationships/relationship.ts';
import { createBatchViews } from './batch-views.ts';
import { createListViews } from './list-views.ts';
import { createRequestViews, type RequestViewParts } from './request-views.ts';

export type ViewParts = RequestViewParts &
  Readonly<{ batches: BatchService; profiles: ProfileService; applications: ApplicationService }>;

/** Turns what the services know into what the cards show. One place, so that a card sent and a card refreshed agree. */
export function createViews(parts: ViewParts) {
  return {
    ...createRequestViews(parts),
    ...createBatchViews(parts.batches, parts.applications),
    ...createListViews(parts.batches, parts.profiles),

    /** Customers with where their relationship stands; those who have only been asked so far come first. */
    customerRows(customers: readonly Customer[], requests: readonly RelationshipRequest[]): ListedCustomer[] {
      const listed = new Set(customers.map(({ tenantId }) => tenantId));
      const asked = requests.filter(({ customer, state }) => isOpen(state) && !listed.has(customer.tenantId));
      return [
        ...asked.map(({ customer, reference }) => ({
          ...customer,
          relationship: 'waiting' as const,
          openRequest: reference,
        })),
        ...customers.map(({ tenantId, name, domain, isReseller, since }) => {
          const open = requests.find((request) => request.customer.tenantId === tenantId && isOpen(request.state));
          const relationship = isReseller ? 'active' : open ? 'waiting' : 'ended';
          return { tenantId, name, domain, relationship, since, openRequest: open?.reference } as const;
        }),
      ];
    },
  };
}

export type Views = ReturnType<typeof createViews>;
