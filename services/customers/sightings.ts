import type { TenantId } from '../identity.ts';

/**
 * How long a relationship that Partner Center showed is taken to hold, in ms. What is sent relies on a read of at most five
 * minutes before; the last of them is left for the way there.
 */
export const BELIEVED_MS = 4 * 60_000;

/** One moment by the clock on the wall and by one that only goes forward, in ms. */
type Moment = Readonly<{ at: number; tick: number }>;

/**
 * When this process itself last saw at Partner Center that a customer has a relationship. It is in no table on purpose: who
 * can write to the database, or restores an old one, makes nothing believed that Partner Center does not say.
 */
export function createSightings(now: () => Date) {
  const seen = new Map<TenantId, Moment>();

  return {
    /** The moment at which Partner Center is asked: a sighting counts from there. */
    moment: (): Moment => ({ at: now().getTime(), tick: performance.now() }),

    note(id: TenantId, askedAt: Moment): void {
      forgetOld();
      seen.delete(id); // the oldest come first
      seen.set(id, askedAt);
    },

    forget(id: TenantId): void {
      seen.delete(id);
    },

    /** By both clocks: time that jumps makes a sighting older, never younger. */
    isFresh(id: TenantId): boolean {
      const found = seen.get(id);
      if (!found) return false;
      const age = now().getTime() - found.at;
      return age >= 0 && Math.max(age, performance.now() - found.tick) <= BELIEVED_MS;
    },
  };

  /** As many are kept as were seen within the time that counts. */
  function forgetOld(): void {
    for (const [id, { tick }] of seen) {
      if (performance.now() - tick <= BELIEVED_MS) return;
      seen.delete(id);
    }
  }
}
