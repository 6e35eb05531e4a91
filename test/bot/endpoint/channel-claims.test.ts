import { describe, expect, it } from 'vitest';
import {
  bearerToken,
  CLOCK_SKEW_SECONDS,
  type DecodedToken,
  decodeUnverified,
  tokenProblem,
} from '../../../bot/endpoint/channel-claims.ts';

const ISSUER = 'https://api.botframework.com';
const APP_ID = '11111111-2222-4333-8444-555555555555';
const now = new Date('2026-11-21T09:00:00Z');
const seconds = now.getTime() / 1000;
const DAY = 86_400;

/** A token that is good in every respect but the one the test is about. */
function aToken(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): DecodedToken {
  return {
    header: { alg: 'RS256', kid: 'c1', typ: 'JWT', ...header },
    claims: {
      iss: ISSUER,
      aud: APP_ID,
      serviceurl: 'https://smba.trafficmanager.net/emea/',
      nbf: seconds - 10,
      exp: seconds + 3_600,
      ...claims,
    },
  };
}

const problemOf = (token: DecodedToken) => tokenProblem(token, { issuer: ISSUER, appId: APP_ID }, now);

describe('the header of a token', () => {
  it.each([
    ['RS384', 'algorithm'],
    ['rs256', 'algorithm'],
    ['none', 'algorithm'],
    [['RS256'], 'algorithm'],
    [undefined, 'algorithm'],
    ['RS256', undefined],
  ])('with alg %j: %s', (alg, problem) => expect(problemOf(aToken({}, { alg }))).toBe(problem));

  it.each([
    [undefined, 'key-id'],
    ['', 'key-id'],
    [7, 'key-id'],
    [['c1'], 'key-id'],
    [{ length: 2 }, 'key-id'],
    ['k'.repeat(257), 'key-id'],
    ['k'.repeat(256), undefined],
  ])('with kid %j: %s', (kid, problem) => expect(problemOf(aToken({}, { kid }))).toBe(problem));

  it.each([
    [['exp'], 'critical-header'],
    [[], 'critical-header'],
    [null, 'critical-header'],
    [undefined, undefined],
  ])('with crit %j: %s', (crit, problem) => expect(problemOf(aToken({}, { crit }))).toBe(problem));
});

describe('whom a token is from and for', () => {
  it.each([
    [{ iss: `${ISSUER}/` }, 'issuer'],
    [{ iss: ISSUER.toUpperCase() }, 'issuer'],
    [{ iss: [ISSUER] }, 'issuer'],
    [{ iss: 'https://sts.windows.net/x/', aud: 'y' }, 'issuer'],
    [{ aud: [APP_ID] }, 'audience'],
    [{ aud: `${APP_ID} ` }, 'audience'],
    [{ aud: undefined }, 'audience'],
    [{ serviceurl: undefined }, 'service-url-claim'],
    [{ serviceurl: '' }, 'service-url-claim'],
    [{ serviceurl: ['https://smba.trafficmanager.net/'] }, 'service-url-claim'],
    [{ appid: 'another' }, 'skill'],
    [{ azp: 'another' }, 'skill'],
    [{ azp: null }, 'skill'],
    [{ appid: APP_ID, azp: 'another' }, 'skill'],
    [{ appid: APP_ID, azp: APP_ID }, undefined],
  ])('with %j: %s', (claims, problem) => expect(problemOf(aToken(claims))).toBe(problem));
});

describe('when a token counts', () => {
  const edge = CLOCK_SKEW_SECONDS;

  it.each([
    [{ exp: undefined }, 'expired'],
    [{ exp: String(seconds + 3_600) }, 'expired'],
    [{ exp: Number.NaN }, 'expired'],
    [{ exp: Number.POSITIVE_INFINITY }, 'expired'],
    [{ exp: -1 }, 'expired'],
    [{ exp: 0 }, 'expired'],
    [{ exp: seconds - edge }, 'expired'],
    [{ exp: seconds - edge + 1, nbf: undefined }, undefined],
    [{ nbf: seconds + edge }, undefined],
    [{ nbf: seconds + edge + 1 }, 'not-yet-valid'],
    [{ nbf: 'now' }, 'not-yet-valid'],
    [{ nbf: null }, 'not-yet-valid'],
    [{ nbf: -1 }, 'not-yet-valid'],
    [{ nbf: undefined }, undefined],
    [{ iat: seconds + edge + 1 }, 'not-yet-valid'],
    [{ iat: seconds + edge }, undefined],
    [{ nbf: seconds - 10, exp: seconds - 10 + DAY }, undefined],
    [{ nbf: seconds - 10, exp: seconds - 9 + DAY }, 'lifetime'],
    [{ iat: seconds - DAY, exp: seconds + 1 }, 'lifetime'],
    [{ nbf: undefined, exp: seconds + DAY + edge }, undefined],
    [{ nbf: undefined, exp: seconds + DAY + edge + 1 }, 'lifetime'],
    [{ nbf: 0, exp: seconds + 60 }, 'lifetime'],
  ])('with %j: %s', (claims, problem) => expect(problemOf(aToken(claims))).toBe(problem));

  it('is five minutes off at most', () => expect(CLOCK_SKEW_SECONDS).toBe(300));
});

describe('the header Authorization', () => {
  it('gives the token when it has exactly the form channels send', () => {
    expect(bearerToken('Bearer aZ0-_.b.c')).toBe('aZ0-_.b.c');
    const long = `Bearer a.b.${'c'.repeat(8_192 - 'Bearer a.b.'.length)}`;
    expect(bearerToken(long)).toBe(long.slice('Bearer '.length));
    expect(bearerToken(`${long}c`)).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'bearer a.b.c',
    'Bearer  a.b.c',
    ' Bearer a.b.c',
    'Bearer a.b.c ',
    'Bearer a.b.c\n',
    'Bearer a.b',
    'Bearer a.b.c.d',
    'Bearer a..c',
    'Bearer .b.c',
    'Bearer a.b.',
    'Bearer a.b.c=',
    'Bearer a.b.c+',
    'Basic a.b.c',
    'Bearer a.b.c, Bearer a.b.c',
  ])('of %j gives none', (text) => expect(bearerToken(text)).toBeUndefined());
});

describe('decoding', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('reads header and claims and believes neither', () => {
    expect(decodeUnverified(`${part({ alg: 'x' })}.${part({ iss: 'y' })}.c2ln`)).toEqual({
      header: { alg: 'x' },
      claims: { iss: 'y' },
    });
  });

  it.each([
    ['a header that is no JSON', `eA.${part({})}.c2ln`],
    ['claims that are no JSON', `${part({})}.eA.c2ln`],
    ['a header that is a list', `${part([])}.${part({})}.c2ln`],
    ['claims that are null', `${part({})}.${part(null)}.c2ln`],
    ['claims that are a text', `${part({})}.${part('x')}.c2ln`],
    ['a signature spelled another way', `${part({})}.${part({})}.c2lo-`],
    ['a signature with bits nobody reads', `${part({})}.${part({})}.c2k-`.replace('c2k-', 'c2l')],
    ['nothing', ''],
    ['one part', part({})],
  ])('refuses %s', (_what, token) => expect(decodeUnverified(token)).toBeUndefined());
});
