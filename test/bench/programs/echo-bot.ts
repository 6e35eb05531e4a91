import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { BotCredentialsFactory } from '../../../bot/endpoint/bot-credentials.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import { CLOUDS } from '../../../services/clouds.ts';
import type { TenantId } from '../../../services/identity.ts';
import { createTokenSource } from '../../../services/login/token-source.ts';
import { answerQuestions, reportPort } from './measured.ts';

/**
 * The peer: a bot that echoes, with botbuilder's own token check, on restify, as its samples write it. Only the hosts
 * differ, and its own token comes from the emulated login because botbuilder's library insists on https.
 */
const { LOGIN_URL = '', BOT_LOGIN_URL = '', BOT_APP_ID = '', BOT_SECRET = '', BOT_TENANT_ID = '' } = process.env;
const cloud = CLOUDS.public;
const tokens = createTokenSource({
  loginUrl: LOGIN_URL,
  tenantId: BOT_TENANT_ID as TenantId,
  clientId: BOT_APP_ID,
  credential: { secret: BOT_SECRET },
  now: () => new Date(),
  timeoutMs: 10_000,
});
const credentials = new BotCredentialsFactory({
  appId: BOT_APP_ID,
  scope: `${cloud.botScope}/.default`,
  serviceHosts: createAllowedHosts(['127.0.0.1'], true),
  token: (scope) => tokens.token(scope),
});
const metadata = `${BOT_LOGIN_URL}/v1/.well-known/openidconfiguration`;
const authentication = new ConfigurationBotFrameworkAuthentication(
  {
    MicrosoftAppId: BOT_APP_ID,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: BOT_TENANT_ID,
    MicrosoftAppPassword: BOT_SECRET,
    ValidateAuthority: 'false',
    ToChannelFromBotLoginUrl: `${LOGIN_URL}/${BOT_TENANT_ID}`,
    ToChannelFromBotOAuthScope: cloud.botScope,
    ToBotFromChannelTokenIssuer: cloud.botTokenIssuer,
    OAuthUrl: 'https://token.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromEmulatorOpenIdMetadataUrl: metadata,
  },
  credentials,
);
const adapter = new CloudAdapter(authentication);
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(`You said: ${context.activity.text}`);
  await next();
});

const server = restify.createServer();
server.use(restify.plugins.jsonBodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
answerQuestions();
server.listen(0, '127.0.0.1', () => reportPort(server.address().port));
