import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../services/errors.ts';
import { wordsOf } from '../login/login-fixtures.ts';
import { deadUrl, type Reply, startLoopback } from '../login/loopback.ts';
import {
  anUpload,
  aPartnerCenter,
  CUSTOMER,
  failureOf,
  IDS,
  LOCATION,
  OTHER_CUSTOMER,
  TRACKING_ID,
} from './partner-center-fixtures.ts';

let server: Awaited<ReturnType<typeof startLoopback>>;
const accepted: Reply = { status: 202, headers: { location: LOCATION } };

beforeEach(async () => {
  server = await startLoopback(() => accepted);
});
afterEach(() => server.close());

const upload = (changes = {}) => aPartnerCenter(server.url).partnerCenter.createBatch(anUpload(changes));

describe('creating a batch', () => {
  it('sends name and devices in the name of the user, with the ids it was given', async () => {
    const device = { serial: ' S 1', manufacturer: 'LENOVO', model: '20XW', hash: 'AAAA' };
    expect(await upload({ devices: [{ pkid: '0301234567890' }, device] })).toEqual({
      kind: 'accepted',
      trackingId: TRACKING_ID,
    });
    const [asked] = server.seen;
    expect(`${asked?.method} ${asked?.path}`).toBe(`POST /v1/customers/${CUSTOMER}/deviceBatches`);
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer canary-user-1',
      accept: 'application/json',
      'ms-requestid': IDS.requestId,
      'ms-correlationid': IDS.correlationId,
      'x-locale': 'en-US',
      'ms-partnercenter-application': 'Tarmac',
    });
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      batchId: 'ORDER-4711',
      devices: [
        { productKey: '0301234567890' },
        { serialNumber: ' S 1', oemManufacturerName: 'LENOVO', modelName: '20XW', hardwareHash: 'AAAA' },
      ],
    });
  });

  it('adds to a batch as the app, with the bare list and the name as one path segment', async () => {
    const { partnerCenter } = aPartnerCenter(server.url);
    await partnerCenter.addDevices(anUpload({ batchName: 'Order 1/2 ?#%å' }));
    const [asked] = server.seen;
    expect(asked?.path).toBe(`/v1/customers/${CUSTOMER}/deviceBatches/Order%201%2F2%20%3F%23%25%C3%A5/devices`);
    expect(asked?.headers.authorization).toBe('Bearer canary-app-1');
    expect(JSON.parse(asked?.body ?? '')).toEqual([{ productKey: '0301234567890' }]);
  });

  it.each([
    ['an id with a slash', { customerId: `${CUSTOMER}/../x` }],
    ['an id with an encoded slash', { customerId: `${CUSTOMER}%2f` }],
    ['dots as an id', { customerId: '..' }],
    ['a line break in an id', { customerId: `${CUSTOMER}\r\nx: y`.slice(0, 34) }],
    ['no device', { devices: [] }],
    ['1,001 devices', { devices: Array.from({ length: 1_001 }, () => ({ pkid: '0301234567890' })) }],
  ])('sends nothing for %s', async (_, changes) => {
    await expect(upload(changes)).rejects.toThrow(RangeError);
    expect(server.seen).toHaveLength(0);
  });

  it('sends nothing to a batch whose name would climb out of the path', async () => {
    for (const batchName of ['', '.', '..']) {
      const added = aPartnerCenter(server.url).partnerCenter.addDevices(anUpload({ batchName }));
      await expect(added).rejects.toThrow(RangeError);
    }
    expect(server.seen).toHaveLength(0);
  });
});

