import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../login/login-fixtures.ts';
import { deadUrl, type Reply, startLoopback } from '../login/loopback.ts';
import {
  aPartnerCenter,
  CUSTOMER,
  DISTRIBUTOR,
  failureOf,
  IDS,
  OTHER_CUSTOMER,
  TRACKING_ID,
} from './partner-center-fixtures.ts';

let server: Awaited<ReturnType<typeof startLoopback>>;
beforeEach(async () => {
  server = await startLoopback(() => ({ body: { items: [] } }));
});
afterEach(() => server.close());

const here = (changes = {}) => aPartnerCenter(server.url, changes).partnerCenter;
const paths = () => server.seen.map(({ path }) => path);
const lastBearer = () => server.seen.at(-1)?.headers.authorization;

async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('the consent link', () => {
  it('is asked for in the name of the user', async () => {
    server.answerWith(() => ({ body: { url: 'https://x.example/', attributes: {} } }));
    expect(await here().requestLink('direct')).toBe('https://x.example/');
    expect(paths()).toEqual(['/v1/customers/relationshiprequests']);
    expect(lastBearer()).toBe('Bearer canary-user-1');
  });

  it('names the distributor where there is one, and is refused where it is missing', async () => {
    server.answerWith(() => ({ body: { url: 'https://x.example/' } }));
    await here({ indirectProviderTenantId: DISTRIBUTOR }).requestLink('through-distributor');
    expect(paths()).toEqual([`/v1/customers/relationshiprequests?indirectCloudSolutionProviderId=${DISTRIBUTOR}`]);
    const error = await failureOf(here().requestLink('through-distributor'));
    expect(error).toMatchObject({ code: 'link-refused', details: { reason: 'no-distributor' } });
  });

  it.each([
    ['HTML', '<html></html>'],
    ['no address', {}],
    ['something else as address', { url: { href: 'x' } }],
  ])('is unavailable when the answer is %s', async (_, body) => {
    server.answerWith(() => ({ body }));
    expect((await failureOf(here().requestLink('direct'))).code).toBe('partner-center-unavailable');
  });
});

const customerJson = (id: string, more = {}) => ({
  id,
  companyProfile: { tenantId: id, domain: 'contoso.onmicrosoft.com', companyName: 'Contoso' },
  relationshipToPartner: 'reseller',
  ...more,
});

describe('a customer', () => {
  it('is read as the app', async () => {
    server.answerWith(() => ({ body: `\uFEFF${JSON.stringify(customerJson(CUSTOMER))}` }));
    const expected = { tenantId: CUSTOMER, name: 'Contoso', domain: 'contoso.onmicrosoft.com', isReseller: true };
    expect(await here().customer(CUSTOMER)).toEqual(expected);
    expect(lastBearer()).toBe('Bearer canary-app-1');
  });

  it.each(['none', 'advisor', 'a_new_kind', '', null])(
    'is no reseller customer when the relationship is %j',
    async (kind) => {
      server.answerWith(() => ({ body: customerJson(CUSTOMER, { relationshipToPartner: kind }) }));
      expect((await here().customer(CUSTOMER))?.isReseller).toBe(false);
    },
  );

  it.each([
    ['404', { status: 404, body: { code: '60003' } }],
    ['404 without a body', { status: 404 }],
    ['403 for lack of a relationship', { status: 403, body: { code: 20002, description: 'no' } }],
    ['somebody else', { body: customerJson(OTHER_CUSTOMER) }],
  ])('is unknown when the answer is %s', async (_, reply: Reply) => {
    server.answerWith(() => reply);
    expect(await here().customer(CUSTOMER)).toBeUndefined();
  });

  it('is not unknown but refused for another 403', async () => {
    const headers = { 'ms-correlationid': IDS.correlationId };
    server.answerWith(() => ({ status: 403, headers, body: { code: '900308', description: 'Insufficient' } }));
    expect(await failureOf(here().customer(CUSTOMER))).toMatchObject({
      code: 'partner-center-refused',
      details: { status: 403, code: '900308', description: 'Insufficient', correlationId: IDS.correlationId },
    });
  });
});

