import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPartnerSignIn, REFRESH_TOKEN } from '../../../services/login/partner-sign-in.ts';
import type { SealedSecrets } from '../../../services/login/sealed-secrets.ts';
import {
  aToken,
  OTHER_TENANT,
  RESOURCE,
  recordingLog,
  SECRET,
  secretsInMemory,
  TENANT,
  wordsOf,
} from './login-fixtures.ts';
import { type Reply, type Seen, startLoopback } from './loopback.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

let login: Awaited<ReturnType<typeof startLoopback>>;
let store: ReturnType<typeof secretsInMemory>;
let log: ReturnType<typeof recordingLog>;
let rotations: number;

/** Rotates as Entra does: a new refresh token with every answer, the old one still valid. */
async function rotate(seen: Seen, claims = {}): Promise<Reply> {
  rotations += 1;
  const known = /^canary-(seed|rt-\d+)$/.test(seen.form.get('refresh_token') ?? '');
  if (!known) return { status: 400, body: { error: 'invalid_grant', error_codes: [9002313] } };
  const access_token = await aToken({ scp: 'user_impersonation', ...claims });
  return { body: { access_token, expires_in: 3600, refresh_token: `canary-rt-${rotations}` } };
}

beforeEach(async () => {
  rotations = 0;
  store = secretsInMemory(() => NOW);
  log = recordingLog();
  login = await startLoopback((seen) => rotate(seen));
});
afterEach(() => login.close());

function signIn({
  secrets = store as SealedSecrets,
  seed = 'canary-seed' as string | undefined,
  now = () => NOW,
} = {}) {
  const credential = { secret: SECRET };
  const where = { loginUrl: login.url, tenantId: TENANT, clientId: 'app', credential, timeoutMs: 1_000 };
  return createPartnerSignIn({ ...where, resource: RESOURCE, secrets, seed, log, now });
}

const stored = () => store.rows.get(REFRESH_TOKEN)?.value;
const reject = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('resolved')),
    (error: unknown) => error,
  );
const sent = () => login.seen.map(({ form }) => form.get('refresh_token'));

