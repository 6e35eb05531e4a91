import type Keyv from 'keyv';
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

/**
 * Remembers handled activities by conversation and id. It is written after the handling, so that a turn that died
 * half-way is handled again. Answers to requests need no remembering: the decision itself is idempotent.
 */
export function createRedelivery(seen: Keyv): Redelivery {
  const running = new Map<string, Promise<unknown>>();

  return {
    async once(heard, handle, again) {
      if (!heard.id || !isRemembered(heard)) return void (await handle());
      const key = `${heard.place.conversationId}/${heard.id}`;
      const earlier = running.get(key) ?? (await seen.get(key));
      if (earlier !== undefined) {
        const answer = unwrap(await earlier);
        if (answer !== undefined) await again(answer);
        return;
      }
      const mine = handle();
      running.set(key, mine);
      try {
        const answer = await mine;
        await seen.set(key, { answer: answer ?? null }, REMEMBER_MS);
      } finally {
        running.delete(key);
      }
    },
  };
}

function isRemembered({ type, pressed }: Heard): boolean {
  if (type === 'message') return true;
  return type === 'invoke' && pressed !== undefined && !pressed.verb.startsWith('relationship.');
}

function unwrap(earlier: unknown): unknown {
  const stored = typeof earlier === 'object' && earlier !== null && 'answer' in earlier ? earlier.answer : earlier;
  return stored ?? undefined;
}