describe('lists', () => {
  it('go over all customers with the token of each page', async () => {
    server.answerWith(({ headers }) =>
      headers['ms-continuationtoken']
        ? { body: { items: [customerJson(OTHER_CUSTOMER)] } }
        : { body: { items: [customerJson(CUSTOMER), customerJson('no id')], continuationToken: 'dG9rZW4=' } },
    );
    const { partnerCenter, log } = aPartnerCenter(server.url);
    expect((await listed(partnerCenter.customers())).map(({ tenantId }) => tenantId)).toEqual([
      CUSTOMER,
      OTHER_CUSTOMER,
    ]);
    expect(paths()).toEqual(['/v1/customers?size=500', '/v1/customers?size=500&seekOperation=Next']);
    expect(log.lines.join()).toContain('left out');
  });

  it('never follow a link, wherever it leads', async () => {
    const other = await startLoopback(() => ({ body: { items: [] } }));
    const headers = [{ key: 'MS-ContinuationToken', value: 'two' }];
    const next = { uri: `${other.url}/v1/customers`, method: 'GET', headers };
    server.answerWith(({ headers: asked }) => ({
      body: { items: [], links: asked['ms-continuationtoken'] ? {} : { next } },
    }));
    await here().batches(CUSTOMER);
    expect(paths()).toEqual(Array(2).fill(`/v1/customers/${CUSTOMER}/deviceBatches`));
    expect(server.seen[1]?.headers['ms-continuationtoken']).toBe('two');
    expect(other.seen).toHaveLength(0);
    await other.close();
  });

  it('stop when a page repeats itself or its token is unusable', async () => {
    for (const continuationToken of ['again', 'two words', 'x'.repeat(9_000)]) {
      server.answerWith(() => ({ body: { items: [], continuationToken } }));
      expect((await failureOf(here().batches(CUSTOMER))).code).toBe('partner-center-unavailable');
    }
  });

  it('read batches in both spellings of the count', async () => {
    const items = [
      {
        id: 'Test batch',
        status: 'finished',
        creationDate: '2026-11-20T10:00:00',
        devicesCount: 3,
        devicesLink: { uri: '/x' },
      },
      { id: 'B', creationDate: '0001-01-01T00:00:00', deviceCount: 2 },
      { id: 'C', status: 'Something_New', devicesCount: null },
    ];
    server.answerWith(() => ({ body: { totalCount: 3, items } }));
    expect(await here().batches(CUSTOMER)).toEqual([
      { name: 'Test batch', state: 'finished', deviceCount: 3, createdAt: new Date('2026-11-20T10:00:00Z') },
      { name: 'B', state: 'unknown', deviceCount: 2, createdAt: undefined },
      { name: 'C', state: 'unknown', deviceCount: undefined, createdAt: undefined },
    ]);
  });

  it('read the devices of a batch over all pages, and none where there is no batch', async () => {
    const device = (n: number) => ({
      id: `d${n}`,
      serialNumber: `S${n}`,
      productKey: null,
      oemManufacturerName: '',
      'attr ': 1,
    });
    server.answerWith(({ headers }) => {
      const from = Number(headers['ms-continuationtoken'] ?? 0);
      const items = Array.from({ length: 100 }, (_, at) => device(from + at));
      return { body: { items, continuationToken: from < 200 ? String(from + 100) : undefined } };
    });
    const devices = await here().batchDevices(CUSTOMER, 'a b');
    expect(devices).toHaveLength(300);
    expect(devices[299]).toEqual({ deviceId: 'd299', serial: 'S299' });
    expect(new Set(paths())).toEqual(new Set([`/v1/customers/${CUSTOMER}/deviceBatches/a%20b/devices`]));
    server.answerWith(() => ({ status: 404 }));
    expect(await here().batchDevices(CUSTOMER, 'gone')).toEqual([]);
  });
});

