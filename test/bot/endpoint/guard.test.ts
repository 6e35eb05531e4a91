import { beforeAll, describe, expect, it } from 'vitest';
import { createGuard, type Guard } from '../../../bot/endpoint/guard.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import { APP_ID, anActivity, aSigningKey, claimsAt, ISSUER, KINDS, SERVICE_URL, sign, TENANT } from './front-door.ts';

const now = new Date();
const OTHER_TENANT = '22222222-2222-4333-8444-555555555555';
let guard: Guard;
let authorization: string;

beforeAll(async () => {
  const serviceHosts = createAllowedHosts(['smba.trafficmanager.net', 'localhost:56250'], true);
  guard = createGuard({ issuer: ISSUER, appId: APP_ID, serviceHosts, now: () => now });
  authorization = `Bearer ${await sign(await aSigningKey('c1'), claimsAt(now))}`;
});

const inspect = (body: unknown, contentType = 'application/json') =>
  guard.inspect({ headers: { 'content-type': contentType, authorization }, body });

describe('the guard', () => {
  it.each(KINDS)('passes a genuine %s, the very object it was given', (kind) => {
    const activity = anActivity(kind);
    const verdict = inspect(activity);
    expect(verdict).toEqual({ kind: 'pass', activity });
    expect(verdict.kind === 'pass' && verdict.activity).toBe(activity);
  });

  it.each(['timestamp', 'name', 'replyToId', 'id'])(
    'refuses an object in place of the text %s, however odd its length',
    (field) => {
      const odd = { length: { toString: 1, valueOf: 'x' } };
      expect(inspect({ ...anActivity('message'), [field]: odd })).toMatchObject({ kind: 'refuse', status: 400 });
    },
  );

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/json; charset="utf-8"',
  ])('takes content of type %s', (type) => expect(inspect(anActivity('message'), type).kind).toBe('pass'));

  it.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    'application/jsonx',
    'application/json; charset=utf-16',
    'application/json, text/plain',
    'application/json; boundary=x',
  ])('refuses content of type %j', (type) => {
    expect(inspect(anActivity('message'), type)).toMatchObject({ status: 415, reason: 'content-type' });
  });

  it.each(['gzip', 'br', 'deflate', 'identity', ''])('refuses content encoded as %j', (encoding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding, authorization };
    expect(guard.inspect({ headers, body: anActivity('message') })).toMatchObject({ status: 415 });
  });

  it.each(['Msteams', 'msteams ', 'webchat', 'directline', 'emulator', '', ' '])('refuses channel %j', (channelId) => {
    expect(inspect(anActivity('message', { channelId }))).toMatchObject({ status: 401, reason: 'channel' });
  });

  it.each([
    '',
    ' ',
    'smba.trafficmanager.net',
    'http://smba.trafficmanager.net/emea/',
    'https://SMBA.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://smba.trafficmanager.net./emea/',
    'https://user@smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://ѕmba.trafficmanager.net/',
    'https://52.113.194.132/emea/',
    'https://smba.trafficmanager.net/emea/?x=1',
    'https://smba.trafficmanager.net/emea/#x',
    'https://smba.trafficmanager.net/emea/../amer/',
    'http://localhost:1/_connector',
  ])('refuses service URL %j', (serviceUrl) => {
    expect(inspect(anActivity('message', { serviceUrl }))).toMatchObject({ status: 401, reason: 'service-url' });
  });

  it.each([
    SERVICE_URL,
    'https://smba.trafficmanager.net/emea',
    'https://smba.trafficmanager.net',
    'http://localhost:56250/_connector',
  ])('takes service URL %s', (serviceUrl) => expect(inspect(anActivity('message', { serviceUrl })).kind).toBe('pass'));

  it.each([
    ['none at all', { conversation: { id: 'a' }, channelData: {} }],
    ['two that differ', { channelData: { tenant: { id: OTHER_TENANT } } }],
    ['no GUID', { conversation: { id: 'a', tenantId: 'common' }, channelData: {} }],
    ['a GUID and something else', { channelData: { tenant: { id: 'common' } } }],
    ['another one for the sender', { from: { id: '29:user', tenantId: OTHER_TENANT } }],
    ['another one for the bot', { recipient: { id: '28:bot', tenantId: OTHER_TENANT } }],
    ['an empty one', { channelData: { tenant: { id: '' } } }],
  ])('refuses an activity that names as its tenant %s', (_what, changes) => {
    expect(inspect(anActivity('message', changes))).toMatchObject({ status: 401, reason: 'tenant' });
  });

  it('takes one statement of the tenant, in any letter case', () => {
    const conversation = { id: 'a', tenantId: TENANT.toUpperCase() };
    expect(inspect(anActivity('message', { conversation, channelData: undefined })).kind).toBe('pass');
    expect(inspect(anActivity('message', { conversation })).kind).toBe('pass');
  });

  it.each([
    null,
    undefined,
    [],
    'message',
    7,
    {},
    ...['type', 'channelId', 'serviceUrl', 'from', 'recipient', 'conversation'].map((name) =>
      anActivity('message', { [name]: undefined }),
    ),
    anActivity('message', { type: '' }),
    anActivity('message', { type: 7 }),
    anActivity('message', { serviceUrl: [SERVICE_URL] }),
    anActivity('message', { channelId: ['msteams'] }),
    anActivity('message', { from: {} }),
    anActivity('message', { conversation: 'a' }),
    anActivity('message', { text: { toString: 1 } }),
    anActivity('message', { attachments: {} }),
    anActivity('message', { entities: [null] }),
    anActivity('message', { channelData: 'x' }),
  ])('refuses what has not the shape of an activity: %j', (body) => {
    expect(inspect(body)).toMatchObject({ status: 400, reason: 'fields' });
  });

  it('spends microseconds on a foreign token and keeps nothing of it', () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const foreign = (i: number): string =>
      `Bearer ${part({ alg: 'RS256', kid: 'a1' })}.${part({ iss: `https://sts.windows.net/${i}/`, tid: i })}.AA`;
    const run = (times: number): number => {
      const startedAt = performance.now();
      for (let i = 0; i < times; i++)
        guard.inspectHeaders({ 'content-type': 'application/json', authorization: foreign(i) });
      return ((performance.now() - startedAt) * 1_000) / times;
    };
    run(5_000);
    expect(run(20_000)).toBeLessThan(200); // microseconds; some 10 on a quiet machine, the making of the token included
  });
});

