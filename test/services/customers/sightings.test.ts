import { beforeEach, describe, expect, it } from 'vitest';
import { createCustomerService } from '../../../services/customers/customer-service.ts';
import { createSightings } from '../../../services/customers/sightings.ts';
import type { TenantId } from '../../../services/identity.ts';
import type { Database, Row } from '../../../services/storage/ports.ts';
import { quietLog } from '../../contracts/test-databases.ts';

const CONTOSO = 'c0000000-0000-4000-8000-000000000001' as TenantId;
const START = Date.parse('2026-11-21T09:00:00Z');
const MINUTE = 60_000;

describe('what this process saw of a relationship', () => {
  const clock = { ms: START };
  const now = () => new Date(clock.ms);

  it('counts for four minutes from the moment it asked, and not when time went back', () => {
    clock.ms = START;
    const sightings = createSightings(now);
    sightings.note(CONTOSO, sightings.moment());
    clock.ms = START + 4 * MINUTE;
    expect(sightings.isFresh(CONTOSO)).toBe(true);
    clock.ms = START + 4 * MINUTE + 1;
    expect(sightings.isFresh(CONTOSO)).toBe(false);
    clock.ms = START - 1;
    expect(sightings.isFresh(CONTOSO)).toBe(false);
  });

  it('is nothing for a customer it did not see', () => {
    expect(createSightings(now).isFresh(CONTOSO)).toBe(false);
  });
});

describe('a relationship that was seen lately', () => {
  const row = { tenant_id: CONTOSO, name: 'Contoso', domain: 'contoso.example', is_reseller: true, checked_at: now() };
  let asked: number;
  let isReseller: boolean;
  let rows: Row[];

  beforeEach(() => {
    asked = 0;
    isReseller = true;
    rows = [row];
  });

  it('is asked about once, by whoever is first', async () => {
    const customers = open();
    await customers.checkRelationship(CONTOSO, 'seen-lately');
    await customers.checkRelationship(CONTOSO, 'seen-lately');
    expect(asked).toBe(1);
    await customers.checkRelationship(CONTOSO);
    expect(asked).toBe(2);
  });

  it('is asked about although the table says it was seen just now', async () => {
    isReseller = false;
    expect(await open().checkRelationship(CONTOSO, 'seen-lately')).toBeUndefined();
    expect(asked).toBe(1);
  });

  it('is asked about again after an event, after an end, and when another process saw the end', async () => {
    const customers = open();
    const ask = () => customers.checkRelationship(CONTOSO, 'seen-lately');
    await ask();
    customers.doubt(CONTOSO);
    await ask();
    expect(asked).toBe(2);
    rows = [{ ...row, is_reseller: false }];
    await ask();
    expect(asked).toBe(3);
    rows = [row];
    isReseller = false;
    await customers.checkRelationship(CONTOSO);
    expect(await ask()).toBeUndefined();
    expect(asked).toBe(5);
  });

  function open() {
    const db: Database = {
      mode: 'embedded',
      query: async (text) => (text.startsWith('select') ? rows : []),
      transaction: () => Promise.reject(new Error('not needed here')),
      close: async () => {},
    };
    const customer = { tenantId: CONTOSO, name: 'Contoso', domain: 'contoso.example' };
    const partnerCenter = {
      requestLink: () => Promise.reject(new Error('not needed here')),
      customers: (): never => {
        throw new Error('not needed here');
      },
      customer: async () => {
        asked += 1;
        return { ...customer, isReseller };
      },
    };
    return createCustomerService({ db, partnerCenter, now, log: quietLog });
  }
  function now() {
    return new Date(START);
  }
});
