import { describe, expect, it } from 'vitest';
import { createRoleReader } from '../../../services/access/role-reader.ts';
import type { Person, TenantId, UserId } from '../../../services/identity.ts';

const NOW = new Date('2026-11-21T09:00:00Z');
const GRAPH = 'https://graph.microsoft.com';
const ANNA: Person = {
  tenantId: 'c0000000-0000-4000-8000-000000000001' as TenantId,
  userId: 'a0000000-0000-4000-8000-000000000001' as UserId,
  name: 'Anna',
};
const OWN = { aud: GRAPH, tid: ANNA.tenantId, oid: ANNA.userId };

function tokenWith(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
}

function reader(answer: readonly 'global-administrator'[] | 'token-refused' = ['global-administrator']) {
  const asked: string[] = [];
  const ownRoles = {
    async rolesOf(token: string) {
      asked.push(token);
      return answer;
    },
  };
  return { asked, ...createRoleReader({ ownRoles, graphOrigin: GRAPH, now: () => NOW }) };
}

describe('reading somebody’s own roles', () => {
  it.each([
    ['with Graph’s address', OWN],
    ['with a slash behind it', { ...OWN, aud: `${GRAPH}/` }],
    ['with Graph’s application id', { ...OWN, aud: '00000003-0000-0000-c000-000000000000' }],
    ['in capitals', { ...OWN, tid: ANNA.tenantId.toUpperCase(), oid: ANNA.userId.toUpperCase() }],
  ])('uses a token of their own, %s', async (_how, claims) => {
    expect(await reader().read(tokenWith(claims), ANNA)).toEqual({ roles: ['global-administrator'], at: NOW });
  });

  it.each([
    ['of another person', { ...OWN, oid: 'a0000000-0000-4000-8000-000000000002' }],
    ['of the same id in another tenant', { ...OWN, tid: 'c0000000-0000-4000-8000-000000000002' }],
    ['for another service', { ...OWN, aud: 'https://management.azure.com' }],
    ['for a host that only begins like Graph', { ...OWN, aud: `${GRAPH}.example` }],
    ['without an owner', { aud: GRAPH, tid: ANNA.tenantId }],
    ['without a tenant', { aud: GRAPH, oid: ANNA.userId }],
    ['whose claims are no text', { aud: [GRAPH], tid: [ANNA.tenantId], oid: { id: ANNA.userId } }],
  ])('sends nobody a token %s', async (_whose, claims) => {
    const { read, asked } = reader();
    await expect(read(tokenWith(claims), ANNA)).rejects.toMatchObject({ code: 'sign-in-other-person' });
    expect(asked).toEqual([]);
  });

  it('does not quote a token it cannot read', async () => {
    const error: unknown = await reader()
      .read('not-a-token', ANNA)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'sign-in-other-person' });
    expect(String(error)).not.toContain('not-a-token');
  });

  it('knows nothing when Microsoft refuses the token', async () => {
    expect(await reader('token-refused').read(tokenWith(OWN), ANNA)).toBeUndefined();
  });
});
