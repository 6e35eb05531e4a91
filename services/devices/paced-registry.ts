import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import { createPace } from '../pace.ts';
import type { ProfileRegistry } from '../profiles/ports.ts';
import type { DeviceRegistry } from './ports.ts';

const MINUTE_MS = 60_000;
/** Partner Center documents 500 requests a minute on customers; the rest is left to people who wait. @see API throttling guidance */
const PER_PARTNER = [{ limit: 400, perMs: MINUTE_MS }];
/** Our own rule: a customer with many batches leaves most of the budget to the others. */
const PER_CUSTOMER = [{ limit: 100, perMs: MINUTE_MS }];

type Registry = DeviceRegistry & Pick<ProfileRegistry, 'applyProfile'>;
/** Budgets for what is no call of the registry. */
export interface DevicePace {
  /** Takes a place for one call about this customer and returns 0, or takes none and returns the ms until one is free. */
  takePlace(customerId: TenantId): number;
}

/**
 * A registry with budgets for jobs, in this process. What is over budget is not sent: reads throw
 * `partner-center-unavailable` with `details.retryAfterMs`, uploads are `throttled`.
 */
export function createPacedRegistry(registry: Registry, now: () => Date): Registry & DevicePace {
  const partner = createPace(PER_PARTNER, now);
  const customers = createPace(PER_CUSTOMER, now);

  function waitMs(customerId: TenantId): number {
    const ms = Math.max(customers.wait(customerId), partner.wait('partner'));
    if (ms > 0) return ms;
    customers.take(customerId);
    partner.take('partner');
    return 0;
  }

  async function read<T>(customerId: TenantId, ask: () => Promise<T>): Promise<T> {
    const retryAfterMs = waitMs(customerId);
    if (retryAfterMs > 0) throw new ServiceError('partner-center-unavailable', 'over our own budget', { retryAfterMs });
    return ask();
  }

  type Write = DeviceRegistry['createBatch'];
  const paced =
    (send: Write): Write =>
    async (upload) => {
      const retryAfterMs = waitMs(upload.customerId);
      return retryAfterMs > 0 ? { kind: 'throttled', retryAfterMs } : send(upload);
    };

  const applyProfile: Registry['applyProfile'] = async (customerId, ...profile) => {
    const retryAfterMs = waitMs(customerId);
    return retryAfterMs > 0 ? { kind: 'throttled', retryAfterMs } : registry.applyProfile(customerId, ...profile);
  };

  return {
    applyProfile,
    takePlace: waitMs,
    createBatch: paced((upload) => registry.createBatch(upload)),
    addDevices: paced((upload) => registry.addDevices(upload)),
    uploadStatus: (customerId, trackingId) => read(customerId, () => registry.uploadStatus(customerId, trackingId)),
    batches: (customerId) => read(customerId, () => registry.batches(customerId)),
    batchDevices: (customerId, name) => read(customerId, () => registry.batchDevices(customerId, name)),
  };
}
