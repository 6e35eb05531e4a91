import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import { createPace } from '../pace.ts';
import type { ProfileRegistry } from '../profiles/ports.ts';
import type { DeviceRegistry } from './ports.ts';

const MINUTE_MS = 60_000;
/** Partner Center documents 500 requests a minute on customers; the rest is left to people who wait. @see API throttling guidance */
const REQUESTS_A_MINUTE = 400;
const PER_PARTNER = [{ limit: REQUESTS_A_MINUTE, perMs: MINUTE_MS }];
/** Planned reads take so many places; the others are for who comes unplanned, such as a batch that was sent just now. */
const PLANNED_A_MINUTE = 360;
const MS_PER_PLACE = MINUTE_MS / PLANNED_A_MINUTE;
/** Reads that are wanted sooner than in so many ms are not planned: somebody waits for what they tell. */
const PLANNED_FROM_MS = 50_000;
/** Our own rule: a customer with many batches leaves most of the budget to the others. */
const PER_CUSTOMER = [{ limit: 100, perMs: MINUTE_MS }];

type Registry = DeviceRegistry & Pick<ProfileRegistry, 'applyProfile'>;
/** Budgets for what is no call of the registry. */
export interface DevicePace {
  /** Takes a place for one call about this customer and returns 0, or takes none and returns the ms until one is free. */
  takePlace(customerId: TenantId): number;
  /** The pause, in ms, after which a read that is wanted in `pauseMs` finds a place: longer where others are before it. */
  planRead(pauseMs: number): number;
}

/**
 * A registry with budgets for jobs, in this process. What is over budget is not sent: reads throw
 * `partner-center-unavailable` with `details.retryAfterMs`, uploads are `throttled`. A pause that Partner Center names to
 * one job about a customer holds for all of them: another part of the same order would call the same address.
 */
export function createPacedRegistry(registry: Registry, now: () => Date): Registry & DevicePace {
  const partner = createPace(PER_PARTNER, now);
  const customers = createPace(PER_CUSTOMER, now);
  const pausedUntil = new Map<TenantId, number>();

  let lastTurn = 0;

  function waitMs(customerId: TenantId): number {
    const ms = Math.max(pauseMs(customerId), customers.wait(customerId), partner.wait('partner'));
    if (ms > 0) return ms;
    customers.take(customerId);
    partner.take('partner');
    return 0;
  }

  /**
   * A turn for a read that found the partner's budget used up: one after the other, as places become free. Told to come
   * back at the same moment, hundreds of jobs would do so in vain, again and again. Uploads need not queue: people wait.
   */
  function queueMs(customerId: TenantId): number {
    const ms = waitMs(customerId);
    return ms === 0 || partner.wait('partner') < ms ? ms : takeTurn(ms);
  }

  function takeTurn(earliestMs: number): number {
    const at = now().getTime();
    lastTurn = Math.max(at + earliestMs, lastTurn + MS_PER_PLACE);
    return lastTurn - at;
  }

  /** It queues now, behind those planned before it: where they fill the budget it would come in vain, and then queue. */
  function planRead(pauseMs: number): number {
    return pauseMs >= PLANNED_FROM_MS ? takeTurn(pauseMs) : pauseMs;
  }

  function pauseMs(customerId: TenantId): number {
    const ms = (pausedUntil.get(customerId) ?? 0) - now().getTime();
    if (ms <= 0) pausedUntil.delete(customerId);
    return Math.max(ms, 0);
  }

  function pause(customerId: TenantId, ms: number): void {
    if (ms > 0) pausedUntil.set(customerId, Math.max(pausedUntil.get(customerId) ?? 0, now().getTime() + ms));
  }

  async function read<T>(customerId: TenantId, ask: () => Promise<T>): Promise<T> {
    const retryAfterMs = queueMs(customerId);
    if (retryAfterMs > 0) throw new ServiceError('partner-center-unavailable', 'over our own budget', { retryAfterMs });
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ServiceError) pause(customerId, Number(error.details.retryAfterMs ?? 0));
      throw error;
    }
  }

  type Throttled = Readonly<{ kind: 'throttled'; retryAfterMs: number }>;
  async function write<T extends { kind: string }>(customerId: TenantId, send: () => Promise<T | Throttled>) {
    const retryAfterMs = waitMs(customerId);
    if (retryAfterMs > 0) return { kind: 'throttled', retryAfterMs } as const;
    const outcome = await send();
    if ('retryAfterMs' in outcome) pause(customerId, outcome.retryAfterMs);
    return outcome;
  }

  return {
    applyProfile: (customerId, ...profile) => write(customerId, () => registry.applyProfile(customerId, ...profile)),
    takePlace: waitMs,
    planRead,
    createBatch: (upload) => write(upload.customerId, () => registry.createBatch(upload)),
    addDevices: (upload) => write(upload.customerId, () => registry.addDevices(upload)),
    uploadStatus: (customerId, trackingId) => read(customerId, () => registry.uploadStatus(customerId, trackingId)),
    batches: (customerId) => read(customerId, () => registry.batches(customerId)),
    batchDevices: (customerId, name) => read(customerId, () => registry.batchDevices(customerId, name)),
  };
}
