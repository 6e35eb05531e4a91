import type { Step } from './people.ts';
import type { World } from './trial.ts';

/** Something that happens. What comes back as `again` came to nothing, and somebody tries once more. */
type Act = () => Promise<unknown>;

const AGAIN_AFTER_MS = 61_000;

/** What is going to happen and when, in virtual time. Between two entries the bot works. */
export function createAgenda(world: World) {
  /** The next one is the last of the list. */
  const entries: { atMs: number; act: Act }[] = [];

  function add(atMs: number, act: Act): void {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle]?.atMs ?? 0) > atMs) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, { atMs, act });
  }

  return {
    add,
    /** Somebody does something with the bot, and tries until it is done; `then` is what that leads to. */
    let<T>(atMs: number, step: Step<T>, then: (result: T) => unknown = () => undefined): void {
      add(atMs, async () => {
        const done = await world.attempt(step);
        if (!done) return 'again';
        await then(done.result);
        return 'done';
      });
    },
    /** Everything happens, until nothing is left to happen. */
    async live(): Promise<void> {
      for (let next = entries.pop(); next; next = entries.pop()) {
        await world.work(next.atMs);
        if ((await next.act()) === 'again') add(world.clock.ms + AGAIN_AFTER_MS, next.act);
      }
    },
  };
}
