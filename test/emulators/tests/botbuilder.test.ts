import { ActivityTypes, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFaults } from '../faults.ts';
import { createJournal } from '../journal.ts';
import type { ChannelTokenOptions } from '../login/tokens.ts';
import { createLoginEmulator, type LoginEmulator } from '../login.ts';
import { BOT_APP_ID, PARTNER_TENANT_ID } from '../world.ts';

const SERVICE_URL = 'http://127.0.0.1:9/teams/';
const BOT_FRAMEWORK = 'https://api.botframework.com';

let login: LoginEmulator;
let authentication: ConfigurationBotFrameworkAuthentication;

beforeAll(async () => {
  login = await createLoginEmulator({ journal: createJournal(), faults: createFaults() });
  const origin = await login.listen();
  authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: BOT_APP_ID,
    MicrosoftAppPassword: 'emulated-bot-secret',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: PARTNER_TENANT_ID,
    ToChannelFromBotLoginUrl: `${origin}/${PARTNER_TENANT_ID}`,
    ToChannelFromBotOAuthScope: BOT_FRAMEWORK,
    ToBotFromChannelTokenIssuer: BOT_FRAMEWORK,
    OAuthUrl: `${origin}/oauth`,
    ToBotFromChannelOpenIdMetadataUrl: `${origin}/v1/.well-known/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/botframework.com/v2.0/.well-known/openid-configuration`,
  });
});
afterAll(() => login.close());

it('signs channel tokens that the Bot Framework SDK accepts', async () => {
  const { claimsIdentity } = await authenticate({});
  expect(claimsIdentity.getClaimValue('serviceurl')).toBe(SERVICE_URL);
});

it.each<[string, Partial<ChannelTokenOptions>]>([
  ['another bot', { appId: PARTNER_TENANT_ID }],
  ['another service URL', { serviceUrl: 'http://127.0.0.1:9/other/' }],
  ['an hour ago', { claims: { exp: Math.floor(Date.now() / 1000) - 3600 } }],
  ['an unknown key', { header: { kid: 'unknown' } }],
])('signs channel tokens that the SDK refuses: for %s', async (_what, changed) => {
  await expect(authenticate(changed)).rejects.toThrow();
});

async function authenticate(changed: Partial<ChannelTokenOptions>) {
  const token = await login.channelToken({ serviceUrl: SERVICE_URL, appId: BOT_APP_ID, ...changed });
  const someone = { id: '29:someone', name: 'Someone' };
  const activity = {
    type: ActivityTypes.Message,
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    conversation: { id: 'a:chat', name: '', isGroup: false, conversationType: 'personal' },
    ...{ from: someone, recipient: someone, text: 'hi', label: '', valueType: '', listenFor: [] },
    ...{ localTimezone: '', callerId: '' },
  };
  return authentication.authenticateRequest(activity, `Bearer ${token}`);
}
