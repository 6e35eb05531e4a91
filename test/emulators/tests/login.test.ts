import { createRemoteJWKSet, decodeJwt, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFaults } from '../faults.ts';
import { createJournal } from '../journal.ts';
import { createLoginEmulator, type LoginEmulator } from '../login.ts';
import { BOT_APP_ID, DEFAULT_WORLD, PARTNER_CENTER_APP_ID, PARTNER_TENANT_ID } from '../world.ts';

const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
const SERVICE_URL = 'http://127.0.0.1:9/teams/';

const journal = createJournal();
const faults = createFaults();
let login: LoginEmulator;
let origin: string;

beforeAll(async () => {
  login = await createLoginEmulator({ journal, faults });
  origin = await login.listen();
});
afterAll(() => login.close());
beforeEach(() => {
  journal.clear();
  Object.assign(login.settings, { refresh: 'works', withoutMfa: false });
});

describe('tokens for apps', () => {
  it('gives the bot a token that its connector accepts', async () => {
    const { body } = await botToken('emulated-bot-secret');
    expect(decodeJwt(body.access_token)).toMatchObject({ aud: 'https://api.botframework.com', appid: BOT_APP_ID });
    expect(await login.verifyBotToken(`Bearer ${body.access_token}`)).toMatchObject({ ok: true });
  });

  it('refuses a wrong secret', async () => {
    const { status, body } = await botToken('guess');
    expect([status, body.error, body.error_codes]).toEqual([401, 'invalid_client', [7000215]]);
  });

  it('takes a certificate assertion in place of a secret, if it names app and certificate', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const assert = async (sub: string, header: object) => {
      const claims = new SignJWT({ iss: BOT_APP_ID, sub, aud: `${origin}/token` }).setExpirationTime('5m');
      const assertion = await claims.setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey);
      const form = { client_id: BOT_APP_ID, client_assertion: assertion, grant_type: 'client_credentials' };
      return (await token(PARTNER_TENANT_ID, { ...form, scope: 'https://graph.microsoft.com/.default' })).status;
    };
    expect(await assert(BOT_APP_ID, { x5t: 'c2hh' })).toBe(200);
    expect(await assert(PARTNER_CENTER_APP_ID, { x5t: 'c2hh' })).toBe(401);
    expect(await assert(BOT_APP_ID, {})).toBe(401);
  });

  it('does not know its apps in a customer tenant', async () => {
    const form = { client_id: BOT_APP_ID, client_secret: 'emulated-bot-secret', grant_type: 'client_credentials' };
    const scope = 'https://graph.microsoft.com/.default';
    const { body } = await token('c0000000-0000-4000-8000-000000000001', { ...form, scope });
    expect(body.error_codes).toEqual([90002]);
  });

  it('keeps secrets out of the journal', async () => {
    await botToken('emulated-bot-secret');
    expect(JSON.stringify(journal.entries())).not.toContain('emulated-bot-secret');
  });
});

describe('tokens for the service account', () => {
  it('rotates the refresh token and lets the old one work again', async () => {
    const first = await refresh();
    const second = await refresh();
    expect(first.body.refresh_token).not.toBe(second.body.refresh_token);
    const third = await refresh(first.body.refresh_token);
    expect(third.status).toBe(200);
    expect(decodeJwt(third.body.access_token)).toMatchObject({ scp: 'user_impersonation', amr: ['pwd', 'mfa'] });
  });

  it('gives version 1 answers to version 1 questions', async () => {
    const { body } = await refresh(undefined, { resource: PARTNER_CENTER }, '/oauth2/token');
    expect(body).toMatchObject({ expires_in: '3600', resource: PARTNER_CENTER });
  });

  it.each([
    ['expired', 700082],
    ['mfa-required', 50076],
  ] as const)('says invalid_grant when the sign-in is %s', async (state, code) => {
    login.settings.refresh = state;
    const { status, body } = await refresh();
    expect([status, body.error, body.error_codes]).toEqual([400, 'invalid_grant', [code]]);
  });

  it('leaves mfa out of the token when the sign-in had none', async () => {
    login.settings.withoutMfa = true;
    const { body } = await refresh();
    expect(decodeJwt(body.access_token)).toMatchObject({ amr: ['pwd'] });
  });
});

describe('the channel', () => {
  it('signs tokens that verify against the published, endorsed keys', async () => {
    const jwt = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID });
    const { payload } = await jwtVerify(jwt, await publishedKeys(), { audience: BOT_APP_ID });
    expect(payload.serviceurl).toBe(SERVICE_URL);
    const keys = await json(`${origin}/v1/.well-known/keys`);
    expect(keys.keys[0].endorsements).toEqual(['msteams']);
  });

  it('signs tokens that must be refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const foreign = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID, key: privateKey });
    const late = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID, claims: { exp: 1 } });
    const bare = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID, header: { alg: 'none' } });
    for (const jwt of [foreign, late, bare]) await expect(jwtVerify(jwt, await publishedKeys())).rejects.toThrow();
  });

  it('publishes the new key beside the old one after a rollover', async () => {
    const before = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID });
    await login.rollKeys();
    const after = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID });
    for (const jwt of [before, after]) await jwtVerify(jwt, await publishedKeys());
    expect(after.split('.')[0]).not.toBe(before.split('.')[0]);
  });

  it('may fail to serve its metadata', async () => {
    faults.add({ service: 'login', path: '/v1/.well-known/*', effect: { kind: 'status', status: 500 } });
    expect((await fetch(`${origin}/v1/.well-known/openidconfiguration`)).status).toBe(500);
    expect((await fetch(`${origin}/v1/.well-known/openidconfiguration`)).status).toBe(200);
  });

  it('signs for other processes', async () => {
    const body = JSON.stringify({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID });
    const answer = await fetch(`${origin}/_control/channel-token`, { method: 'POST', body });
    const { token: jwt } = JSON.parse(await answer.text());
    await jwtVerify(jwt, await publishedKeys());
  });

  it('keeps keys and refresh tokens over a restart', async () => {
    const jwt = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID });
    const { refresh_token: token } = (await refresh()).body;
    const again = await createLoginEmulator({ journal, faults });
    again.restore(JSON.parse(JSON.stringify(login.snapshot())));
    const url = await again.listen();
    await jwtVerify(jwt, createRemoteJWKSet(new URL(`${url}/v1/.well-known/keys`)));
    expect(JSON.stringify(again.snapshot())).toContain(token);
    await again.close();
  });
});

async function publishedKeys() {
  const { jwks_uri: uri } = await json(`${origin}/v1/.well-known/openidconfiguration`);
  return createRemoteJWKSet(new URL(uri));
}

function botToken(secret: string) {
  const scope = 'https://api.botframework.com/.default';
  const client = { client_id: BOT_APP_ID, client_secret: secret };
  return token('botframework.com', { ...client, scope, grant_type: 'client_credentials' });
}

function refresh(
  refreshToken = DEFAULT_WORLD.partnerCenterApp.refreshToken,
  audience: Record<string, string> = { scope: `${PARTNER_CENTER}/.default` },
  path?: string,
) {
  const { secret } = DEFAULT_WORLD.partnerCenterApp;
  const client = { client_id: PARTNER_CENTER_APP_ID, client_secret: secret };
  const form = { ...client, ...audience, grant_type: 'refresh_token', refresh_token: refreshToken };
  return token(PARTNER_TENANT_ID, form, path);
}

async function token(tenant: string, form: Record<string, string>, path = '/oauth2/v2.0/token') {
  const answer = await fetch(`${origin}/${tenant}${path}`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

async function json(url: string) {
  return JSON.parse(await (await fetch(url)).text());
}
