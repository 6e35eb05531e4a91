import { createHmac } from 'node:crypto';
import { type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tokenProblem } from '../../../bot/endpoint/channel-claims.ts';
import { keepFigures } from '../../figures/keep.ts';
import {
  type Answer,
  APP_ID,
  anActivity,
  aSigningKey,
  claimsAt,
  type Door,
  ISSUER,
  type KeyHost,
  KINDS,
  post,
  SERVICE_URL,
  type SigningKey,
  seconds,
  sign,
  startDoor,
  startKeyHost,
  TENANT,
} from './front-door.ts';

const now = new Date();
const at = seconds(now);
const good = claimsAt(now);
const bearer = (token: string): string => `Bearer ${token}`;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const stderr = vi.spyOn(console, 'error');

let published: SigningKey;
let stranger: SigningKey;
let unendorsed: SigningKey;
let keyHost: KeyHost;
let door: Door;

beforeAll(async () => {
  [published, stranger, unendorsed] = await Promise.all([
    aSigningKey('c1', ['msteams', 'webchat']),
    aSigningKey('x1'),
    aSigningKey('w1', ['webchat', 'directline']),
  ]);
  keyHost = await startKeyHost([
    published.publicJwk,
    unendorsed.publicJwk,
    { ...stranger.publicJwk, kid: 'n1', endorsements: undefined },
  ]);
  door = await startDoor({ keysFrom: keyHost.url });
});

afterAll(async () => {
  await door.close();
  await keyHost.close();
});

