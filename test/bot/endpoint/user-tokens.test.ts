import { describe, expect, it } from 'vitest';
import type { Heard } from '../../../bot/activity.ts';
import { createUserTokens } from '../../../bot/endpoint/user-tokens.ts';
import { createOwnRoles } from '../../../services/graph/own-roles.ts';
import type { TenantId, UserId } from '../../../services/identity.ts';

const HEARD: Heard = {
  id: 'f:1',
  type: 'message',
  speaker: { tenantId: 't' as TenantId, userId: 'u' as UserId, name: 'Anna' },
  account: '29:1anna',
  bot: '28:bot',
  place: { kind: 'personal', conversationId: 'a:1', serviceUrl: 'https://smba.trafficmanager.net/emea/t/' },
  text: '',
  files: [],
};

/** What was asked of the service that answers like this. */
function service(status: number, body: unknown, tokenUrl = 'https://api.botframework.com') {
  const asked: { url: URL; method?: string; authorization: string | null; body: unknown }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    const authorization = new Headers(init.headers).get('authorization');
    asked.push({ url: new URL(String(url)), method: init.method, authorization, body: init.body });
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  };
  const options = {
    tokenUrl,
    connectionName: 'sso',
    appId: 'bot',
    botToken: async () => 'bot-token',
    timeoutMs: 1_000,
  };
  return { asked, signIn: createUserTokens({ ...options, fetch })(HEARD), fetch };
}

describe('tokens of people who sign in', () => {
  it('asks for the speaker by their Teams id, with the bot’s own token', async () => {
    const { asked, signIn } = service(200, { token: 'theirs' });
    expect(await signIn.token('123456')).toBe('theirs');
    expect(asked[0]).toMatchObject({ method: 'GET', authorization: 'Bearer bot-token' });
    expect(asked[0]?.url.pathname).toBe('/api/usertoken/GetToken');
    expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toEqual({
      userId: '29:1anna',
      connectionName: 'sso',
      channelId: 'msteams',
      code: '123456',
    });
  });

  it('hands on what a Teams client sent in the body, never in an address', async () => {
    const { asked, signIn } = service(200, { token: 'theirs' });
    expect(await signIn.exchange('client-token')).toBe('theirs');
    expect(asked[0]?.body).toBe('{"token":"client-token"}');
    expect(String(asked[0]?.url)).not.toContain('client-token');
  });

  it.each([400, 404, 412])('has none when the service says %i: they must sign in, or consent', async (status) => {
    const { signIn } = service(status, { error: { code: 'ConsentRequired' } });
    expect(await signIn.token()).toBeUndefined();
    expect(await signIn.exchange('x')).toBeUndefined();
  });

  it.each([401, 429, 500, 503, 302])('fails when the service says %i', async (status) => {
    const { signIn } = service(status, { token: 'never' });
    await expect(signIn.token()).rejects.toMatchObject({ code: 'sign-in-unavailable' });
  });

  it.each([{}, { token: '' }, { token: 1 }, null])('fails when 200 brings %j', async (body) => {
    await expect(service(200, body).signIn.token()).rejects.toMatchObject({ code: 'sign-in-unavailable' });
  });

  it.each([200, 204, 404])('is signed out when the service says %i', async (status) => {
    const { signIn, asked } = service(status, {});
    await signIn.forget();
    expect(asked[0]).toMatchObject({ method: 'DELETE' });
  });

  it('is not signed out when the service fails', async () => {
    await expect(service(500, {}).signIn.forget()).rejects.toMatchObject({ code: 'sign-in-unavailable' });
  });
});

describe('where somebody signs in', () => {
  const exchange = { id: 'e', uri: 'api://botid-bot' };

  it('is told which conversation it is for, and says what Teams needs', async () => {
    const link = 'https://token.botframework.com/api/oauth/signin?signin=1';
    const { asked, signIn } = service(200, { signInLink: link, tokenExchangeResource: exchange });
    expect(await signIn.offer()).toEqual({ link, connectionName: 'sso', exchange });
    const state: unknown = JSON.parse(
      Buffer.from(asked[0]?.url.searchParams.get('state') ?? '', 'base64').toString('utf8'),
    );
    expect(state).toMatchObject({
      connectionName: 'sso',
      msAppId: 'bot',
      conversation: { user: { id: '29:1anna' }, bot: { id: '28:bot' }, conversation: { id: 'a:1' } },
    });
  });

  it.each([
    'https://token.botframework.com.evil.example/',
    'https://evil.example/token.botframework.com',
    'http://token.botframework.com/',
    'https://token.botframework.com@evil.example/',
    'javascript:alert(1)',
    'not a link',
  ])('is never %s', async (signInLink) => {
    await expect(service(200, { signInLink }).signIn.offer()).rejects.toMatchObject({ code: 'sign-in-unavailable' });
  });
});

describe('the roles of a token’s owner', () => {
  const BILLING = 'B0F54661-2D74-4C50-AFA3-1EC803F12EFE';
  const rolesWith = (status: number, body: unknown) => {
    const { fetch, asked } = service(status, body);
    const { rolesOf } = createOwnRoles({ graphUrl: 'https://graph.microsoft.com', fetch, timeoutMs: 1_000 });
    return { rolesOf, asked };
  };

  it('are those of the two that matter which Graph names, and nothing else is asked', async () => {
    const { rolesOf, asked } = rolesWith(200, { value: [BILLING, 'another'] });
    expect(await rolesOf('theirs')).toEqual(['billing-administrator']);
    expect(asked[0]).toMatchObject({ method: 'POST', authorization: 'Bearer theirs' });
    expect(JSON.parse(String(asked[0]?.body))).toEqual({
      ids: ['62e90394-69f5-4237-9190-012177145e10', 'b0f54661-2d74-4c50-afa3-1ec803f12efe'],
    });
  });

  it('are none when Graph names none', async () => {
    expect(await rolesWith(200, { value: [] }).rolesOf('theirs')).toEqual([]);
  });

  it('are not read with a token Graph refuses', async () => {
    expect(await rolesWith(401, {}).rolesOf('theirs')).toBe('token-refused');
  });

  it.each([
    [403, {}],
    [500, {}],
    [200, { value: 'b0f54661' }],
    [200, {}],
  ])('are unknown, and not none, when Graph answers %i %j', async (status, body) => {
    await expect(rolesWith(status, body).rolesOf('theirs')).rejects.toMatchObject({ code: 'graph-unavailable' });
  });
});
