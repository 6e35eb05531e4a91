import type { ServiceError } from '../errors.ts';

/** Bearer tokens for one audience, renewed in time. */
export interface TokenSupply {
  /** @throws ServiceError `partner-center-sign-in` or `partner-center-unavailable` (`details.reason`). */
  get(): Promise<string>;
  /** Forgets this token because a service refused it. Does nothing when a newer one is already there. */
  drop(token: string): void;
  /** Hears whether the service took this token; `refusal` is the error when it did not, for the second time in a row. */
  judged?(token: string, refusal?: ServiceError): Promise<void>;
}

/** A token that was just issued. */
export type IssuedToken = Readonly<{ value: string; expiresAt: Date }>;

/** Renew this long before expiry, so that a token never ends under way. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Keeps one token until five minutes before its end; callers who ask at the same time share one request. */
export function createTokenCache(
  issue: () => Promise<IssuedToken>,
  now: () => Date,
): TokenSupply & { renew(): Promise<IssuedToken> } {
  let current: IssuedToken | undefined;
  let pending: Promise<IssuedToken> | undefined;

  async function renewed(): Promise<IssuedToken> {
    try {
      current = await issue();
      return current;
    } finally {
      pending = undefined;
    }
  }

  function renew(): Promise<IssuedToken> {
    pending ??= renewed();
    return pending;
  }

  return {
    renew,
    async get() {
      if (current && current.expiresAt.getTime() - RENEW_BEFORE_MS > now().getTime()) return current.value;
      return (await renew()).value;
    },
    drop(token) {
      if (current?.value === token) current = undefined;
    },
  };
}
