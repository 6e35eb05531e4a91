import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import type { Database } from '../storage/ports.ts';
import { type CustomerSearch, searchCustomer } from './customer-search.ts';
import { type FoundDevice, findDevices } from './device-search.ts';
import type { DeviceRegistry } from './ports.ts';

export type FindPorts = Readonly<{
  db: Database;
  registry: Pick<DeviceRegistry, 'batches' | 'batchDevices'>;
  /** Autopilot profiles of Partner Center, by customer. */
  profiles: Readonly<{ profiles(customerId: TenantId): Promise<readonly { id: string; name: string }[]> }>;
  customers: Pick<CustomerService, 'checkRelationship' | 'find'>;
  now: () => Date;
}>;

/** Somebody waits for the answer, and Teams waits for 15 seconds. Our own rule, in ms. */
const SEARCH_MS = 8_000;

/** What Partner Center itself says about devices at one customer. */
export type AtCustomer = CustomerSearch & Readonly<{ profileNames: ReadonlyMap<string, string> }>;

/** Finds devices: in what we sent, and in Partner Center itself. Changes nothing. */
export function createFindService({ db, registry, profiles, customers, now }: FindPorts) {
  return {
    /** Everything we ever sent about these devices, over all customers. */
    known: (keys: readonly string[]): Promise<readonly FoundDevice[]> => findDevices(db, keys),

    /**
     * What Partner Center lists at one customer now.
     *
     * @param isEnough no further batch is read after this long, in ms.
     * @throws ServiceError `relationship-not-active`, or `partner-center-…` when it cannot be told.
     */
    async atCustomer(customerId: TenantId, keys: readonly string[], isEnough = SEARCH_MS): Promise<AtCustomer> {
      if (!(await customers.checkRelationship(customerId, 'seen-lately'))) {
        const customer = (await customers.find(customerId))?.name ?? customerId;
        throw new ServiceError('relationship-not-active', `no relationship with ${customerId}`, { customer });
      }
      const until = now().getTime() + isEnough;
      const known = await findDevices(db, keys);
      const first = known.filter(({ batch }) => batch.customer.tenantId === customerId).map(({ batch }) => batch.name);
      const isOver = () => now().getTime() >= until;
      const search = await searchCustomer(customerId, keys, { registry, first, isOver });
      const named = [...search.found.values()].flat().some(({ device }) => device.profileId);
      const policies = named ? await profiles.profiles(customerId) : [];
      return { ...search, profileNames: new Map(policies.map(({ id, name }) => [id.toLowerCase(), name])) };
    },
  };
}

export type FindService = ReturnType<typeof createFindService>;
