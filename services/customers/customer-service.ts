import type { TenantId } from '../identity.ts';
import type { Log } from '../log.ts';
import type { PartnerRelationships } from '../relationships/ports.ts';
import type { Database } from '../storage/ports.ts';
import { type Customer, findCustomer, listCustomers, saveCustomer, saveNoRelationship } from './customer-store.ts';
import { createSightings } from './sightings.ts';

export type CustomerPorts = Readonly<{ db: Database; partnerCenter: PartnerRelationships; now: () => Date; log: Log }>;

/** A copy of Partner Center's customer list older than this is read again before it is shown. */
const STALE_AFTER_MS = 5 * 60_000;

/** The partner's customers, as Partner Center tells of them. */
export function createCustomerService(ports: CustomerPorts) {
  const sightings = createSightings(ports.now);
  let freshUntil = 0;
  let refreshing: Promise<void> | undefined;

  async function readAll(): Promise<void> {
    const startedAt = ports.now();
    for await (const customer of ports.partnerCenter.customers()) await saveCustomer(ports.db, customer, ports.now());
    await ports.db.query('update customers set is_reseller = false, since = null where checked_at < $1', [startedAt]);
    freshUntil = startedAt.getTime() + STALE_AFTER_MS;
  }

  return {
    /** Reads the whole list from Partner Center, once for everybody who asks meanwhile. */
    async refresh(): Promise<void> {
      refreshing ??= readAll().finally(() => {
        refreshing = undefined;
      });
      await refreshing;
    },

    /**
     * Customers by name. Read from Partner Center first when our copy is old; when that fails the copy is shown, because
     * a list that is some minutes old is better than none.
     */
    async list(
      filter: Parameters<typeof listCustomers>[1],
    ): Promise<{ customers: readonly Customer[]; total: number }> {
      if (ports.now().getTime() >= freshUntil) {
        await this.refresh().catch((error: unknown) => ports.log.warn('customer list not refreshed', { error }));
      }
      return listCustomers(ports.db, filter);
    },

    /** Customers by name from our copy, without waiting: for what is asked at every key. An old copy is read again meanwhile. */
    suggest(filter: Parameters<typeof listCustomers>[1]): ReturnType<typeof listCustomers> {
      if (ports.now().getTime() >= freshUntil) {
        void this.refresh().catch((error: unknown) => ports.log.warn('customer list not refreshed', { error }));
      }
      return listCustomers(ports.db, filter);
    },

    find(id: TenantId): Promise<Customer | undefined> {
      return findCustomer(ports.db, id);
    },

    /**
     * Asks Partner Center about one customer now. `seen-lately` believes what this process itself saw there within the last
     * minutes; our own tables never make it so, but they can make us ask: another process may have seen the end.
     *
     * @returns the customer when it shows a reseller relationship, otherwise `undefined`.
     * @throws ServiceError `partner-center-…` when the answer cannot be had.
     */
    async checkRelationship(
      id: TenantId,
      believe: 'seen-now' | 'seen-lately' = 'seen-now',
    ): Promise<Customer | undefined> {
      const known = believe === 'seen-lately' && sightings.isFresh(id) ? await findCustomer(ports.db, id) : undefined;
      if (known?.isReseller) return known;
      sightings.forget(id);
      const askedAt = sightings.moment();
      const found = await ports.partnerCenter.customer(id);
      const at = ports.now();
      if (!found) {
        await saveNoRelationship(ports.db, id, at);
        return undefined;
      }
      await saveCustomer(ports.db, found, at);
      if (!found.isReseller) return undefined;
      sightings.note(id, askedAt);
      return findCustomer(ports.db, id);
    },

    /** Something may have changed about this customer: the next one who needs the relationship asks Partner Center. */
    doubt(id: TenantId): void {
      sightings.forget(id);
    },
  };
}

export type CustomerService = ReturnType<typeof createCustomerService>;
