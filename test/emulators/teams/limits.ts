import { type Activity, type Card, cardsOf } from './activity.ts';
import { badSyntax, REFUSALS, type Refusal, throttled } from './refusal.ts';

/** How many calls fit into a sliding window. */
export type Window = Readonly<{ calls: number; ms: number }>;

/** What the channel refuses. Each part can be switched off with `undefined`. */
export type Limits = Readonly<{
  /** Largest activity, in bytes of UTF-16. */
  messageBytes?: number | undefined;
  /** Sends, updates and creations of one bot in one conversation. */
  sends?: readonly Window[] | undefined;
  /** Roster reads of one bot in one conversation. */
  reads?: readonly Window[] | undefined;
  /** Calls of the older roster read without pages, in one conversation. */
  oldReads?: readonly Window[] | undefined;
  /** All calls of one bot in one tenant. */
  tenant?: readonly Window[] | undefined;
  /** How long the channel waits for the bot's answer, in milliseconds. */
  answerMs: number;
}>;

/**
 * The documented figures.
 *
 * @see Optimize your bot with rate limiting in Teams; Format your bot messages (100 KB, counted as UTF-16);
 * Manage a long-running operation (15 s)
 */
export const TEAMS_LIMITS: Limits = {
  messageBytes: 100 * 1024,
  sends: windows(7, 8, 60, 1800),
  reads: windows(14, 16, 120, 3600),
  oldReads: [{ calls: 5, ms: 60_000 }],
  tenant: [{ calls: 50, ms: 1000 }],
  answerMs: 15_000,
};

function windows(one: number, two: number, thirty: number, hour: number): readonly Window[] {
  return [
    { calls: one, ms: 1000 },
    { calls: two, ms: 2000 },
    { calls: thirty, ms: 30_000 },
    { calls: hour, ms: 3_600_000 },
  ];
}

/** Counts calls in sliding windows, by key. A refused call is not counted (inferred). */
export function createRateCounter(now: () => Date) {
  const calls = new Map<string, number[]>();
  return {
    /** Takes `count` calls, or says why not. */
    take(key: string, allowed: readonly Window[], count = 1): Refusal | undefined {
      if (allowed.length === 0) return undefined;
      const at = now().getTime();
      const longest = Math.max(...allowed.map(({ ms }) => ms));
      const past = (calls.get(key) ?? []).filter((time) => time > at - longest);
      const waits = allowed.map((window) => waitMs(past, window, at, count));
      const wait = Math.max(...waits);
      if (wait > 0) return throttled(Math.ceil(wait / 1000));
      calls.set(key, [...past, ...Array<number>(count).fill(at)]);
      return undefined;
    },
  };
}

function waitMs(past: readonly number[], { calls, ms }: Window, at: number, count: number): number {
  const inside = past.filter((time) => time > at - ms);
  const free = calls - inside.length;
  if (count <= free || inside.length === 0) return 0;
  const mustLeave = inside[Math.min(count - free, inside.length) - 1] ?? at;
  return mustLeave + ms - at;
}

/** Checks an activity the bot wants to post: its size and its cards. */
export function checkMessage(message: Activity, { messageBytes }: Limits): Refusal | undefined {
  if (messageBytes !== undefined && utf16Bytes(message) > messageBytes) return REFUSALS.tooBig;
  return cardsOf(message).map(checkCard).find(Boolean);
}

/** Size as Teams counts it: UTF-16, without the bytes of pictures inside (Format your bot messages). */
export function utf16Bytes(json: unknown): number {
  return JSON.stringify(json).replace(/data:image\/[a-z+]+;base64,[A-Za-z0-9+/=]+/g, '').length * 2;
}

const VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'];

/**
 * Checks what Teams needs to show a card. The versions are documented (Adaptive Cards reference for Teams: 1.5 or
 * earlier); real clients show such a card as broken rather than refuse it, here it is refused so that tests notice.
 */
export function checkCard(card: Card): Refusal | undefined {
  if (card.type !== 'AdaptiveCard') return badSyntax('The card is not an AdaptiveCard.');
  if (typeof card.version === 'string' && VERSIONS.includes(card.version)) return undefined;
  return badSyntax(`Card version ${JSON.stringify(card.version ?? null)} is not 1.0 to 1.5.`);
}
