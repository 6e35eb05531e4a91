/** The process ends here. Nothing in the product may hold it up, and nothing of that process may act afterwards. */
export class Death extends Error {
  override readonly name = 'Death';
}

/**
 * What is done to one call of a port: the process dies before or after it, or the caller gets an error although nothing
 * (`fail-before`) or everything (`fail-after`) was done.
 */
export const HARMS = ['die-before', 'die-after', 'fail-before', 'fail-after'] as const;
export type Harm = (typeof HARMS)[number];

/** Which calls of a trial are harmed, by their number from 1. */
export type Plan = ReadonlyMap<number, Harm>;

export type Watch = ReturnType<typeof createWatch>;

/** Counts every call of every port of a trial, and does to them what the plan says, or chance. */
export function createWatch(plan: Plan, dies: () => boolean = () => false) {
  const calls: string[] = [];
  const done: { name: string; harm: Harm }[] = [];
  let dead = false;
  let doomed = false;

  function die(): never {
    dead = true;
    doomed = false;
    throw new Death();
  }

  return {
    /** Names of the calls so far, in order: each is a point at which a trial can be harmed. */
    calls,
    /** Harms that were done. */
    done,
    isDead: () => dead,
    /** The process dies after its next call, whatever that is. */
    doom(): void {
      doomed = true;
    },
    /** A new process begins. */
    revive(): void {
      dead = false;
    },
    /** One call of a port. `failure` says what the caller sees when it fails; without it, an error is thrown. */
    async call<T>(name: string, act: () => Promise<T>, failure?: () => T): Promise<T> {
      if (dead) throw new Death();
      calls.push(name);
      const harm = plan.get(calls.length) ?? (doomed || dies() ? 'die-after' : undefined);
      if (harm) done.push({ name, harm });
      if (harm === 'die-before') die();
      if (harm === 'fail-before') return failed(name, failure);
      const result = await act();
      if (dead) throw new Death(); // the process ended inside
      if (harm === 'die-after') die();
      return harm === 'fail-after' ? failed(name, failure) : result;
    },
  };
}

/**
 * A port whose every method is a point, made from the port itself so that no method can be forgotten.
 *
 * @param failures what callers see of a failing method, where an error would break the port's promise.
 */
export function watched<P extends object>(
  name: string,
  port: P,
  watch: Watch,
  failures: Readonly<Record<string, () => unknown>> = {},
): P {
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      return (...values: readonly unknown[]) =>
        watch.call(`${name}.${key}`, async () => Reflect.apply(member, target, values), failures[key]);
    },
  });
}

function failed<T>(name: string, failure: (() => T) | undefined): T {
  if (failure) return failure();
  throw new Error(`injected: ${name} failed`);
}