describe('the status of an upload', () => {
  it('is read with the verdict of each device', async () => {
    const devicesStatus = [
      {
        deviceId: 'd1',
        serialNumber: 'S1',
        productKey: '0301234567890',
        status: 'finished',
        errorCode: '0',
        errorDescription: '',
      },
      {
        productKey: '0301234567891',
        status: 'finished_with_errors',
        errorCode: 808,
        errorDescription: 'ZtdDeviceAssignedToOtherTenant',
      },
      { status: 'in-progress' },
      { status: 'FinishedWithErrors' },
      { status: 'exploded' },
    ];
    server.answerWith(() => ({ body: { batchTrackingId: 'x', status: 'finished', devicesStatus } }));
    expect(await here().uploadStatus(CUSTOMER, TRACKING_ID)).toEqual({
      trackingId: TRACKING_ID,
      state: 'finished',
      devices: [
        { deviceId: 'd1', serial: 'S1', pkid: '0301234567890', state: 'finished' },
        {
          pkid: '0301234567891',
          state: 'finished_with_errors',
          errorCode: '808',
          errorName: 'ZtdDeviceAssignedToOtherTenant',
        },
        { state: 'processing' },
        { state: 'finished_with_errors' },
        { state: 'unknown' },
      ],
    });
  });

  it('is unknown for a tracking id that is gone, and empty while nothing is told', async () => {
    server.answerWith(() => ({ status: 404 }));
    expect(await here().uploadStatus(CUSTOMER, TRACKING_ID)).toBeUndefined();
    server.answerWith(() => ({ body: { status: 'queued', devicesStatus: null } }));
    expect(await here().uploadStatus(CUSTOMER, TRACKING_ID)).toMatchObject({ state: 'queued', devices: [] });
  });
});

describe('a read that fails', () => {
  const refusals: readonly (readonly [string, Reply, object])[] = [
    ['500', { status: 500, body: { code: '0' } }, { code: 'partner-center-unavailable', details: {} }],
    ['503 with a time', { status: 503, headers: { 'retry-after': '8' } }, { details: { retryAfterMs: 8_000 } }],
    [
      '429',
      { status: 429, headers: { 'retry-after': '2' } },
      { code: 'partner-center-unavailable', details: { retryAfterMs: 2_000 } },
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      { code: 'partner-center-unavailable' },
    ],
    ['HTML', { body: '<html>canary</html>' }, { code: 'partner-center-unavailable' }],
    ['a list of something else', { body: { items: [{ no: 'id' }] } }, { code: 'partner-center-unavailable' }],
    [
      '400',
      { status: 400, body: { code: '900118' } },
      { code: 'partner-center-refused', details: { status: 400, code: '900118' } },
    ],
    ['401 twice', { status: 401 }, { code: 'partner-center-sign-in', details: { reason: 'revoked' } }],
  ];

  it.each(refusals)('says what it means: %s', async (_, reply, expected) => {
    server.answerWith(() => reply);
    const { partnerCenter, log } = aPartnerCenter(server.url);
    const error = await failureOf(partnerCenter.batches(CUSTOMER));
    expect(error).toMatchObject(expected);
    expect(wordsOf(error) + log.lines.join()).not.toContain('canary');
    expect(server.seen.length).toBeLessThanOrEqual(reply.status === 401 ? 2 : 1);
  });

  it('is a matter of time when nobody answers, and for an answer beyond all measure', async () => {
    const dead = aPartnerCenter(await deadUrl()).partnerCenter;
    expect((await failureOf(dead.batches(CUSTOMER))).message).toContain('ECONNREFUSED');
    server.answerWith((_, raw) => {
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const more = () => void (raw.destroyed || raw.write(chunk, () => setImmediate(more)));
      raw.writeHead(200);
      more();
      return undefined;
    });
    const error = await failureOf(here({ timeoutMs: 5_000 }).batches(CUSTOMER));
    expect(error).toMatchObject({ code: 'partner-center-unavailable', message: expect.stringContaining('too-large') });
  });
});

