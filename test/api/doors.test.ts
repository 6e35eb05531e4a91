import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ADA,
  ANNA,
  BOT_APP_ID,
  CONTOSO_TENANT_ID,
  NILS,
  PARTNER_CENTER_APP_ID,
  PARTNER_TENANT_ID,
  ROBIN,
  SAM,
} from '../emulators/world.ts';
import { openStage, type Stage } from '../whole/stage.ts';
import { type ApiCaller, openCaller } from './caller.ts';

let stage: Stage;
let api: ApiCaller;

beforeAll(async () => {
  stage = await openStage({ settings: { API_ENABLED: 'true' } });
  api = await openCaller(stage);
  stage.partnerCenter.accept(CONTOSO_TENANT_ID);
});

afterAll(() => stage?.close());

/** Every address and method there is, with a body that fits. Written by hand: the document is held against it. */
const ADDRESSES: readonly (readonly [method: 'GET' | 'POST', path: string, json?: unknown])[] = [
  ['GET', '/me'],
  ['GET', '/customers'],
  ['GET', '/requests'],
  ['GET', '/requests/{id}'],
  ['POST', '/requests/check', { customer: 'fabrikam.example', approvers: ['farah@fabrikam.example'] }],
  ['POST', '/requests', { customer: 'nowhere.example', approvers: ['farah@fabrikam.example'] }],
  ['POST', '/requests/{id}/withdraw', {}],
  ['GET', '/batches'],
  ['POST', '/batches', { customerTenantId: CONTOSO_TENANT_ID }],
  ['GET', '/batches/{id}'],
  ['POST', '/batches/{id}/lists', { text: '3300000000011' }],
  ['GET', '/batches/{id}/problems'],
  ['GET', '/batches/{id}/devices'],
  ['POST', '/batches/{id}/doubtful', { answer: 'take' }],
  ['POST', '/batches/{id}/confirm', { digest: 'x' }],
  ['POST', '/batches/{id}/cancel', {}],
];
const at = (path: string) => path.replace('{id}', 'd0000000-0000-4000-8000-000000000001');

describe('the document', () => {
  it('names every address that is served, and serves every address it names', async () => {
    const described = Object.entries(api.document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const expected = ['GET /openapi.json', ...ADDRESSES.map(([method, path]) => `${method} ${path}`)];
    expect(described.toSorted()).toEqual(expected.toSorted());
    for (const [method, path] of ADDRESSES) expect((await api.raw(method, at(path), undefined)).status, path).toBe(401);
  });

  it('is what OpenAPI 3.1 asks of a document, names each operation once and leads nowhere', async () => {
    const document: unknown = await (await fetch(`${stage.url()}/api/v1/openapi.json`)).json();
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'Tarmac', version: '1' },
      servers: [{ url: '/api/v1' }],
    });
    const operations = Object.values(api.document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(operations).size).toBe(operations.length);
    const text = JSON.stringify(document);
    const names = Object.keys((document as { components: { schemas: object } }).components.schemas);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(names).toContain(name);
  });

  it('says 404 and 405 elsewhere, and nothing at all while the API is off', async () => {
    const robin = await api.token(ROBIN);
    for (const path of ['/', '/users', '/batches/', '/batches/a%2fb', '/requests/x/approve', '/me/x', '/openapi.json/'])
      expect((await api.raw('GET', path, robin)).status, path).toBe(404);
    expect((await api.raw('DELETE', '/batches/x', robin)).status).toBe(405);
    expect((await api.raw('POST', '/me', robin)).status).toBe(405);
    const off = await openStage();
    expect((await fetch(`${off.url()}/api/v1/openapi.json`)).status).toBe(404);
    await off.close();
  });

  it('has no road to an approver’s decision', () => {
    for (const [, path] of ADDRESSES) expect(path).not.toMatch(/approve|decline|decide|answer|delegate/);
  });
});

describe('a token', () => {
  const times = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
  const unknown: Readonly<Record<string, object>> = {
    'of another tenant': { tid: CONTOSO_TENANT_ID },
    'of another tenant that names ours': { iss: `https://sts.windows.net/${CONTOSO_TENANT_ID}/` },
    'of no tenant': { tid: 'common' },
    'for another app': { aud: `api://${PARTNER_CENTER_APP_ID}` },
    'for Graph': { aud: 'https://graph.microsoft.com' },
    'for a look-alike': { aud: `api://${BOT_APP_ID}.example` },
    'of the Bot Framework’s name': { iss: 'https://api.botframework.com' },
    'of an issuer with the tenant behind it': { iss: `https://evil.example/${PARTNER_TENANT_ID}/v2.0` },
  };
  const forbidden: Readonly<Record<string, object>> = {
    'without our permission': { scp: 'openid profile' },
    'with a permission that only looks like ours': { scp: 'Tarmac.Users XTarmac.Use' },
    'of a guest': { idp: `https://sts.windows.net/${CONTOSO_TENANT_ID}/` },
    'of nobody': { oid: 'nobody' },
  };

  it.each(Object.entries(unknown))('%s is not believed', async (_name, claims) => {
    expect(await api.raw('GET', '/me', await api.token(ROBIN, claims))).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
  });

  it.each(Object.entries(forbidden))('%s opens nothing', async (_name, claims) => {
    expect(await api.raw('GET', '/me', await api.token(ROBIN, claims))).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  it.each([
    ['of version 2', { iss: `https://login.microsoftonline.com/${PARTNER_TENANT_ID}/v2.0`, aud: BOT_APP_ID }],
    ['of version 1 with the provider named', { idp: `https://sts.windows.net/${PARTNER_TENANT_ID}/` }],
    ['for the address Teams wants', { aud: `api://botid-${BOT_APP_ID}` }],
  ])('%s is believed', async (_name, claims) => {
    expect((await api.raw('GET', '/me', await api.token(ROBIN, claims))).status).toBe(200);
  });

  it('of the channel, altered, unsigned, or none, is not believed', async () => {
    const good = await api.token(ROBIN);
    const [head = '', body = '', signature = ''] = good.split('.');
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), oid: SAM.id }),
    ).toString('base64url');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const channel = await stage.login.channelToken({ serviceUrl: stage.teams.origin, appId: BOT_APP_ID });
    const expired = {
      claims: {
        iss: `https://sts.windows.net/${PARTNER_TENANT_ID}/`,
        tid: PARTNER_TENANT_ID,
        oid: ROBIN.id,
        scp: 'Tarmac.Use',
        exp: times(-600),
      },
    };
    const stale = await stage.login.channelToken({ serviceUrl: '', appId: BOT_APP_ID, ...expired });
    for (const bad of [
      undefined,
      '',
      'Bearer',
      good.replace('Bearer', 'bearer'),
      `${head}.${forged}.${signature}`,
      `Bearer ${none}.${body}.`,
      `${good}A`,
      `Bearer ${channel}`,
      `Bearer ${stale}`,
      'Basic cm9iaW46cHc=',
    ]) {
      const answer = await api.raw('GET', '/me', bad);
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(JSON.stringify(answer.body).length).toBeLessThan(300);
    }
  });
});

