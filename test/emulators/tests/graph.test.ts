import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulators, startEmulators } from '../index.ts';
import { ADMINS, CONTOSO, NILS, NORTHWIND, REMOVERS, REPS, ROBIN, SAM } from '../world.ts';
import { type Asked, ask, partnerToken } from './world.ts';

const TENANTS = '/v1.0/tenantRelationships';

let emulators: Emulators;
let token: string;

beforeAll(async () => {
  emulators = await startEmulators();
  token = await partnerToken(emulators, { aud: 'https://graph.microsoft.com', scp: undefined, amr: undefined });
});
afterAll(() => emulators.close());

describe('Graph', () => {
  it('finds a tenant by either of its domains, or by its id', async () => {
    for (const domain of [CONTOSO.domain, CONTOSO.defaultDomain.toUpperCase()]) {
      const found = await graph(`${TENANTS}/findTenantInformationByDomainName(domainName='${domain}')`);
      expect(found.json()).toMatchObject({ tenantId: CONTOSO.tenantId, displayName: 'Contoso' });
    }
    const escaped = await graph(
      `${TENANTS}/findTenantInformationByDomainName%28domainName%3D%27${CONTOSO.domain}%27%29`,
    );
    expect(escaped.json().tenantId).toBe(CONTOSO.tenantId);
    const byId = await graph(`${TENANTS}/findTenantInformationByTenantId(tenantId='${NORTHWIND.tenantId}')`);
    expect(byId.json().displayName).toBe('Northwind Partner');
  });

  it('knows nothing of other domains', async () => {
    const reply = await graph(`${TENANTS}/findTenantInformationByDomainName(domainName='nobody.example')`);
    expect([reply.status, reply.json().error.code]).toEqual([404, 'Directory_ResourceNotFound']);
  });

  it('says which of the asked groups somebody belongs to', async () => {
    const check = async (id: string) =>
      (await graph(`/v1.0/users/${id}/checkMemberGroups`, { body: { groupIds: [REPS, REMOVERS, ADMINS] } })).json()
        .value;
    expect(await check(ROBIN.id)).toEqual([REPS]);
    expect(await check(SAM.id)).toEqual([REPS, REMOVERS]);
    expect(await check(NILS.id)).toEqual([]);
  });

  it('takes at most twenty groups at once', async () => {
    const groupIds = Array.from({ length: 21 }, () => REPS);
    expect((await graph(`/v1.0/users/${ROBIN.id}/checkMemberGroups`, { body: { groupIds } })).status).toBe(400);
  });

  it('names people of the partner tenant by id or name, and nobody else', async () => {
    expect((await graph(`/v1.0/users/${ROBIN.upn}`)).json()).toMatchObject({
      id: ROBIN.id,
      displayName: 'Robin Reyes',
    });
    expect((await graph('/v1.0/users/anna@contoso.example')).status).toBe(404);
  });

  it('keeps mails, unless mail is forbidden', async () => {
    const message = {
      subject: 'Please accept',
      body: { contentType: 'Text', content: 'A link' },
      toRecipients: [{ emailAddress: { address: 'anna@contoso.example' } }],
    };
    const send = () => graph(`/v1.0/users/${ROBIN.id}/sendMail`, { body: { message } });
    expect((await send()).status).toBe(202);
    emulators.graph.settings.mail = 'forbidden';
    expect((await send()).json().error.code).toBe('ErrorAccessDenied');
    expect(emulators.graph.mails()).toMatchObject([{ from: ROBIN.id, to: ['anna@contoso.example'] }]);
  });

  it('refuses tokens for other services', async () => {
    const foreign = await partnerToken(emulators, {});
    expect((await graph(`/v1.0/users/${ROBIN.id}`, { token: foreign })).status).toBe(401);
    expect((await graph(`/v1.0/users/${ROBIN.id}`, { token: undefined })).status).toBe(401);
  });
});

function graph(path: string, asked: Asked = {}) {
  return ask(emulators.urls.graph + path, { token, ...asked });
}
