import type { Emulators } from '../emulators/index.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store.ts';

/**
 * The bot's environment: a production one in every setting, with Microsoft's hosts replaced by loopback ones. Nothing
 * of the sandbox's own environment comes along, apart from what a process needs to run.
 */
export function botEnvironment({ urls, world }: Emulators, ports: Ports, store: Store): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const { partner, botApp, partnerCenterApp, groups } = world;
  return {
    ...withoutUndefined({ PATH, HOME, TMPDIR, SystemRoot }),
    NODE_ENV: 'production',
    PORT: String(ports.bot),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${ports.bot}`,
    MicrosoftAppId: botApp.appId,
    MicrosoftAppPassword: botApp.secret,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: partner.tenantId,
    PARTNER_TENANT_ID: partner.tenantId,
    PARTNER_NAME: partner.name,
    PARTNER_CENTER_APP_ID: partnerCenterApp.appId,
    PARTNER_CENTER_APP_SECRET: partnerCenterApp.secret,
    PARTNER_CENTER_REFRESH_TOKEN: partnerCenterApp.refreshToken,
    PARTNER_CENTER_WEBHOOK_CA: store.path('webhook-ca.pem'),
    CLOUD: 'public',
    LOGIN_URL: urls.login,
    GRAPH_URL: urls.graph,
    PARTNER_CENTER_URL: urls.partnerCenter,
    BOT_LOGIN_URL: urls.botLogin,
    ALLOWED_SERVICE_HOSTS: `127.0.0.1:${ports.teams}`,
    // attachments come from Teams, files behind links from Graph
    ALLOWED_FILE_HOSTS: `127.0.0.1:${ports.teams},${new URL(urls.graph).host}`,
    DATA_DIR: store.path('bot'),
    SEAL_KEY: store.sealKey(),
    REPS_GROUP_ID: groups.reps,
    REMOVERS_GROUP_ID: groups.removers,
    ADMINS_GROUP_ID: groups.admins,
    LOG_LEVEL: 'info',
  };
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