describe('who may do what', () => {
  const OPEN = new Set(['/me']);
  const actors = {
    'a rep': { token: () => api.token(ROBIN), reads: true, acts: true },
    'a rep and remover': { token: () => api.token(SAM), reads: true, acts: true },
    'an administrator who is no rep': { token: () => api.token(ADA), reads: false, acts: false },
    'a colleague without a role': { token: () => api.token(NILS), reads: false, acts: false },
    'a guest by name in the group of reps': {
      token: () => api.token(ROBIN, { upn: 'r_x#EXT#@northwind.example' }),
      reads: false,
      acts: false,
    },
    'an application with the role': { token: () => api.appToken(['Tarmac.Read']), reads: true, acts: false },
    'an application with another role': {
      token: () => api.appToken(['Tarmac.Write']),
      reads: false,
      acts: false,
      none: true,
    },
    'a customer’s administrator': {
      token: () => api.token(ANNA, { tid: CONTOSO_TENANT_ID }),
      reads: false,
      acts: false,
      none: true,
    },
  };

  it.each(Object.entries(actors))('%s', async (_name, actor) => {
    const authorization = await actor.token();
    for (const [method, path, json] of ADDRESSES) {
      const { status } = await api.raw(method, at(path), authorization, { json });
      const may = method === 'GET' ? actor.reads || (OPEN.has(path) && !('none' in actor)) : actor.acts;
      expect([401, 403].includes(status), `${method} ${path} ${status}`).toBe(!may);
      expect(status).toBeLessThan(500);
    }
  });
});

describe('what is sent', () => {
  it('is refused in few words when it does not fit', async () => {
    const hostile = '<script>alert(1)</script>'.repeat(20);
    for (const json of [
      null,
      [],
      'text',
      {},
      { customer: 7, approvers: [] },
      { customer: 'contoso.example', approvers: 'anna@contoso.example' },
      { customer: 'contoso.example', approvers: [hostile] },
      { customer: { length: -1 }, approvers: { length: 1e9 } },
      { customer: 'contoso.example', approvers: [ANNA.upn], [hostile]: 1 },
      { customer: 'contoso.example', approvers: [ANNA.upn], note: 'x'.repeat(501) },
    ]) {
      const answer = await api.post(ROBIN, '/requests', json);
      expect(answer.status, JSON.stringify(json)).toBe(400);
      expect(JSON.stringify(answer.body)).not.toContain('script');
    }
    expect((await api.get(ROBIN, '/batches?limit=0')).status).toBe(400);
    expect((await api.get(ROBIN, '/batches?limit=1&limit=2')).status).toBe(400);
    expect((await api.get(ROBIN, '/batches?sort=name')).status).toBe(400);
  });

  it('is refused by type and size before it is taken in', async () => {
    const robin = await api.token(ROBIN);
    const post = (path: string, type: string, size: number) =>
      api.raw('POST', path, robin, { file: new Uint8Array(size).fill(0x20), type });
    expect((await post('/requests', 'text/plain', 10)).status).toBe(415);
    expect((await post(at('/batches/{id}/lists'), 'multipart/form-data; boundary=x', 10)).status).toBe(415);
    expect((await post('/requests', 'application/json', 3 * 1_024 * 1_024)).status).toBe(413);
    expect((await post('/requests', 'application/json', 10)).status).toBe(400);
  });

  it('is judged by who sends it first: a stranger’s body is never read', async () => {
    const answer = await api.raw('POST', '/requests', undefined, {
      file: new Uint8Array(100),
      type: 'application/json',
    });
    expect(answer.status).toBe(401);
  });

  it('too often by one caller is put off, and others are not', async () => {
    const nils = await api.token(NILS);
    const answers = await Promise.all(Array.from({ length: 200 }, () => api.raw('GET', '/me', nils)));
    const put = answers.filter(({ status }) => status === 429);
    expect(put.length).toBeGreaterThan(20);
    expect(put[0]?.headers.get('retry-after')).toBe('1');
    expect((await api.get(SAM, '/me')).status).toBe(200);
  });
});