describe('where an accepted upload may be followed', () => {
  it.each([
    ['as documented', LOCATION],
    ['with the version', `/v1${LOCATION}`],
    ['in other capitals', LOCATION.toUpperCase().replace('/CUSTOMERS/', '/Customers/')],
  ])('is read %s', async (_, location) => {
    server.answerWith(() => ({ status: 202, headers: { location } }));
    expect(await upload()).toEqual({ kind: 'accepted', trackingId: TRACKING_ID });
  });

  it('is read with our own origin in front', async () => {
    server.answerWith(() => ({ status: 202, headers: { location: `${server.url}/v1${LOCATION}` } }));
    expect(await upload()).toEqual({ kind: 'accepted', trackingId: TRACKING_ID });
  });

  it.each([
    ['missing', {}],
    ['empty', { location: '' }],
    ['on another host', { location: `https://evil.example${LOCATION}` }],
    ['on another host without a scheme', { location: `//evil.example${LOCATION}` }],
    ['of another customer', { location: LOCATION.replace(CUSTOMER, OTHER_CUSTOMER) }],
    ['with dot segments', { location: `/customers/${OTHER_CUSTOMER}/../${CUSTOMER}/batchJobStatus/${TRACKING_ID}` }],
    ['with encoded dots', { location: LOCATION.replace('/batch', '/%2e%2e/batch') }],
    ['with a query', { location: `${LOCATION}?x=1` }],
    ['with a fragment', { location: `${LOCATION}#x` }],
    ['with more path', { location: `${LOCATION}/devices` }],
    ['without a GUID', { location: LOCATION.replace(TRACKING_ID, '1') }],
    ['almost a GUID', { location: LOCATION.replace(TRACKING_ID, '-'.repeat(36)) }],
    ['a different resource', { location: LOCATION.replace('batchJobStatus', 'policies') }],
    ['very long', { location: `${LOCATION}${'0'.repeat(2_000)}` }],
  ])('is doubtful when it is %s', async (_, headers) => {
    server.answerWith(() => ({ status: 202, headers: headers as Record<string, string> }));
    expect(await upload()).toEqual({ kind: 'ambiguous', reason: '202 without a usable Location' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('how an upload ended', () => {
  it.each([
    ['408', { status: 408, body: { code: '408' } }],
    ['500', { status: 500, body: { code: '0', description: 'Sequence contains no matching element' } }],
    ['502 with HTML', { status: 502, body: '<html>bad gateway</html>' }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '5' } }],
    ['504', { status: 504 }],
    ['a redirect', { status: 307, headers: { location: 'https://evil.example/' } }],
    ['200 without Location', { status: 200, body: {} }],
  ])('nobody knows after %s', async (_, reply: Reply) => {
    server.answerWith(() => reply);
    expect((await upload()).kind).toBe('ambiguous');
    expect(server.seen).toHaveLength(1);
  });

  it('nobody knows after silence, a cut connection, half an answer, or too much of one', async () => {
    const outcomes = [];
    server.answerWith(() => undefined);
    outcomes.push(await aPartnerCenter(server.url, { timeoutMs: 100 }).partnerCenter.createBatch(anUpload()));
    server.answerWith((_, raw) => void raw.destroy());
    outcomes.push(await upload());
    server.answerWith((_, raw) => {
      raw.writeHead(400, { 'content-length': '100' });
      raw.write('{"code":');
      setTimeout(() => raw.destroy(), 20);
      return undefined;
    });
    outcomes.push(await upload());
    server.answerWith(() => ({ status: 400, body: Buffer.alloc(33 * 1024 * 1024, 32) }));
    outcomes.push(await aPartnerCenter(server.url, { timeoutMs: 5_000 }).partnerCenter.createBatch(anUpload()));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['ambiguous', 'ambiguous', 'ambiguous', 'ambiguous']);
    expect(outcomes[0]).toMatchObject({ reason: 'timeout' });
    expect(outcomes[3]).toMatchObject({ reason: 'too-large' });
  });

  it('nothing was sent when nobody listens or the name is unknown', async () => {
    for (const url of [await deadUrl(), 'http://nobody.invalid']) {
      expect((await aPartnerCenter(url).partnerCenter.createBatch(anUpload())).kind).toBe('not-sent');
    }
  });

  it('nothing was sent when login is down; without a sign-in it fails before anything is sent', async () => {
    const failing = (code: 'partner-center-unavailable' | 'partner-center-sign-in') => ({
      get: () => Promise.reject(new ServiceError(code, 'no token')),
      drop: () => undefined,
    });
    const passing = aPartnerCenter(server.url, { userToken: failing('partner-center-unavailable') });
    expect(await passing.partnerCenter.createBatch(anUpload())).toEqual({ kind: 'not-sent', reason: 'no-token' });
    const lasting = aPartnerCenter(server.url, { userToken: failing('partner-center-sign-in') });
    expect((await failureOf(lasting.partnerCenter.createBatch(anUpload()))).code).toBe('partner-center-sign-in');
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    [
      { status: 400, body: { code: 800002, description: 'Invalid input' } },
      { code: '800002', description: 'Invalid input' },
    ],
    [
      { status: 403, body: { code: '900329', description: 'No', data: [], source: 'x' } },
      { code: '900329', description: 'No' },
    ],
    [
      { status: 409, body: { errorName: 'Conflict', message: 'Exists' } },
      { code: 'Conflict', description: 'Exists' },
    ],
    [{ status: 400, body: { code: 'x\ny', description: 'odd' } }, { description: 'odd' }],
    [{ status: 404 }, {}],
    [{ status: 413, body: '<html>too large</html>' }, {}],
    [{ status: 400, body: `\uFEFF${JSON.stringify({ code: '3000' })}` }, { code: '3000' }],
    [
      { status: 400, body: { code: '1', description: 'd'.repeat(5_000) } },
      { code: '1', description: 'd'.repeat(1_024) },
    ],
  ])('it was refused: %j', async (reply: Reply, expected) => {
    server.answerWith(() => ({ ...reply, headers: { 'ms-correlationid': IDS.correlationId } }));
    const refusal = { kind: 'refused', status: reply.status, correlationId: IDS.correlationId, ...expected };
    expect(await upload()).toEqual(refusal);
  });

  it.each([
    ['seconds', '17', 17_000],
    ['a date', 'Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['a date gone by', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['an absurd number', '99999999', 3_600_000],
    ['an absurd date', 'Sat, 21 Nov 2037 12:00:30 GMT', 3_600_000],
    ['nonsense', 'soon', 5_000],
    ['a negative number', '-5', 5_000],
  ])('it was throttled, and told %s', async (_, header, retryAfterMs) => {
    const body = { statusCode: 429, message: 'slow down' };
    server.answerWith(() => ({ status: 429, headers: { 'retry-after': header }, body }));
    expect(await upload()).toEqual({ kind: 'throttled', retryAfterMs });
  });

  it('waits longer with each refusal in a row that tells no time, and starts over after an answer', async () => {
    const { partnerCenter } = aPartnerCenter(server.url);
    const pauses: unknown[] = [];
    for (const status of [429, 429, 429, 202, 429]) {
      server.answerWith(() => ({ ...accepted, status }));
      const outcome = await partnerCenter.createBatch(anUpload());
      pauses.push(outcome.kind === 'throttled' ? outcome.retryAfterMs : outcome.kind);
    }
    expect(pauses).toEqual([5_000, 10_000, 20_000, 'accepted', 5_000]);
  });
});

describe('a token that Partner Center refuses', () => {
  const bearer = () => server.seen.map(({ headers }) => headers.authorization);

  it('is renewed once, and the call repeated with the same ids', async () => {
    server.answerWith(({ headers }) => (headers.authorization === 'Bearer canary-user-1' ? { status: 401 } : accepted));
    const { partnerCenter, userToken } = aPartnerCenter(server.url);
    expect((await partnerCenter.createBatch(anUpload())).kind).toBe('accepted');
    expect(userToken.dropped).toEqual(['canary-user-1']);
    expect(bearer()).toEqual(['Bearer canary-user-1', 'Bearer canary-user-2']);
    for (const name of ['ms-requestid', 'ms-correlationid']) {
      expect(new Set(server.seen.map(({ headers }) => headers[name])).size).toBe(1);
    }
    expect(new Set(server.seen.map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    [
      'mfa',
      {
        status: 401,
        statusText: 'Unauthorized - MFA required',
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      },
    ],
    [
      'mfa',
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="MFA required"' },
      },
    ],
    ['mfa', { status: 401, headers: { isMfaCompliant: 'false' } }],
    ['revoked', { status: 401, body: { code: '400', description: 'Access denied' } }],
  ])('twice ends the sign-in (%s) instead of the upload', async (reason, reply: Reply) => {
    server.answerWith(() => reply);
    const { partnerCenter, log } = aPartnerCenter(server.url);
    const error = await failureOf(partnerCenter.createBatch(anUpload()));
    expect(error).toMatchObject({ code: 'partner-center-sign-in', details: { reason } });
    expect(server.seen).toHaveLength(2);
    expect(wordsOf(error) + log.lines.join()).not.toContain('canary');
  });
});
