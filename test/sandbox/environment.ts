import { botSettings } from '../emulators/bot-settings.ts';
import type { Emulators } from '../emulators/index.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store.ts';

/**
 * The bot's environment: a production one in every setting, with Microsoft's hosts replaced by loopback ones. Nothing
 * of the sandbox's own environment comes along, apart from what a process needs to run.
 */
export function botEnvironment(emulators: Emulators, ports: Ports, store: Store): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return {
    ...botSettings(emulators),
    ...withoutUndefined({ PATH, HOME, TMPDIR, SystemRoot }),
    NODE_ENV: 'production',
    PORT: String(ports.bot),
    PUBLIC_URL: `http://127.0.0.1:${ports.bot}`,
    MicrosoftAppType: 'SingleTenant',
    PARTNER_CENTER_WEBHOOK_CA: store.path('webhook-ca.pem'),
    CLOUD: 'public',
    ALLOWED_SERVICE_HOSTS: `127.0.0.1:${ports.teams}`,
    // attachments come from Teams, files behind links from Graph
    ALLOWED_FILE_HOSTS: `127.0.0.1:${ports.teams},${new URL(emulators.urls.graph).host}`,
    DATA_DIR: store.path('bot'),
    SEAL_KEY: store.sealKey(),
    LOG_LEVEL: 'info',
  };
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
