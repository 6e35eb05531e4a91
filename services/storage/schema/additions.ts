import type { Migration } from '../migrations.ts';

/** Batches that add to one that Partner Center has already, and how many devices that one had before. A name is one new batch's. */
export const ADDITIONS: Migration = {
  id: 22,
  name: 'additions',
  sql: `
alter table batches add column adds_to text;
alter table batches add column adds_to_count integer;
drop index batches_one_name_per_customer;
create unique index batches_one_name_per_customer on batches (customer_tenant_id, lower(name))
  where state not in ('draft', 'cancelled', 'failed') and adds_to is null;
`,
};
