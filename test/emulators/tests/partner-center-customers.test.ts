import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTOSO, DISTRIBUTOR_TENANT_ID, FABRIKAM, PARTNER_TENANT_ID } from '../world.ts';
import { CONTOSO_PATH, partnerToken, startTestWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startTestWorld>>;

beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.partnerCenter.endRelationship(CONTOSO.tenantId);
  world.partnerCenter.endRelationship(FABRIKAM.tenantId);
  Object.assign(world.partnerCenter.behaviour, { unknownCustomer: 'not-found', customerRequestsPerMinute: 500 });
});

describe('who may ask', () => {
  const link = '/v1/customers/relationshiprequests';

  it('refuses an app-only token where a user is needed', async () => {
    const reply = await world.ask(link, { token: world.appToken });
    expect([reply.status, reply.json().code]).toEqual([403, '900329']);
  });

  it('refuses a sign-in without a second factor, without a body', async () => {
    const token = await partnerToken(world, { amr: ['pwd'] });
    const reply = await world.ask(link, { token });
    expect([reply.status, reply.text]).toEqual([401, '']);
    expect(reply.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('refuses a token for another service', async () => {
    const token = await partnerToken(world, { aud: 'https://graph.windows.net' });
    const reply = await world.ask('/v1/customers', { token });
    expect([reply.status, reply.json().code]).toEqual([401, '900420']);
  });

  it('says on request whether the token was born with a second factor', async () => {
    const reply = await world.ask('/v1/customers', { headers: { ValidateMfa: 'true' } });
    expect(reply.headers.get('isMfaCompliant')).toBe('true');
  });
});

describe('the invitation link', () => {
  it('is the same for everybody and leads to the consent page', async () => {
    const [first, second] = [
      await world.ask('/v1/customers/relationshiprequests'),
      await world.ask('/v1/customers/relationshiprequests'),
    ];
    expect(first.json().url).toBe(second.json().url);
    const url = new URL(first.json().url);
    expect(url.origin).toBe(world.urls.partnerCenter);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      invType: 'ResellerRelationship',
      partnerId: PARTNER_TENANT_ID,
      msppId: '0',
      DAP: 'false',
    });
    expect(url.hash).toBe('#/BillingAccounts/partner-invitation');
  });

  it('can be a bad one', async () => {
    world.partnerCenter.behaviour.relationshipLink = 'https://admin.microsoft.com.example/x';
    const reply = await world.ask('/v1/customers/relationshiprequests');
    world.partnerCenter.behaviour.relationshipLink = null;
    expect(reply.json().url).toBe('https://admin.microsoft.com.example/x');
  });

  it('names the provider for an indirect reseller', async () => {
    const query = `indirectCloudSolutionProviderId=${DISTRIBUTOR_TENANT_ID}&indirectResellerId=${PARTNER_TENANT_ID}`;
    const reply = await world.ask(`/v1/customers/relationshiprequests?${query}`);
    const params = new URL(reply.json().url).searchParams;
    expect(params.get('invType')).toBe('IndirectResellerRelationship');
    expect(params.get('indirectCSPId')).toBe(DISTRIBUTOR_TENANT_ID);
  });
});

describe('customers', () => {
  it.each([
    ['not-found', 404, '1000'],
    ['forbidden', 403, '20002'],
  ] as const)('are %s before they accept', async (unknownCustomer, status, code) => {
    world.partnerCenter.behaviour.unknownCustomer = unknownCustomer;
    const reply = await world.ask(CONTOSO_PATH);
    expect([reply.status, reply.json().code]).toEqual([status, code]);
  });

  it('are resellers’ customers once they accepted', async () => {
    world.partnerCenter.accept(CONTOSO.tenantId);
    const reply = await world.ask(CONTOSO_PATH, { token: world.appToken });
    expect(reply.json()).toMatchObject({ id: CONTOSO.tenantId, relationshipToPartner: 'reseller' });
  });

  it('come in pages that a header continues', async () => {
    world.partnerCenter.accept(CONTOSO.tenantId);
    world.partnerCenter.accept(FABRIKAM.tenantId);
    const first = (await world.ask('/v1/customers?size=1')).json();
    const headers = { 'MS-ContinuationToken': first.continuationToken };
    const second = (await world.ask('/v1/customers?size=1&seekOperation=Next', { headers })).json();
    expect([first.totalCount, first.items[0].id, second.items[0].id]).toEqual([2, CONTOSO.tenantId, FABRIKAM.tenantId]);
    expect(second.continuationToken).toBeUndefined();
  });

  it('are found by the start of their name or onmicrosoft domain only', async () => {
    world.partnerCenter.accept(CONTOSO.tenantId);
    const find = async (filter: object) =>
      (await world.ask(`/v1/customers?size=0&filter=${encodeURIComponent(JSON.stringify(filter))}`)).json().items
        ?.length;
    expect(await find({ Field: 'CompanyName', Value: 'CON', Operator: 'starts_with' })).toBe(1);
    expect(await find({ Field: 'Domain', Value: 'contoso-', Operator: 'starts_with' })).toBe(1);
    expect(await find({ Field: 'Domain', Value: 'contoso.example', Operator: 'starts_with' })).toBe(0);
    expect(await find({ Field: 'CompanyName', Value: 'con', Operator: 'equals' })).toBeUndefined();
  });

  it('leave the list when the relationship ends', async () => {
    world.partnerCenter.accept(CONTOSO.tenantId);
    const reply = await world.ask(CONTOSO_PATH, { method: 'PATCH', body: { relationshipToPartner: 'none' } });
    expect([reply.status, reply.json().relationshipToPartner]).toEqual([200, 'none']);
    expect((await world.ask('/v1/customers')).json().items).toEqual([]);
  });

  it('may be asked for 500 times a minute', async () => {
    world.partnerCenter.advance(120_000);
    world.partnerCenter.behaviour.customerRequestsPerMinute = 2;
    const statuses = [
      await world.ask('/v1/customers'),
      await world.ask('/v1/customers'),
      await world.ask('/v1/customers'),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(statuses[2]?.json().statusCode).toBe(429);
    world.partnerCenter.advance(120_000);
  });
});

describe('audit', () => {
  it('remembers who accepted and when, by day', async () => {
    world.partnerCenter.accept(CONTOSO.tenantId);
    const filter = encodeURIComponent(
      JSON.stringify({ Field: 'CustomerId', Value: CONTOSO.tenantId, Operator: 'equals' }),
    );
    const { items } = (await world.ask(`/v1/auditrecords?filter=${filter}`)).json();
    expect(items.at(-1).operationType).toBe('reseller_relationship_accepted_by_customer');
    const one = await world.ask(`/auditactivity/v1/auditrecords/${items.at(-1).id}`);
    expect(one.json().customerName).toBe('Contoso');
  });

  it('refuses dates of more than 90 days ago', async () => {
    expect((await world.ask('/v1/auditrecords?startDate=2020-01-01&endDate=2020-01-02')).status).toBe(400);
  });
});
