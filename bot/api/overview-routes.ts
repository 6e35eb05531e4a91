import { z } from 'zod';
import type { Access } from '../../services/access/access.ts';
import type { CustomerService } from '../../services/customers/customer-service.ts';
import { looking, page, type Route } from './route.ts';
import { callerShape, customersPage, paging } from './shapes.ts';

export type OverviewRouteParts = Readonly<{ access: Access; customers: CustomerService }>;

/** Who one is, and which customers there are. */
export function overviewRoutes({ access, customers }: OverviewRouteParts): readonly Route[] {
  return [
    looking({
      method: 'GET',
      path: '/me',
      name: 'readCaller',
      summary: 'Who the token says you are',
      audience: 'caller',
      query: z.strictObject({}),
      answer: callerShape,
      async run({ caller }) {
        const { kind } = caller;
        if (kind === 'application') return { kind, roles: [] };
        const { person } = caller;
        return { kind, name: person.name, roles: [...(await access.rolesOf(person))] };
      },
    }),
    looking({
      method: 'GET',
      path: '/customers',
      name: 'listCustomers',
      summary: 'Customers by name, as Partner Center has them',
      audience: 'reader',
      query: paging.extend({
        query: z.string().max(120).optional().describe('Part of a name or domain.'),
        activeOnly: z.enum(['true', 'false']).optional().describe('Only those with an active relationship.'),
      }),
      answer: customersPage,
      async run({ query: { query, activeOnly, limit, offset } }) {
        const found = await customers.list({ query, activeOnly: activeOnly === 'true', limit: limit + 1, offset });
        const items = found.customers.map(({ since, checkedAt, ...customer }) => ({
          ...customer,
          since: since?.toISOString(),
          checkedAt: checkedAt.toISOString(),
        }));
        return page(items, { limit, offset });
      },
    }),
  ];
}
