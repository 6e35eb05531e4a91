/** How many requests a source may make at once, and how many per second after that. */
type Allowance = Readonly<{ burst: number; perSecond: number }>;

export interface RateLimit {
  /** True while the source has something left; takes nothing. */
  allows(source: string): boolean;
  /** Takes one from the source's bucket; false when it was empty. */
  take(source: string): boolean;
}

export type RateLimitOptions = Allowance & Readonly<{ maxSources?: number; now: () => Date }>;

type Bucket = { tokens: number; at: number };

/** Sources remembered at once; the one longest silent is forgotten first, and starts afresh. */
const MAX_SOURCES = 10_000;

/** Counts requests per source in token buckets. Memory is bounded whatever number of sources there are. */
export function createRateLimit({ burst, perSecond, maxSources = MAX_SOURCES, now }: RateLimitOptions): RateLimit {
  const buckets = new Map<string, Bucket>();

  function tokens(bucket: Bucket | undefined, at: number): number {
    if (!bucket) return burst;
    return Math.min(burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1_000) * perSecond);
  }

  return {
    allows: (source) => tokens(buckets.get(source), now().getTime()) >= 1,
    take(source) {
      const at = now().getTime();
      const left = tokens(buckets.get(source), at);
      buckets.delete(source); // written again below: a Map keeps the order of writing, which makes it the LRU list
      buckets.set(source, { tokens: left >= 1 ? left - 1 : left, at });
      const oldest = buckets.size > maxSources ? buckets.keys().next() : undefined;
      if (oldest && !oldest.done) buckets.delete(oldest.value);
      return left >= 1;
    },
  };
}
