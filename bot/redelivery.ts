import type Keyv from 'keyv';
import type { Log } from '../services/log.ts';
import type { Heard } from './activity.ts';

/** Teams sends an activity again when it was not answered in time: it is then answered the same way, once. */
export interface Redelivery {
  /**
   * Handles an activity unless it was handled before; then `again` is called with what the first handling returned.
   * A second delivery that arrives during the first waits for it.
   */
  once(heard: Heard, handle: () => Promise<unknown>, again: (answer: unknown) => Promise<void>): Promise<void>;
}

/** How long an activity may come again, in ms. Teams gives up after minutes; the connector's token lives for an hour. */
const REMEMBER_MS = 3_600_000;
/** Teams waits at least this long for an answer before it sends again, in ms; so a younger activity comes for the first time. */
const FIRST_TIME_MS = 5_000;

export type RedeliveryParts = Readonly<{ seen: Keyv; now: () => Date; log: Log }>;

/**
 * Remembers handled activities by conversation and id, after the handling, so that a turn that died half-way is handled
 * again. Answers to requests need no remembering: the decision itself is idempotent. What happened in this process in the
 * last seconds is known without the database, which is told when the answer is out.
 */
export function createRedelivery({ seen, now, log }: RedeliveryParts): Redelivery {
  const recent = new Map<string, Promise<unknown>>();

  /** What an earlier delivery was answered with, in here or in another process. */
  async function earlierAnswer(key: string, heard: Heard): Promise<{ answer?: unknown } | undefined> {
    const here = recent.get(key);
    if (here !== undefined) return { answer: await here };
    if (heard.sentAt && now().getTime() - heard.sentAt.getTime() < FIRST_TIME_MS) return undefined;
    const stored: unknown = await seen.get(key);
    return typeof stored === 'object' && stored !== null ? stored : undefined;
  }

  async function remember(key: string, answer: unknown): Promise<void> {
    try {
      await seen.set(key, { answer: answer ?? null }, REMEMBER_MS);
    } catch (error) {
      log.warn('a handled activity could not be remembered', { error });
    } finally {
      setTimeout(() => recent.delete(key), FIRST_TIME_MS).unref(); // so long the database is not asked
    }
  }

  return {
    async once(heard, handle, again) {
      if (!heard.id || !isRemembered(heard)) return void (await handle());
      const key = `${heard.place.conversationId}/${heard.id}`;
      const earlier = await earlierAnswer(key, heard);
      if (earlier) {
        const answer = earlier.answer ?? undefined;
        if (answer !== undefined) await again(answer);
        return;
      }
      const mine = handle();
      recent.set(key, mine);
      try {
        const answer = await mine;
        setImmediate(() => void remember(key, answer));
      } catch (error) {
        recent.delete(key);
        throw error;
      }
    },
  };
}

function isRemembered({ type, pressed, invoked }: Heard): boolean {
  if (type === 'message' || invoked?.name === 'composeExtension/submitAction') return true;
  return (
    type === 'invoke' &&
    pressed !== undefined &&
    pressed.how !== 'by-itself' &&
    !pressed.verb.startsWith('relationship.')
  );
}
