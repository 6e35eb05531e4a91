/** Longest pause we obey, in ms: an absurd value must not park work for days. */
const MAX_RETRY_AFTER_MS = 3_600_000;
const FIRST_PAUSE_MS = 5_000;

/** Reads a Retry-After header, in seconds or as a date; at most one hour; `undefined` when it says nothing usable. */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return capped(Number(text) * 1000);
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : capped(at - now.getTime());
}

/** The pause when nothing was told: 5 s for the first refusal in a row, doubling, at most one hour. */
export function pauseAfterRefusals(inARow: number): number {
  return capped(FIRST_PAUSE_MS * 2 ** Math.min(inARow - 1, 20));
}

function capped(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
