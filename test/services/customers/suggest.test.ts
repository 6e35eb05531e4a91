import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerService, createCustomerService } from '../../../services/customers/customer-service.ts';
import type { TenantId } from '../../../services/identity.ts';
import type { PartnerCustomer } from '../../../services/relationships/ports.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog } from '../../contracts/test-databases.ts';

const COUNT = 1_200;
let db: Database;
let remove: () => Promise<void>;
let release: () => void = () => {};
const held = new Promise<void>((resolve) => {
  release = resolve;
});
let reads = 0;

const partnerCenter = {
  requestLink: () => Promise.reject(new Error('not asked for here')),
  customer: async () => undefined,
  async *customers() {
    reads += 1;
    if (reads > 1) await held;
    for (let number = 0; number < COUNT; number++) yield aCustomer(number);
  },
};
let now = new Date('2026-11-21T09:00:00Z');
let customers: CustomerService;

beforeAll(async () => {
  ({ database: db, remove } = await inMemory.create());
  await migrate(db, MIGRATIONS, quietLog);
  customers = createCustomerService({ db, partnerCenter, now: () => now, log: quietLog });
  await customers.refresh();
});
afterAll(() => remove?.());

describe('customers suggested while somebody types', () => {
  it('begin with those whose name or domain begins so, a page at a time, among 1,200', async () => {
    const first = await customers.suggest({ query: 'berg', limit: 15 });
    expect(first.total).toBe(2 * (COUNT / 10));
    expect(first.customers.every(({ name }) => name.startsWith('Berg'))).toBe(true);
    const later = await customers.suggest({ query: 'berg', limit: 15, offset: COUNT / 10 });
    expect(later.customers.every(({ name }) => name.startsWith('Iceberg'))).toBe(true);
    expect((await customers.suggest({ query: 'berg', activeOnly: true, limit: 15 })).total).toBe(COUNT / 10);
  });

  it('take wildcards for what they are', async () => {
    expect((await customers.suggest({ query: '%', limit: 15 })).total).toBe(0);
  });

  it('are not kept waiting while Partner Center is read again', async () => {
    now = new Date(now.getTime() + 3_600_000);
    expect((await customers.suggest({ query: 'berg 70.', limit: 15 })).customers).not.toEqual([]);
    release();
    await customers.refresh();
    expect(reads).toBe(2);
  });
});

/** One in ten begins with "Berg" and is active, one in ten contains it and is not. */
function aCustomer(number: number): PartnerCustomer {
  const names = [`Berg ${number}.`, `Iceberg ${number}`];
  return {
    tenantId: `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}` as TenantId,
    name: names[number % 10] ?? `Customer ${number}`,
    domain: `c${number}.example`,
    isReseller: number % 10 !== 1,
  };
}