describe('policies, devices, webhook and audit', () => {
  it('work with profiles as documented', async () => {
    const answer = { id: TRACKING_ID, name: 'P', policySettings: ['skip_eula', 'new_one'], devicesAssignedCount: 4 };
    const policy = { id: TRACKING_ID, name: 'P', settings: ['skip_eula'], deviceCount: 4 };
    server.answerWith(({ method }) => ({ body: method === 'GET' ? { items: [answer] } : answer }));
    const draft = { name: 'P', settings: ['skip_eula'] } as const;
    expect(await here().profiles(CUSTOMER)).toEqual([policy]);
    expect(await here().createProfile(CUSTOMER, draft, IDS)).toEqual(policy);
    expect(await here().updateProfile(CUSTOMER, TRACKING_ID, draft, IDS)).toEqual(policy);
    expect(JSON.parse(server.seen[1]?.body ?? '')).toEqual({
      name: 'P',
      category: 'o_o_b_e',
      policySettings: ['skip_eula'],
    });
    server.answerWith(() => ({ status: 204 }));
    expect(await here().deleteProfile(CUSTOMER, TRACKING_ID, IDS)).toBe('deleted');
    server.answerWith(() => ({ status: 404 }));
    expect(await here().deleteProfile(CUSTOMER, TRACKING_ID, IDS)).toBe('not-found');
    const base = `/v1/customers/${CUSTOMER}/policies`;
    expect(paths()).toEqual([base, base, ...Array(3).fill(`${base}/${TRACKING_ID}`)]);
  });

  it('apply a profile as a job that can be followed', async () => {
    const location = `/customers/${CUSTOMER}/batchJobStatus/${TRACKING_ID}`;
    server.answerWith(() => ({ status: 202, headers: { location } }));
    expect(await here().applyProfile(CUSTOMER, TRACKING_ID, ['d1'], IDS)).toEqual({
      kind: 'accepted',
      trackingId: TRACKING_ID,
    });
    const devices = [{ id: 'd1', policies: [{ key: 'o_o_b_e', value: TRACKING_ID }] }];
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ devices });
  });

  it('delete a device once', async () => {
    server.answerWith(() => ({ status: 204 }));
    expect(await here().deleteDevice(CUSTOMER, 'a b', 'd/1', IDS)).toBe('deleted');
    expect(paths()).toEqual([`/v1/customers/${CUSTOMER}/deviceBatches/a%20b/devices/d%2F1`]);
    server.answerWith(() => ({ status: 404 }));
    expect(await here().deleteDevice(CUSTOMER, 'a', 'd', IDS)).toBe('not-found');
  });

  it('register where events go, in either spelling', async () => {
    const registration = { url: 'https://bot.example/hook', events: ['test-created'] };
    server.answerWith(() => ({ status: 404 }));
    expect(await here().webhook()).toBeUndefined();
    server.answerWith(({ body }) => ({ body: { ...JSON.parse(body), SubscriberId: 'x' } }));
    expect(await here().createWebhook(registration, IDS)).toEqual(registration);
    server.answerWith(() => ({ body: { webhookUrl: registration.url, webhookEvents: registration.events } }));
    expect(await here().updateWebhook(registration, IDS)).toEqual(registration);
    server.answerWith(() => ({ body: ['test-created'] }));
    expect(await here().webhookEvents()).toEqual(['test-created']);
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /webhooks/v1/registration',
      'POST /webhooks/v1/registration',
      'PUT /webhooks/v1/registration',
      'GET /webhooks/v1/registration/events',
    ]);
  });

  it('read the audit of one customer', async () => {
    const record = {
      id: 'r1',
      customerId: CUSTOMER,
      operationType: 'add_customer',
      operationDate: '2026-11-20T10:00:00Z',
    };
    server.answerWith(() => ({ body: { items: [record] } }));
    const query = { from: new Date('2026-11-01T05:00:00Z'), to: new Date('2026-11-21'), customerId: CUSTOMER };
    const at = new Date('2026-11-20T10:00:00Z');
    expect(await listed(here().auditRecords(query))).toMatchObject([{ id: 'r1', customerId: CUSTOMER, at }]);
    const asked = new URL(server.seen[0]?.path ?? '', server.url).searchParams;
    expect(asked.get('startDate')).toBe('2026-11-01');
    expect(asked.get('endDate')).toBe('2026-11-21');
    expect(JSON.parse(asked.get('filter') ?? '')).toEqual({ Field: 'CustomerId', Value: CUSTOMER, Operator: 'equals' });
  });
});