describe('the length of a field', () => {
  const account = (id: string) => ({ id, tenantId: TENANT });
  const LIMITS: readonly (readonly [string, number, (text: string) => object])[] = [
    ['type', 40, (type) => ({ type })],
    ['id', 512, (id) => ({ id })],
    ['from.id', 512, (id) => ({ from: account(id) })],
    ['recipient.id', 512, (id) => ({ recipient: account(id) })],
    ['conversation.id', 512, (id) => ({ conversation: account(id) })],
    ['name', 256, (name) => ({ name })],
    ['replyToId', 512, (replyToId) => ({ replyToId })],
    ['timestamp', 64, (timestamp) => ({ timestamp })],
    ['localTimestamp', 64, (localTimestamp) => ({ localTimestamp })],
    ['expiration', 64, (expiration) => ({ expiration })],
    ['deliveryMode', 64, (deliveryMode) => ({ deliveryMode })],
  ];

  it.each(LIMITS)('of %s may be %i and no more', (_name, most, change) => {
    expect(inspect({ ...anActivity('message'), ...change('a'.repeat(most)) }).kind).toBe('pass');
    expect(inspect({ ...anActivity('message'), ...change('a'.repeat(most + 1)) })).toMatchObject({ status: 400 });
  });

  it.each(LIMITS.slice(0, 5))('of %s is at least 1', (_name, _most, change) => {
    expect(inspect({ ...anActivity('message'), ...change('') })).toMatchObject({ status: 400, reason: 'fields' });
  });
});

describe('a field that may be missing', () => {
  const OPTIONAL = ['timestamp', 'localTimestamp', 'expiration', 'id', 'name', 'text', 'replyToId', 'deliveryMode'];

  it.each([...OPTIONAL, 'attachments', 'entities'])('%s may be null or absent, and nothing but its kind', (name) => {
    expect(inspect({ ...anActivity('message'), [name]: null }).kind).toBe('pass');
    expect(inspect({ ...anActivity('message'), [name]: undefined }).kind).toBe('pass');
    for (const odd of [7, true, {}]) {
      expect(inspect({ ...anActivity('message'), [name]: odd })).toMatchObject({ status: 400, reason: 'fields' });
    }
  });

  it.each([
    { channelData: null },
    { channelData: { tenant: null } },
    { channelData: { tenant: { id: null } } },
    { entities: [{ type: null }, { type: 'mention', more: 1 }] },
    { attachments: [{ contentType: 'x' }] },
  ])('is read as silence: %j', (change) => {
    expect(inspect({ ...anActivity('message'), ...change }).kind).toBe('pass');
  });

  it.each([
    { channelData: { tenant: 'x' } },
    { channelData: { tenant: { id: 7 } } },
    { entities: [{ type: 7 }] },
    { attachments: ['x'] },
    { from: { id: 'a', tenantId: 7 } },
    { type: '1message' },
    { type: 'message1' },
    { type: 'message\n' },
  ])('is not read as anything else: %j', (change) => {
    expect(inspect({ ...anActivity('message'), ...change })).toMatchObject({ status: 400, reason: 'fields' });
  });
});

describe('an activity without a conversation', () => {
  const placeless = (type: string, name?: string) => ({ ...anActivity('invoke'), type, name, conversation: undefined });

  it('passes when a message extension sends it', () => {
    expect(inspect(placeless('invoke', 'composeExtension/query')).kind).toBe('pass');
  });

  it.each([
    ['message', 'composeExtension/query'],
    ['invoke', 'xcomposeExtension/query'],
    ['invoke', 'composeExtension'],
    ['invoke', undefined],
    ['invoke', 'adaptiveCard/action'],
  ])('is refused otherwise: %s %s', (type, name) => {
    expect(inspect(placeless(type, name))).toMatchObject({ status: 400, reason: 'fields' });
  });
});

describe('the type of the content', () => {
  it.each(['application/json ; charset=utf-8', 'application/json;charset="UTF-8'])('may be written %j', (type) => {
    expect(inspect(anActivity('message'), type).kind).toBe('pass');
  });

  it.each(['xapplication/json', 'application/json;', 'application/json;  charset=utf-8', ' application/json'])(
    'is not %j',
    (type) => expect(inspect(anActivity('message'), type)).toMatchObject({ status: 415, reason: 'content-type' }),
  );
});