/** Each makes an Authorization header that must not let anybody in. */
const MUTATIONS: Record<string, () => Promise<string | undefined>> = {
  'no header': async () => undefined,
  'an empty header': async () => '',
  'the scheme alone': async () => 'Bearer',
  'the scheme and a space': async () => 'Bearer ',
  'a lower-case scheme': async () => `bearer ${await sign(published, good)}`,
  'another scheme': async () => `Basic ${await sign(published, good)}`,
  'no scheme': () => sign(published, good),
  'two spaces': async () => `Bearer  ${await sign(published, good)}`,
  'two tokens': async () => `Bearer ${await sign(published, good)} ${await sign(published, good)}`,
  'a trailing comma': async () => `Bearer ${await sign(published, good)},`,
  garbage: async () => 'Bearer not.a.token',
  'two parts': async () => bearer((await sign(published, good)).split('.').slice(0, 2).join('.')),
  'four parts': async () => bearer(`${await sign(published, good)}.x`),
  'an overlong token': async () => bearer(await sign(published, { ...good, padding: 'x'.repeat(9_000) })),
  'another issuer': async () => bearer(await sign(published, { ...good, iss: 'https://api.botframework.us' })),
  'an issuer with a slash': async () => bearer(await sign(published, { ...good, iss: `${ISSUER}/` })),
  'a list of issuers': async () => bearer(await sign(published, { ...good, iss: [ISSUER] as unknown as string })),
  'no issuer': async () => bearer(await sign(published, { ...good, iss: undefined })),
  'another audience': async () => bearer(await sign(published, { ...good, aud: TENANT })),
  'a list of audiences': async () => bearer(await sign(published, { ...good, aud: [APP_ID] })),
  'an upper-case audience': async () => bearer(await sign(published, { ...good, aud: APP_ID.toUpperCase() })),
  'no audience': async () => bearer(await sign(published, { ...good, aud: undefined })),
  'no expiry': async () => bearer(await sign(published, { ...good, exp: undefined })),
  'an expiry in words': async () => bearer(rawJwt({ ...good, exp: String(at + 3_600) })),
  'an expiry six minutes ago': async () => bearer(await sign(published, { ...good, exp: at - 360 })),
  'a start six minutes ahead': async () => bearer(await sign(published, { ...good, nbf: at + 360 })),
  'an issue time ahead': async () => bearer(await sign(published, { ...good, iat: at + 900 })),
  'a life of 25 hours': async () => bearer(await sign(published, { ...good, exp: at + 25 * 3_600 })),
  'a life of 25 hours, mostly over': async () =>
    bearer(await sign(published, { ...good, nbf: at - 23 * 3_600, exp: at + 7_200 })),
  'a life without end': async () => bearer(await sign(published, { ...good, nbf: undefined, exp: 9_999_999_999 })),
  'another service URL': async () =>
    bearer(await sign(published, { ...good, serviceurl: 'https://smba.trafficmanager.net/amer/' })),
  'a service URL without its slash': async () =>
    bearer(await sign(published, { ...good, serviceurl: SERVICE_URL.slice(0, -1) })),
  'an empty service URL claim': async () => bearer(await sign(published, { ...good, serviceurl: '' })),
  'no service URL claim': async () => bearer(await sign(published, { ...good, serviceurl: undefined })),
  'a key nobody published': async () => bearer(await sign(stranger, good)),
  'a stranger under the known key id': async () => bearer(await sign(stranger, good, { kid: 'c1' })),
  'no key id': async () => bearer(await sign(published, good, { kid: undefined })),
  'a key endorsed for other channels': async () => bearer(await sign(unendorsed, good)),
  'a key without endorsements': async () => bearer(await sign(stranger, good, { kid: 'n1' })),
  'a critical header': async () => bearer(rawJwt(good, { crit: ['exp'] })),
  'algorithm none': async () => bearer(`${encode({ alg: 'none', kid: 'c1' })}.${encode(good)}.AA`),
  'algorithm none without signature': async () => `Bearer ${encode({ alg: 'none' })}.${encode(good)}.`,
  'HS256 keyed with the public key': async () => bearer(await confusedSignature()),
  RS384: async () => bearer(await signAs('RS384')),
  RS512: async () => bearer(await signAs('RS512')),
  PS256: async () => bearer(await signAs('PS256')),
  'a key in the header': async () => bearer(await sign(stranger, good, { kid: 'x1', jwk: stranger.publicJwk })),
  'a key address in the header': async () => bearer(await sign(stranger, good, { jku: 'http://127.0.0.1:9/keys' })),
  'a broken signature': async () => bearer(flip(await sign(published, good))),
  'no signature': async () => `${bearer((await sign(published, good)).split('.').slice(0, 2).join('.'))}.`,
  'claims changed after signing': async () =>
    bearer(await resigned({ ...good, serviceurl: 'https://smba.trafficmanager.net/x/' })),
  'a skill token': async () => bearer(await sign(published, { ...good, ver: '1.0', appid: TENANT })),
  'a skill token, version 2': async () => bearer(await sign(published, { ...good, ver: '2.0', azp: TENANT })),
  'the anonymous skill': async () => bearer(await sign(published, { ...good, appid: 'AnonymousSkill' })),
  'an Entra token of any tenant, version 1': async () =>
    bearer(
      await sign(stranger, {
        iss: `https://sts.windows.net/${TENANT}/`,
        tid: TENANT,
        aud: APP_ID,
        appid: APP_ID,
        ver: '1.0',
        exp: at + 3_600,
      }),
    ),
  'an Entra token of any tenant, version 2': async () =>
    bearer(
      await sign(stranger, {
        iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
        tid: TENANT,
        aud: APP_ID,
        azp: APP_ID,
        ver: '2.0',
        exp: at + 3_600,
      }),
    ),
  "the bot's own outgoing token": async () => bearer(await sign(published, { ...good, aud: ISSUER, appid: APP_ID })),
  'claims that are a list': async () => bearer(`${encode({ alg: 'RS256', kid: 'c1' })}.${encode([good])}.AA`),
  'claims that are null': async () => bearer(`${encode({ alg: 'RS256', kid: 'c1' })}.${encode(null)}.AA`),
};

const CASES = Object.keys(MUTATIONS).flatMap((name) => KINDS.map((kind) => ({ name, kind })));

