import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { SealedSecret, SealedSecrets } from './sealed-secrets.ts';
import { createTokenEndpoint, type GrantedToken, type LoginOptions, signIn } from './token-endpoint.ts';
import { createTokenCache, type IssuedToken, type TokenSupply } from './tokens.ts';

export type PartnerSignInOptions = LoginOptions &
  Readonly<{
    /** Audience of the tokens: `partnerCenterResource` of the cloud. */
    resource: string;
    secrets: SealedSecrets;
    /** Refresh token of the first consent; used only while the store holds none. */
    seed?: string;
    /** Waits while another process renews. */
    sleep?: (ms: number) => Promise<unknown>;
    log: Log;
  }>;

export type SignInAge = Readonly<{
  renewedAt: Date;
  daysLeft: number;
  /** When a person last signed in, with the second factor: renewals do not change it. Absent where that was not noted. */
  signedInAt?: Date;
}>;

/** The partner user in whose name Partner Center is called (Secure Application Model). */
export interface PartnerSignIn extends TokenSupply {
  /** When the refresh token was last renewed and how many days it has left; `undefined` before the first use. */
  age(): Promise<SignInAge | undefined>;
  /** Renews now, so that an idle installation does not lose its sign-in. */
  renew(): Promise<void>;
  /** Takes the refresh token of a new consent in place of the stored one, and tries it at once. */
  adopt(refreshToken: string): Promise<void>;
}

/** Name of the sealed row. */
export const REFRESH_TOKEN = 'partner-center-refresh-token';
/** Life of an unused refresh token, in days. @see GDAP and the secure application model */
const REFRESH_TOKEN_DAYS = 90;
const DAY_MS = 86_400_000;
const LEASE_POLL_MS = 100;

/**
 * User tokens by the refresh_token grant. The newest refresh token is stored before the access token that came with it
 * is handed out, so a crash at any point leaves a usable one. One process renews at a time; the next reads what it left.
 */
export function createPartnerSignIn(options: PartnerSignInOptions): PartnerSignIn {
  const { resource, secrets, seed, now, log } = options;
  const grant = createTokenEndpoint(options);
  const scope = `${resource}/.default offline_access`;
  const cache = createTokenCache(() => withLease(options, issue), now);

  async function issue(): Promise<IssuedToken> {
    let stored = await stock(secrets, seed);
    const granted = await refresh(stored).catch(async (error: unknown) => {
      const newer = await secrets.read(REFRESH_TOKEN);
      if (!newer || newer.version === stored.version) throw error;
      stored = newer; // somebody renewed or signed in anew meanwhile: what failed was not the newest
      return refresh(newer);
    });
    await keep(granted, stored);
    return granted;
  }

  function refresh({ value }: SealedSecret): Promise<GrantedToken> {
    return grant({ grant_type: 'refresh_token', scope, refresh_token: value }, resource);
  }

  async function keep({ refreshToken }: GrantedToken, stored: SealedSecret): Promise<void> {
    if (!refreshToken) return log.warn('login sent no new refresh token; the old one stays', {});
    const outcome = await secrets.replace(REFRESH_TOKEN, refreshToken, stored.version);
    // Both are valid then, and the one already stored is as new as ours.
    if (outcome === 'conflict') log.warn('another process renewed the partner sign-in at the same time', {});
  }

  return {
    get: () => cache.get(),
    drop: (token) => cache.drop(token),
    async age() {
      const stored = await secrets.read(REFRESH_TOKEN);
      if (!stored) return undefined;
      const ageDays = (now().getTime() - stored.updatedAt.getTime()) / DAY_MS;
      const daysLeft = Math.max(0, REFRESH_TOKEN_DAYS - ageDays);
      return { renewedAt: stored.updatedAt, daysLeft, signedInAt: stored.begunAt };
    },
    async renew() {
      await cache.renew();
    },
    async adopt(refreshToken) {
      await secrets.put(REFRESH_TOKEN, refreshToken); // a renewal that is under way meets a newer version and leaves it
      await cache.renew();
    },
  };
}

/** The stored refresh token, put there from the seed when there is none yet. */
async function stock(secrets: SealedSecrets, seed: string | undefined): Promise<SealedSecret> {
  const stored = await secrets.read(REFRESH_TOKEN);
  if (stored) return stored;
  if (!seed) throw signIn('missing', 'nobody has signed in to Partner Center yet');
  await secrets.replace(REFRESH_TOKEN, seed, 0); // whoever came first, the row is there now
  const seeded = await secrets.read(REFRESH_TOKEN);
  if (!seeded) throw unavailable('the seeded refresh token vanished');
  return seeded;
}

/** Runs `work` while no other process renews. The lease outlives one slow exchange; a dead holder blocks no longer. */
async function withLease<T>(options: PartnerSignInOptions, work: () => Promise<T>): Promise<T> {
  const { secrets, timeoutMs, sleep = pause } = options;
  const holder = randomUUID();
  const leaseMs = 2 * timeoutMs + 5_000;
  for (let waitedMs = 0; !(await secrets.lease(REFRESH_TOKEN, holder, leaseMs)); waitedMs += LEASE_POLL_MS) {
    if (waitedMs > leaseMs) throw unavailable('another process has been renewing the sign-in for too long');
    await sleep(LEASE_POLL_MS);
  }
  try {
    return await work();
  } finally {
    await secrets.release(REFRESH_TOKEN, holder);
  }
}

function unavailable(message: string): ServiceError {
  return new ServiceError('partner-center-unavailable', message);
}
