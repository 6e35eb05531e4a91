/** Which Microsoft cloud the partner's tenant lives in. */
export type CloudName = 'public' | 'usgov' | 'china';

/** All Microsoft hosts the bot talks to, as origins without a trailing slash. */
export type Cloud = Readonly<{
  login: string;
  graph: string;
  /** Teams' web client: what links into Teams begin with. */
  teams: string;
  partnerCenter: string;
  /** Audience of Partner Center tokens. */
  partnerCenterResource: string;
  /** Where consent links lead. */
  consentHosts: readonly string[];
  /** Where the Bot Framework publishes the keys that sign channel tokens. */
  botLogin: string;
  botTokenIssuer: string;
  /** Who issues Entra access tokens, of version 1 and of version 2; `{tenant}` stands for the tenant's id. */
  accessTokenIssuers: readonly string[];
  /** Audience of the bot's own tokens toward the connector. */
  botScope: string;
  /** Where the Bot Framework keeps the tokens of people who signed in to a bot. */
  userTokens: string;
  /** Connector hosts a channel may name as its service URL. `*.` in front admits subdomains. */
  serviceHosts: readonly string[];
  /** Hosts from which files a person sent may be fetched. */
  fileHosts: readonly string[];
}>;

/**
 * One table for every host.
 *
 * @see reference: Partner Center REST URLs; Bot Framework connector authentication (government and 21Vianet pages);
 * botframework-connector's constants for the token service; Teams rate limit and proactive messages pages for `smba` hosts. Hosts of usgov and china were read, never reached.
 */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    teams: 'https://teams.microsoft.com',
    partnerCenter: 'https://api.partnercenter.microsoft.com',
    partnerCenterResource: 'https://api.partnercenter.microsoft.com',
    consentHosts: ['admin.microsoft.com', 'portal.office.com'],
    botLogin: 'https://login.botframework.com',
    botTokenIssuer: 'https://api.botframework.com',
    accessTokenIssuers: ['https://sts.windows.net/{tenant}/', 'https://login.microsoftonline.com/{tenant}/v2.0'],
    botScope: 'https://api.botframework.com',
    userTokens: 'https://api.botframework.com',
    serviceHosts: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
    fileHosts: ['*.sharepoint.com', '*.svc.ms'],
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    teams: 'https://gov.teams.microsoft.us',
    partnerCenter: 'https://api.partnercenter.microsoft.com',
    partnerCenterResource: 'https://api.partnercenter.microsoft.com',
    consentHosts: ['admin.microsoft.com', 'portal.office.com'],
    botLogin: 'https://login.botframework.azure.us',
    botTokenIssuer: 'https://api.botframework.us',
    accessTokenIssuers: ['https://sts.windows.net/{tenant}/', 'https://login.microsoftonline.us/{tenant}/v2.0'],
    botScope: 'https://api.botframework.us',
    userTokens: 'https://api.botframework.azure.us',
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    fileHosts: ['*.sharepoint.us'],
  },
  china: {
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    teams: 'https://teams.microsoftonline.cn',
    partnerCenter: 'https://partner.partnercenterapi.microsoftonline.cn',
    partnerCenterResource: 'https://partner.partnercenterapi.microsoftonline.cn',
    consentHosts: ['admin.microsoft.com', 'portal.partner.microsoftonline.cn'],
    botLogin: 'https://login.botframework.azure.cn',
    botTokenIssuer: 'https://api.botframework.azure.cn',
    accessTokenIssuers: [
      'https://sts.chinacloudapi.cn/{tenant}/',
      'https://login.partner.microsoftonline.cn/{tenant}/v2.0',
    ],
    botScope: 'https://api.botframework.azure.cn',
    userTokens: 'https://api.botframework.azure.cn',
    serviceHosts: ['smba.trafficmanager.cn'],
    fileHosts: ['*.sharepoint.cn'],
  },
};
