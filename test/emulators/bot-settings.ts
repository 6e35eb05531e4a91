import { randomBytes } from 'node:crypto';
import type { Emulators } from './index.ts';

/** Settings of a bot among these emulators that follow from their world; ports, files and Teams are the caller's. */
export function botSettings({ urls, world }: Pick<Emulators, 'urls' | 'world'>): Record<string, string> {
  const { partner, botApp, partnerCenterApp, groups } = world;
  return {
    HOST: '127.0.0.1',
    MicrosoftAppId: botApp.appId,
    MicrosoftAppPassword: botApp.secret,
    MicrosoftAppTenantId: partner.tenantId,
    PARTNER_TENANT_ID: partner.tenantId,
    PARTNER_NAME: partner.name,
    PARTNER_CENTER_APP_ID: partnerCenterApp.appId,
    PARTNER_CENTER_APP_SECRET: partnerCenterApp.secret,
    PARTNER_CENTER_REFRESH_TOKEN: partnerCenterApp.refreshToken,
    LOGIN_URL: urls.login,
    GRAPH_URL: urls.graph,
    PARTNER_CENTER_URL: urls.partnerCenter,
    BOT_LOGIN_URL: urls.botLogin,
    SEAL_KEY: randomBytes(32).toString('base64'),
    REPS_GROUP_ID: groups.reps,
    REMOVERS_GROUP_ID: groups.removers,
    ADMINS_GROUP_ID: groups.admins,
  };
}
