import { customerChoice, MAX_FOUND, parseCustomerSearch } from '../../cards/customer-search.ts';
import type { Access } from '../../services/access/access.ts';
import type { CustomerService } from '../../services/customers/customer-service.ts';
import type { Lookup } from './lookup.ts';

export type CustomerLookupParts = Readonly<{ customers: CustomerService; access: Access }>;

/**
 * Finds customers while a rep types in a card's list. Whoever may not see them finds none, in the words of the client.
 *
 * @see Teams: typeahead search in Adaptive Cards, `application/search`
 */
export function createCustomerLookup({ customers, access }: CustomerLookupParts): Lookup {
  return {
    async answer(turn, value) {
      const search = parseCustomerSearch(value);
      if (!search) return undefined;
      await access.requireRep(turn.speaker);
      const { dataset, query, skip } = search;
      const activeOnly = dataset === 'customers.active';
      const found = await customers.suggest({ query, activeOnly, limit: MAX_FOUND, offset: skip });
      return searchBody(found.customers.map(customerChoice));
    },
    refuse: () => searchBody([]),
  };
}

function searchBody(results: readonly Readonly<{ title: string; value: string }>[]) {
  return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}
