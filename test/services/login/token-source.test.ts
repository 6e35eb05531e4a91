import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../services/errors.ts';
import type { ClientCredential } from '../../../services/login/client-proof.ts';
import { createTokenSource } from '../../../services/login/token-source.ts';
import { aCertificate } from './certificates.ts';
import { aToken, OTHER_TENANT, RESOURCE, SECRET, TENANT, wordsOf } from './login-fixtures.ts';
import { deadUrl, startLoopback } from './loopback.ts';

const SCOPE = `${RESOURCE}/.default`;
const NOW = Date.parse('2026-11-21T12:00:00Z');

let login: Awaited<ReturnType<typeof startLoopback>>;
let nowMs: number;

beforeEach(async () => {
  nowMs = NOW;
  login = await startLoopback(async () => ({ body: { access_token: await aToken(), expires_in: 3600 } }));
});
afterEach(() => login.close());

function source(credential: ClientCredential = { secret: SECRET }, loginUrl = login.url, timeoutMs = 2_000) {
  const now = () => new Date(nowMs);
  return createTokenSource({ loginUrl, tenantId: TENANT, clientId: 'app', credential, now, timeoutMs });
}

async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw error;
  return error;
}

describe('client-credential tokens', () => {
  it('asks the v2 endpoint of the tenant with the secret', async () => {
    await source().token(SCOPE);
    const [asked] = login.seen;
    expect(asked?.path).toBe(`/${TENANT}/oauth2/v2.0/token`);
    expect(Object.fromEntries(asked?.form ?? [])).toEqual({
      client_id: 'app',
      client_secret: SECRET,
      grant_type: 'client_credentials',
      scope: SCOPE,
    });
  });

  it('keeps a token until five minutes before its end', async () => {
    const tokens = source();
    const first = await tokens.token(SCOPE);
    nowMs = NOW + 54 * 60_000;
    expect(await tokens.token(SCOPE)).toBe(first);
    nowMs = NOW + 55 * 60_000;
    expect(await tokens.token(SCOPE)).not.toBe(first);
    expect(login.seen).toHaveLength(2);
  });

  it('lets callers who ask at once share one request', async () => {
    const tokens = source();
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.token(SCOPE)));
    expect(new Set(all).size).toBe(1);
    expect(login.seen).toHaveLength(1);
  });

  it('keeps audiences apart', async () => {
    login.answerWith(async ({ form }) => {
      const aud = form.get('scope')?.replace('/.default', '');
      return { body: { access_token: await aToken({ aud }), expires_in: 3600 } };
    });
    const tokens = source();
    const [one, other] = [await tokens.token(SCOPE), await tokens.token('https://graph.microsoft.com/.default')];
    expect(one).not.toBe(other);
    expect(await tokens.token(SCOPE)).toBe(one);
  });

  it('asks again after the token was dropped, but not when another one is there already', async () => {
    const supply = source().forScope(SCOPE);
    const first = await supply.get();
    supply.drop('some older token');
    expect(await supply.get()).toBe(first);
    supply.drop(first);
    expect(await supply.get()).not.toBe(first);
  });

  it('tries anew after a failure', async () => {
    const tokens = source();
    login.answerWith(() => ({ status: 500 }));
    await failureOf(tokens.token(SCOPE));
    login.answerWith(async () => ({ body: { access_token: await aToken(), expires_in: 3600 } }));
    expect(await tokens.token(SCOPE)).toContain('.');
  });

  it('proves itself with a certificate when it has one', async () => {
    const { pem } = await aCertificate({ subject: 'CN=tarmac' });
    await source({ certificatePem: pem }).token(SCOPE);
    const form = login.seen[0]?.form;
    const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
    const { payload, protectedHeader } = await jwtVerify(
      form?.get('client_assertion') ?? '',
      createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })),
      { audience: `${login.url}/${TENANT}/oauth2/v2.0/token`, issuer: 'app', currentDate: new Date(NOW) },
    );
    expect(payload.sub).toBe('app');
    expect(protectedHeader).toMatchObject({
      alg: 'PS256',
      'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
    });
    expect(form?.has('client_secret')).toBe(false);
  });

  it('refuses a certificate file whose key belongs to another certificate', async () => {
    const [one, other] = [await aCertificate({ subject: 'CN=one' }), await aCertificate({ subject: 'CN=other' })];
    expect(() => source({ certificatePem: one.keyPem + other.certificatePem })).toThrow(/does not belong/);
    expect(() => source({ certificatePem: one.keyPem })).toThrow(/must hold/);
  });
});

