import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, CONTOSO, DISTRIBUTOR_TENANT_ID, PARTNER_TENANT_ID, ULLA } from '../world.ts';
import { CONTOSO_PATH, startTestWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startTestWorld>>;
let link: string;

beforeAll(async () => {
  world = await startTestWorld();
  link = (await world.ask('/v1/customers/relationshiprequests')).json().url.split('#')[0];
});
afterAll(() => world.close());
beforeEach(() => {
  world.partnerCenter.endRelationship(CONTOSO.tenantId);
});

describe('the consent page', () => {
  it('says who asks, and that no administration rights are asked for', async () => {
    const html = await (await fetch(`${link}&tenant=${CONTOSO.tenantId}`)).text();
    expect(html).toContain('Northwind Partner');
    expect(html).toContain(PARTNER_TENANT_ID);
    expect(html).toContain('no delegated administration rights');
    expect(html).toContain(`<option value="${CONTOSO.tenantId}" selected>Contoso</option>`);
  });

  it('makes the relationship when the agreement is ticked and accepted', async () => {
    const answer = await press({ tenantId: CONTOSO.tenantId, agree: 'yes', action: 'accept' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('is now a partner of Contoso');
    expect((await world.ask(CONTOSO_PATH)).status).toBe(200);
  });

  it.each([
    ['the agreement is not ticked', 400, { tenantId: CONTOSO.tenantId, action: 'accept' }],
    ['it is cancelled', 200, { tenantId: CONTOSO.tenantId, agree: 'yes', action: 'cancel' }],
    ['no organisation is chosen', 400, { tenantId: '', agree: 'yes', action: 'accept' }],
  ])('changes nothing when %s', async (_case, status, fields) => {
    expect((await press(fields)).status).toBe(status);
    expect((await world.ask(CONTOSO_PATH)).status).toBe(404);
  });

  it('remembers the organisation in a cookie', async () => {
    const cookie = (await fetch(`${link}&tenant=${CONTOSO.tenantId}`)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const html = await (await fetch(link, { headers: { cookie } })).text();
    expect(html).toContain(`value="${CONTOSO.tenantId}" selected`);
  });

  it('asks people without rights to find an administrator', async () => {
    const forUser = (id: string) => fetch(`${link}&tenant=${CONTOSO.tenantId}&user=${id}`);
    expect((await forUser(ULLA.id)).status).toBe(403);
    expect((await forUser(ANNA.upn)).status).toBe(200);
  });

  it('accepts reseller and provider at once over the indirect link', async () => {
    const query = `indirectCloudSolutionProviderId=${DISTRIBUTOR_TENANT_ID}&indirectResellerId=${PARTNER_TENANT_ID}`;
    const indirect = (await world.ask(`/v1/customers/relationshiprequests?${query}`)).json().url.split('#')[0];
    await press({ tenantId: CONTOSO.tenantId, agree: 'yes', action: 'accept' }, indirect);
    const { items } = (await world.ask(`${CONTOSO_PATH}/relationships`)).json();
    expect(items[0]).toMatchObject({ id: PARTNER_TENANT_ID, relationshipType: 'is_indirect_reseller_of' });
  });

  it('refuses a link of another partner', async () => {
    const foreign = link.replace(PARTNER_TENANT_ID, CONTOSO.tenantId);
    expect((await fetch(foreign)).status).toBe(400);
    expect((await press({ tenantId: CONTOSO.tenantId, agree: 'yes', action: 'accept' }, foreign)).status).toBe(400);
    expect((await world.ask(CONTOSO_PATH)).status).toBe(404);
  });

  it('escapes what the link brought', async () => {
    const html = await (await fetch(`${link}&x=${encodeURIComponent('"><script>alert(1)</script>')}`)).text();
    expect(html).not.toContain('<script>');
  });
});

describe('for other processes', () => {
  it('accepts and ends over the control paths', async () => {
    const control = (name: string) =>
      world.ask(`/_control/${name}`, { body: { tenantId: CONTOSO.tenantId }, token: undefined });
    expect((await control('accept')).json()).toEqual({ changed: true });
    expect((await world.ask(CONTOSO_PATH)).status).toBe(200);
    expect((await control('end-relationship')).json()).toEqual({ changed: true });
    expect((await world.ask(CONTOSO_PATH)).status).toBe(404);
  });

  it('changes the behaviour, and refuses what is no behaviour', async () => {
    const change = (body: object) => world.ask('/_control/behaviour', { body });
    expect((await change({ unknownCustomer: 'forbidden' })).json()).toMatchObject({ duplicateBatch: 'conflict' });
    expect((await world.ask(CONTOSO_PATH)).status).toBe(403);
    expect((await change({ unknownCustomer: 'maybe' })).status).toBe(400);
    await change({ unknownCustomer: 'not-found' });
  });
});

function press(fields: Record<string, string>, url = link): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
}
