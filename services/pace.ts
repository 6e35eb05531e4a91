/** So many within so long, in any stretch of that length. */
export type Window = Readonly<{ limit: number; perMs: number }>;

/** Remembers when things happened, by key, so that no window is ever exceeded. */
export interface Pace {
  /** Takes a place now and returns 0, or takes none and returns the ms until one is free. */
  take(key: string): number;
  /** Ms until `take` would succeed; takes nothing. */
  wait(key: string): number;
}

/** A pace for each key, in this process. Keys that are silent for the longest window are forgotten. */
export function createPace(windows: readonly Window[], now: () => Date): Pace {
  const longestMs = Math.max(...windows.map(({ perMs }) => perMs));
  const taken = new Map<string, number[]>();
  let sweptAt = 0;

  function recent(key: string, at: number): number[] {
    const times = (taken.get(key) ?? []).filter((time) => time > at - longestMs);
    if (times.length > 0) taken.set(key, times);
    else taken.delete(key);
    return times;
  }

  function forgetSilent(at: number): void {
    if (at - sweptAt < longestMs) return;
    sweptAt = at;
    for (const key of [...taken.keys()]) recent(key, at);
  }

  function wait(key: string): number {
    const at = now().getTime();
    const times = recent(key, at);
    // The place that is free next is the one taken `limit` ago.
    const waits = windows.map(({ limit, perMs }) => {
      const oldest = times.at(-limit);
      return oldest === undefined ? 0 : Math.max(oldest + perMs - at, 0);
    });
    return Math.max(...waits);
  }

  return {
    wait,
    take(key) {
      const at = now().getTime();
      forgetSilent(at);
      const ms = wait(key);
      if (ms === 0) taken.set(key, [...(taken.get(key) ?? []), at]);
      return ms;
    },
  };
}
