import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../services/errors.ts';
import { createGraph } from '../../../services/graph/graph.ts';
import { parseUserId } from '../../../services/identity.ts';
import type { TokenSupply } from '../../../services/login/tokens.ts';
import { tenant, wordsOf } from '../login/login-fixtures.ts';
import { deadUrl, type Reply, startLoopback } from '../login/loopback.ts';

const TENANT_ID = tenant('c0000000-0000-4000-8000-000000000001');
const USER = parseUserId('a1000000-0000-4000-8000-000000000001') ?? expect.fail('not a user id');
const NOW = new Date('2026-11-21T12:00:00Z');
const MAIL = { to: 'anna@contoso.example', subject: 'Hello', text: 'Please accept.' };
const INFO = {
  tenantId: TENANT_ID,
  displayName: 'Contoso',
  federationBrandName: null,
  defaultDomainName: 'contoso.onmicrosoft.com',
};
const FOUND = { tenantId: TENANT_ID, name: 'Contoso', domain: 'contoso.onmicrosoft.com' };

let server: Awaited<ReturnType<typeof startLoopback>>;
beforeEach(async () => {
  server = await startLoopback(() => ({ body: INFO }));
});
afterEach(() => server.close());

const tokens: TokenSupply = { get: async () => 'canary-graph-token', drop: () => undefined };
function graph(graphUrl = server.url, partnerTokens = tokens) {
  const cloudGraphUrl = 'https://graph.microsoft.com';
  return createGraph({ graphUrl, cloudGraphUrl, partnerTokens, timeoutMs: 1_000, now: () => NOW });
}

