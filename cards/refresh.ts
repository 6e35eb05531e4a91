import type { ButtonData } from './buttons.ts';
import type { AdaptiveCard } from './render.ts';
import type { Verb } from './verbs.ts';

/** What a card may ask for by itself when somebody looks at it: to be drawn again, and nothing that changes anything. */
export const REFRESH_VERBS = ['request.open', 'batch.page'] as const satisfies readonly Verb[];
export type RefreshVerb = (typeof REFRESH_VERBS)[number];

/**
 * Lets a card bring itself up to date when it is displayed, also an old or a forwarded one: Teams asks at most once a
 * minute, and what comes back is for that reader only. No readers are named, so it works for whoever sees the card, in
 * chats of up to 60 members; whether they may see anything is decided when Teams asks.
 *
 * @see Teams: user specific views, `refresh`
 */
export function refreshing(card: AdaptiveCard, verb: RefreshVerb, data: ButtonData): AdaptiveCard {
  return { ...card, refresh: { action: { type: 'Action.Execute', verb, data } } };
}