describe('the partner sign-in', () => {
  it('trades the seed for a token and stores the new refresh token', async () => {
    expect(await signIn().get()).toContain('.');
    expect(sent()).toEqual(['canary-seed']);
    expect(stored()).toBe('canary-rt-1');
    expect(login.seen[0]?.form.get('scope')).toBe(`${RESOURCE}/.default offline_access`);
  });

  it('ignores the seed once the store holds a token', async () => {
    await signIn().get();
    await signIn({ seed: 'canary-seed-of-another-day' }).get();
    expect(sent()).toEqual(['canary-seed', 'canary-rt-1']);
  });

  it('says so when nobody signed in yet', async () => {
    const error = await reject(signIn({ seed: '' }).get());
    expect(error).toMatchObject({ code: 'partner-center-sign-in', details: { reason: 'missing' } });
    expect(login.seen).toHaveLength(0);
  });

  it('stores the refresh token before anybody gets the access token', async () => {
    const order: string[] = [];
    const secrets: SealedSecrets = {
      ...store,
      async replace(name, value, version) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        order.push(`stored ${value}`);
        return store.replace(name, value, version);
      },
    };
    await signIn({ secrets }).get();
    order.push('handed out');
    expect(order).toEqual(['stored canary-seed', 'stored canary-rt-1', 'handed out']);
  });

  it('survives a crash between receipt and store: nothing was handed out, the old token still works', async () => {
    await signIn().get();
    const failing: SealedSecrets = { ...store, replace: () => Promise.reject(new Error('the disk is gone')) };
    const error = await reject(signIn({ secrets: failing }).get());
    expect(wordsOf(error)).toContain('the disk is gone');
    expect(wordsOf(error)).not.toContain('canary');
    expect(stored()).toBe('canary-rt-1');
    await signIn().get(); // the next start
    expect(sent().at(-1)).toBe('canary-rt-1');
    expect(stored()).toBe('canary-rt-3');
  });

  it('asks once for callers of one process, and again only near the end', async () => {
    let at = NOW.getTime();
    const partner = signIn({ now: () => new Date(at) });
    await Promise.all(Array.from({ length: 10 }, () => partner.get()));
    expect(login.seen).toHaveLength(1);
    at += 56 * 60_000;
    await partner.get();
    expect(sent()).toEqual(['canary-seed', 'canary-rt-1']);
  });

  it('lets two processes on one store renew one after the other, each with the newest token', async () => {
    let running = 0;
    login.answerWith(async (seen) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 40));
      running -= 1;
      return rotate(seen);
    });
    const [one, other] = await Promise.all([signIn().get(), signIn().get()]);
    expect(one).not.toBe(other);
    expect(sent()).toEqual(['canary-seed', 'canary-rt-1']);
    expect(stored()).toBe('canary-rt-2');
  });

  it('keeps the token that another process stored in between, and reads it anew after invalid_grant', async () => {
    await signIn().get();
    let interfered = false;
    login.answerWith(async (seen) => {
      if (interfered) return rotate(seen);
      interfered = true;
      await store.replace(REFRESH_TOKEN, 'canary-rt-77', 2);
      return { status: 400, body: { error: 'invalid_grant', error_codes: [700082] } };
    });
    await signIn().get();
    expect(sent()).toEqual(['canary-seed', 'canary-rt-1', 'canary-rt-77']);
    expect(stored()).toBe('canary-rt-2');
  });

  it('does not overwrite a newer token when its lease ran out', async () => {
    await signIn().get();
    login.answerWith(async (seen) => {
      await store.replace(REFRESH_TOKEN, 'canary-rt-88', 2);
      return rotate(seen);
    });
    expect(await signIn().get()).toContain('.');
    expect(stored()).toBe('canary-rt-88');
  });

  it.each([
    ['expired', 700082],
    ['mfa', 50076],
    ['mfa', 50079],
    ['revoked', 50173],
  ])('names the reason when it is over: %s (%d)', async (reason, code) => {
    await signIn().get();
    login.answerWith(() => ({ status: 400, body: { error: 'invalid_grant', error_codes: [code] } }));
    const error = await reject(signIn().get());
    expect(error).toMatchObject({ code: 'partner-center-sign-in', details: { reason, aadsts: code } });
    expect(stored()).toBe('canary-rt-1');
  });

  it('treats a busy login service as passing', async () => {
    login.answerWith(() => ({ status: 429, headers: { 'retry-after': '9' }, body: { error: 'x' } }));
    const error = await reject(signIn().get());
    expect(error).toMatchObject({ code: 'partner-center-unavailable', details: { retryAfterMs: 9_000 } });
  });

  it('stores nothing that came with a token of another tenant', async () => {
    login.answerWith((seen) => rotate(seen, { tid: OTHER_TENANT }));
    expect(await reject(signIn().get())).toMatchObject({ details: { reason: 'token-mismatch' } });
    expect(stored()).toBe('canary-seed');
  });

  it('keeps the old refresh token when login sends no new one', async () => {
    login.answerWith(async () => ({ body: { access_token: await aToken(), expires_in: 3600 } }));
    await signIn().get();
    expect(stored()).toBe('canary-seed');
  });

  it('tells the days left of 90', async () => {
    const partner = signIn({ now: () => new Date(NOW.getTime() + 80 * 86_400_000) });
    expect(await partner.age()).toBeUndefined();
    await signIn().get();
    expect(await partner.age()).toEqual({ renewedAt: NOW, daysLeft: 10 });
  });

  it('renews on demand, and takes a new consent', async () => {
    const partner = signIn();
    await partner.get();
    await partner.renew();
    expect(stored()).toBe('canary-rt-2');
    await partner.adopt('canary-rt-500');
    expect(sent()).toEqual(['canary-seed', 'canary-rt-1', 'canary-rt-500']);
  });

  it('logs and reports without a secret', async () => {
    await signIn().get();
    const secretsSeen = [SECRET, ...sent(), stored()];
    login.answerWith(() => ({ status: 400, body: { error: 'invalid_grant', error_description: SECRET } }));
    const words = wordsOf(await reject(signIn().get())) + log.lines.join('\n');
    for (const secret of secretsSeen) expect(words).not.toContain(secret);
  });
});
