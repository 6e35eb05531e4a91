import { CloudAdapter, type TurnContext } from 'botbuilder';
import type { Log } from '../services/log.ts';
import type { TokenSource } from '../services/login/token-source.ts';
import type { Config } from './config.ts';
import { BotCredentialsFactory } from './endpoint/bot-credentials.ts';
import { ChannelAuthentication } from './endpoint/channel-auth.ts';
import { TeamsConnectorFactory } from './endpoint/connector.ts';
import { createFileDownload, type FileKind } from './endpoint/file-download.ts';
import { createFileUpload } from './endpoint/file-upload.ts';
import { createGuard } from './endpoint/guard.ts';
import { createAllowedHosts } from './endpoint/hosts.ts';
import { createServer, type EndpointOptions } from './endpoint/server.ts';
import { channelMetadataUrl, createSigningKeys } from './endpoint/signing-keys.ts';
import { createUserTokens } from './endpoint/user-tokens.ts';

/** Longest wait for the token service, in ms: somebody waits for the answer to a press. */
const SIGN_IN_TIMEOUT_MS = 4_000;

/** Everything through which Teams reaches the bot, and the bot Teams: keys, credentials, allow-lists. */
export function createFrontDoor(config: Config, botTokens: TokenSource, now: () => Date, log: Log) {
  const { cloud, bot, isLoopback } = config;
  const serviceHosts = createAllowedHosts([...cloud.serviceHosts, ...config.extraServiceHosts], isLoopback);
  const fileHosts = createAllowedHosts([...cloud.fileHosts, ...config.extraFileHosts], isLoopback);
  const expected = { issuer: cloud.botTokenIssuer, appId: bot.appId };
  const scope = `${cloud.botScope}/.default`;
  const credentials = new BotCredentialsFactory({
    appId: bot.appId,
    scope,
    serviceHosts,
    token: (wanted) => botTokens.token(wanted),
  });
  const files = createFileDownload({ hosts: fileHosts });
  const pastedPictures = createFileDownload({ hosts: serviceHosts, token: () => botTokens.token(scope) });
  const connectors = new TeamsConnectorFactory({ appId: bot.appId, serviceHosts, credentials });
  const keys = createSigningKeys({ metadataUrl: channelMetadataUrl(cloud.botLogin), fetch, now, log });
  const authentication = new ChannelAuthentication({ ...expected, keys, botScope: cloud.botScope, connectors, now });
  const guard = createGuard({ ...expected, serviceHosts, now });

  const { oauthConnectionName: connectionName } = config;

  return {
    connectors,
    fileHosts,

    /** Single sign-on of whoever speaks, where it is set up. */
    signIn: connectionName
      ? createUserTokens({
          tokenUrl: cloud.userTokens,
          connectionName,
          appId: bot.appId,
          botToken: () => botTokens.token(scope),
          timeoutMs: SIGN_IN_TIMEOUT_MS,
        })
      : undefined,

    /** Fetches what a person attached; a pasted picture lies on the connector, which wants the bot's token. */
    download: (url: string, kind: FileKind) =>
      kind === 'image' && serviceHosts.admit(url) ? pastedPictures(url, kind) : files(url, kind),

    /** Puts a file where Teams said, once somebody agreed to have it. */
    upload: createFileUpload({ hosts: fileHosts }),

    /** The server; `onTurn` sees only activities that were signed for. */
    open(
      onTurn: (context: TurnContext) => Promise<void>,
      routes: Pick<EndpointOptions, 'onWebhook' | 'ready' | 'metrics' | 'onRefused' | 'api'>,
    ) {
      const adapter = new CloudAdapter(authentication);
      adapter.onTurnError = async (_context, error) => {
        throw error; // answered with 500 and a reference by the messages route, which also logs it
      };
      return createServer({
        ...routes,
        guard,
        authentication,
        onActivity: (request, response) => adapter.process(request, response, onTurn),
        now,
        log,
      });
    },
  };
}