const group = (n: number) => `9a000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw error;
  expect(wordsOf(error)).not.toContain('canary');
  return error;
}

describe('finding a tenant', () => {
  it('asks by domain with the token, wherever Graph is', async () => {
    expect(await graph().findByDomain(' Contoso.Example ')).toEqual(FOUND);
    const path = "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='contoso.example')";
    expect(server.seen[0]).toMatchObject({ method: 'GET', path });
    expect(server.seen[0]?.headers.authorization).toBe('Bearer canary-graph-token');
  });

  it('asks by id', async () => {
    expect(await graph().findById(TENANT_ID)).toEqual(FOUND);
    expect(server.seen[0]?.path).toContain(`findTenantInformationByTenantId(tenantId='${TENANT_ID}')`);
  });

  it('knows when nobody has that domain', async () => {
    server.answerWith(() => ({ status: 404, body: { error: { code: 'Directory_ResourceNotFound', message: 'x' } } }));
    expect(await graph().findByDomain('nobody.example')).toBeUndefined();
    expect(await graph().findById(TENANT_ID)).toBeUndefined();
  });

  it.each([
    '',
    'contoso',
    "contoso.example'",
    "x')/users?$filter=(domainName='y.example",
    'a/b.example',
    'a b.example',
    '-a.example',
    'a-.example',
    'a..example',
    '.example',
    'example.',
    'https://contoso.example',
    'contoso.example/',
    'contoso.example:443',
    '127.0.0.1',
    'contoso.example\n.x',
    'cöntoso.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
  ])('asks nobody about %j', async (domain) => {
    expect(await graph().findByDomain(domain)).toBeUndefined();
    expect(server.seen).toHaveLength(0);
  });

  it.each(['xn--cntoso-wxa.example', 'a.b.c.example', '1and1.com', 'contoso.xn--p1ai'])(
    'asks about %s',
    async (domain) => {
      expect(await graph().findByDomain(domain)).toEqual(FOUND);
    },
  );
});

describe('group memberships', () => {
  it('are asked for twenty at a time', async () => {
    server.answerWith(({ body }) => {
      const { groupIds } = JSON.parse(body);
      return { body: { value: [groupIds[0].toUpperCase(), group(999)] } };
    });
    const asked = Array.from({ length: 45 }, (_, n) => group(n));
    expect([...(await graph().memberOf(USER, asked))]).toEqual([group(0), group(20), group(40)]);
    expect(server.seen.map(({ body }) => JSON.parse(body).groupIds.length)).toEqual([20, 20, 5]);
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: `/v1.0/users/${USER}/checkMemberGroups` });
  });

  it('of somebody unknown are none, and of no groups nobody is asked', async () => {
    server.answerWith(() => ({ status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'x' } } }));
    expect((await graph().memberOf(USER, [group(1)])).size).toBe(0);
    expect((await graph().memberOf(USER, [])).size).toBe(0);
    expect(server.seen).toHaveLength(1);
  });

  it('are never taken from an answer in another form', async () => {
    server.answerWith(() => ({ body: { value: group(1) } }));
    expect((await failureOf(graph().memberOf(USER, [group(1)]))).code).toBe('graph-unavailable');
  });
});

describe('mail', () => {
  it('goes out as text in the name of the sender', async () => {
    server.answerWith(() => ({ status: 202 }));
    await graph().send(USER, MAIL);
    expect(server.seen[0]?.path).toBe(`/v1.0/users/${USER}/sendMail`);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      message: {
        subject: 'Hello',
        body: { contentType: 'Text', content: 'Please accept.' },
        toRecipients: [{ emailAddress: { address: 'anna@contoso.example' } }],
      },
      saveToSentItems: true,
    });
  });

  it.each([
    [403, 'ErrorAccessDenied', 'mail-not-allowed'],
    [404, 'MailboxNotEnabledForRESTAPI', 'mail-not-allowed'],
    [400, 'ErrorInvalidRecipients', 'graph-unavailable'],
    [500, 'InternalServerError', 'graph-unavailable'],
  ])('says why it did not: %d %s', async (status, code, expected) => {
    server.answerWith(() => ({ status, body: { error: { code, message: 'canary words of the answer' } } }));
    expect((await failureOf(graph().send(USER, MAIL))).code).toBe(expected);
    expect(server.seen).toHaveLength(1);
  });
});

describe('a question that is not answered', () => {
  it('drops the token that Graph refused, so that the next question has a new one', async () => {
    const dropped: string[] = [];
    server.answerWith(() => ({ status: 401 }));
    const remembering = { ...tokens, drop: (token: string) => void dropped.push(token) };
    await failureOf(graph(server.url, remembering).findById(TENANT_ID));
    expect(dropped).toEqual(['canary-graph-token']);
  });

  it.each<[string, Reply, object]>([
    ['503', { status: 503, body: { error: { code: 'x', message: 'canary' } } }, { status: 503 }],
    [
      '429 with a time',
      { status: 429, headers: { 'retry-after': '7' }, body: { error: { code: 'x', message: 'y' } } },
      { retryAfterMs: 7_000 },
    ],
    [
      '401',
      { status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'canary' } } },
      { status: 401 },
    ],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }, {}],
    ['HTML', { headers: { 'content-type': 'text/html' }, body: '<html>canary</html>' }, {}],
    ['broken JSON', { headers: { 'content-type': 'application/json' }, body: '{"canary":' }, {}],
    ['another form', { body: { tenantId: 'canary' } }, {}],
    ['too much', { headers: { 'content-type': 'application/json' }, body: 'x'.repeat(3_000_000) }, {}],
  ])('is a matter of time: %s', async (_, reply, details) => {
    server.answerWith(() => reply);
    expect(await failureOf(graph().findById(TENANT_ID))).toMatchObject({ code: 'graph-unavailable', details });
    expect(server.seen).toHaveLength(1);
  });

  it('is a matter of time when nobody listens or no token can be had', async () => {
    const dead = await failureOf(graph(await deadUrl()).findById(TENANT_ID));
    expect(dead).toMatchObject({ code: 'graph-unavailable', message: expect.stringContaining('ECONNREFUSED') });
    const noToken = {
      ...tokens,
      get: () => Promise.reject(new ServiceError('partner-center-sign-in', 'login refused: mfa')),
    };
    const refused = await failureOf(graph(server.url, noToken).findById(TENANT_ID));
    expect(refused).toMatchObject({ code: 'graph-unavailable', message: 'login refused: mfa' });
    expect(server.seen).toHaveLength(0);
  });
});