describe('tokens that must not be believed', () => {
  it('are more than the issue asks for', () => expect(CASES.length).toBeGreaterThanOrEqual(160));

  it.each(CASES)('refuses $name with a(n) $kind', async ({ name, kind }) => {
    const answer = await post(door, anActivity(kind), await MUTATIONS[name]?.());
    expectRefusal(answer);
    expect(answer.status).toBe(401);
    expect(door.accepted).toHaveLength(0);
  });

  it.each(Object.keys(MUTATIONS))(
    'refuses %s in channel authentication alone, as the adapter would ask it',
    async (name) => {
      const header = (await MUTATIONS[name]?.()) ?? '';
      const attempt = door.authentication.authenticateRequest(
        { channelId: 'msteams', serviceUrl: SERVICE_URL },
        header,
      );
      await expect(attempt).rejects.toMatchObject({ message: 'Unauthorized', statusCode: 401 });
    },
  );

  it('are not excused by a good one for the same activity, nor by another channel', async () => {
    const teams = { channelId: 'msteams', serviceUrl: SERVICE_URL };
    const token = bearer(await sign(published, good));
    await expect(door.authentication.authenticateRequest(teams, token)).resolves.toBeDefined();
    await expect(door.authentication.authenticateRequest(teams, flip(token))).rejects.toMatchObject({
      statusCode: 401,
    });
    const webchat = { channelId: 'webchat', serviceUrl: SERVICE_URL };
    await expect(door.authentication.authenticateRequest(webchat, token)).rejects.toMatchObject({ statusCode: 401 });
  });

  it.each([
    ['algorithm', { alg: 'RS512' }, {}],
    ['key-id', { kid: 7 }, {}],
    ['critical-header', { crit: ['exp'] }, {}],
    ['issuer', {}, { iss: 'x' }],
    ['audience', {}, { aud: [APP_ID] }],
    ['service-url-claim', {}, { serviceurl: '' }],
    ['skill', {}, { azp: TENANT }],
    ['expired', {}, { exp: '1' }],
    ['not-yet-valid', {}, { nbf: at + 900 }],
    ['lifetime', {}, { exp: at + 90_000 }],
  ])('are refused for their %s before any signature is looked at', (problem, header, claims) => {
    const token = { header: { alg: 'RS256', kid: 'c1', ...header }, claims: { ...good, ...claims } };
    expect(tokenProblem(token, { issuer: ISSUER, appId: APP_ID }, now)).toBe(problem);
  });

  it('have left nothing behind: no visit to hosts they name, nothing on standard error, no warning', () => {
    expect(new Set(keyHost.fetches)).toEqual(new Set(['/v1/.well-known/openidconfiguration', '/keys']));
    expect(keyHost.fetches.length).toBeLessThanOrEqual(4);
    keepFigures('refused tokens', {
      cases: CASES.length,
      accepted: door.accepted.length,
      'outbound fetches': keyHost.fetches.length,
    });
    expect(stderr).not.toHaveBeenCalled();
    expect(door.logged).toEqual([]);
  });

  it('are told apart from good ones', async () => {
    for (const kind of KINDS) {
      const answer = await post(door, anActivity(kind), bearer(await sign(published, good)));
      expect(answer.status).toBe(kind === 'invoke' ? 501 : 200); // the adapter's answer to an invoke nobody handled
    }
    expect(door.accepted).toHaveLength(KINDS.length);
  });

  it('may have expired four minutes ago, because clocks differ', async () => {
    expect(
      (await post(door, anActivity('message'), bearer(await sign(published, { ...good, exp: at - 240 })))).status,
    ).toBe(200);
  });
});

function expectRefusal({ body, headers }: Answer): void {
  expect(JSON.parse(body)).toEqual({
    error: expect.stringMatching(/^[a-z-]+$/),
    reference: expect.stringMatching(/^[0-9a-f]{12}$/),
  });
  expect(body.length).toBeLessThan(512);
  expect(headers.server).toBeUndefined();
}

/** A signature jose would not help us make. */
function rawJwt(claims: unknown, header: Record<string, unknown> = {}): string {
  return `${encode({ alg: 'RS256', kid: 'c1', ...header })}.${encode(claims)}.${Buffer.alloc(256, 1).toString('base64url')}`;
}

async function signAs(alg: 'RS384' | 'RS512' | 'PS256'): Promise<string> {
  const { d, p, q, dp, dq, qi, n, e } = await privateJwk();
  const key = await importJWK({ kty: 'RSA', n, e, d, p, q, dp, dq, qi }, alg);
  return new SignJWT(good).setProtectedHeader({ alg, kid: 'c1' }).sign(key);
}

async function privateJwk(): Promise<Record<string, string>> {
  return (await crypto.subtle.exportKey('jwk', published.privateKey)) as Record<string, string>;
}

async function confusedSignature(): Promise<string> {
  const { n, e } = await privateJwk();
  const pem = await exportSPKI((await importJWK({ kty: 'RSA', n, e }, 'RS256', { extractable: true })) as CryptoKey);
  const signed = `${encode({ alg: 'HS256', kid: 'c1' })}.${encode(good)}`;
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}

function flip(token: string): string {
  const [head, body, signature = ''] = token.split('.');
  return [head, body, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.');
}

async function resigned(claims: unknown): Promise<string> {
  const [head, , signature] = (await sign(published, good)).split('.');
  return [head, encode(claims), signature].join('.');
}