describe('a token that is not meant for us', () => {
  it.each([
    ['another tenant', { tid: OTHER_TENANT }],
    ['no tenant', { tid: undefined }],
    ['another audience', { aud: 'https://graph.microsoft.com' }],
    ['two audiences', { aud: [RESOURCE, 'https://graph.microsoft.com'] }],
    ['an audience that only begins alike', { aud: `${RESOURCE}.evil.example` }],
  ])('is refused: %s', async (_, claims) => {
    const token = await aToken(claims);
    login.answerWith(() => ({ body: { access_token: token, expires_in: 3600 } }));
    const error = await failureOf(source().token(SCOPE));
    expect(error).toMatchObject({ code: 'partner-center-sign-in', details: { reason: 'token-mismatch' } });
    expect(wordsOf(error)).not.toContain(token);
  });

  it('is refused when it is no token at all', async () => {
    login.answerWith(() => ({ body: { access_token: 'canary-opaque', expires_in: 3600 } }));
    const error = await failureOf(source().token(SCOPE));
    expect(error.details).toEqual({ reason: 'token-mismatch' });
    expect(wordsOf(error)).not.toContain('canary-opaque');
  });
});

describe('what a failure means', () => {
  const entra = (error: string, code: number) => ({
    status: 400,
    body: { error, error_codes: [code], error_description: `AADSTS${code}: account canary-upn@x.example` },
  });

  it.each([
    ['MFA demanded', entra('invalid_grant', 50076), 'mfa', 50076],
    ['MFA not set up', entra('invalid_grant', 50079), 'mfa', 50079],
    ['interaction', entra('interaction_required', 16000), 'mfa', 16000],
    ['expired', entra('invalid_grant', 700082), 'expired', 700082],
    ['revoked', entra('invalid_grant', 50173), 'revoked', 50173],
    ['wrong secret', entra('invalid_client', 7000215), 'credential', 7000215],
    ['unknown app', entra('unauthorized_client', 700016), 'credential', 700016],
    ['wrong scope', entra('invalid_scope', 70011), 'configuration', 70011],
  ])('%s', async (_, answer, reason, aadsts) => {
    login.answerWith(() => answer);
    const error = await failureOf(source().token(SCOPE));
    expect(error).toMatchObject({ code: 'partner-center-sign-in', details: { reason, aadsts } });
    expect(wordsOf(error)).not.toMatch(/canary/);
  });

  it.each([
    ['a server error', { status: 503 }, {}],
    ['throttling', { status: 429, headers: { 'retry-after': '17' }, body: {} }, { retryAfterMs: 17_000 }],
    ['an HTML page', { status: 200, body: '<html>canary</html>' }, {}],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }, {}],
    ['an HTML refusal', { status: 403, body: '<html>proxy</html>' }, {}],
    ['an answer without a token', { body: { expires_in: 3600 } }, {}],
    ['an absurd answer', { body: 'x'.repeat(1_000_001) }, {}],
  ])('%s is a matter of time', async (_, answer, details) => {
    login.answerWith(() => answer);
    const error = await failureOf(source().token(SCOPE));
    expect(error).toMatchObject({ code: 'partner-center-unavailable', details });
    expect(wordsOf(error)).not.toMatch(/canary/);
    expect(login.seen).toHaveLength(1);
  });

  it('so are a dead host, a cut connection and a silent one', async () => {
    const dead = await failureOf(source(undefined, await deadUrl()).token(SCOPE));
    login.answerWith((_, raw) => void raw.destroy());
    const cut = await failureOf(source().token(SCOPE));
    login.answerWith(() => undefined);
    const silent = await failureOf(source(undefined, login.url, 100).token(SCOPE));
    expect([dead.message, cut.message, silent.message]).toEqual([
      expect.stringContaining('ECONNREFUSED'),
      expect.stringMatching(/UND_ERR_SOCKET|ECONNRESET/),
      expect.stringContaining('timeout'),
    ]);
    for (const error of [dead, cut, silent]) expect(error.code).toBe('partner-center-unavailable');
  });
});
