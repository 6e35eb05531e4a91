import { REFRESH_VERBS } from '../cards/refresh.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import type { Turn } from '../dialogs/turn.ts';
import { ServiceError } from '../services/errors.ts';
import type { Log } from '../services/log.ts';
import type { CardAction } from './actions/action.ts';
import { createRateLimit } from './endpoint/rate-limit.ts';

export type RefreshParts = Readonly<{
  actions: Readonly<Record<string, CardAction>>;
  now: () => Date;
  log: Log;
}>;

/** So many cards one person's clients may bring up to date at once, and per second after that. Our own rule. */
const ALLOWANCE = { burst: 30, perSecond: 0.5 };

/**
 * Answers cards that ask by themselves to be drawn again. Nothing is decided, remembered or said in the chat here, and who
 * may not see the card, or asks too often, keeps what they have without a word.
 */
export function createRefresh({ actions, now, log }: RefreshParts) {
  const limit = createRateLimit({ ...ALLOWANCE, now });

  /** @returns the card as this person may see it now, or nothing. */
  return async (turn: Turn, verb: string, data: unknown): Promise<AdaptiveCard | undefined> => {
    const { tenantId, userId } = turn.speaker;
    const isRefresh = REFRESH_VERBS.some((one) => one === verb);
    if (!isRefresh || !limit.take(`${tenantId}/${userId}`)) return undefined;
    try {
      return (await actions[verb]?.(turn, data))?.replace;
    } catch (error) {
      if (!(error instanceof ServiceError)) log.error('a card could not be brought up to date', { error });
      return undefined;
    }
  };
}

export type Refresh = ReturnType<typeof createRefresh>;
