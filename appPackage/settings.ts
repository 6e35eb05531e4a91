import { parseGuid } from '../services/identity.ts';

/** What the manifest takes from the installation. */
export type PackageSettings = Readonly<{
  appId: string;
  publicHost: string;
  partnerName: string;
  developerName: string;
  websiteUrl: string;
  privacyUrl: string;
  termsUrl: string;
  /** Whether Teams single sign-on is set up (`OAUTH_CONNECTION_NAME`). */
  hasSignOn: boolean;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings with what an operator should still know, or every problem with them at once. */
export type ReadSettings =
  | Readonly<{ settings: PackageSettings; notices: readonly string[] }>
  | Readonly<{ problems: readonly string[] }>;

/** Longest developer name. @see Teams app manifest schema, developer.name */
const MAX_DEVELOPER_NAME = 32;

/** Reads the few settings a package needs: secrets are not among them, so it can be built anywhere. */
export function readPackageSettings(env: Environment): ReadSettings {
  const value = (name: string) => env[name]?.trim() ?? '';
  const publicUrl = httpsUrl(value('PUBLIC_URL'));
  const partnerName = value('PARTNER_NAME');
  const developerName = value('PACKAGE_DEVELOPER_NAME') || partnerName;
  const problems = PAGES.filter(({ name }) => value(name) && !httpsUrl(value(name))).map(
    ({ name }) => `${name} must begin with https://.`,
  );
  if (!parseGuid(value('MicrosoftAppId'))) problems.push('MicrosoftAppId is missing or is no GUID.');
  if (!publicUrl) problems.push('PUBLIC_URL is missing or does not begin with https://.');
  if (!partnerName) problems.push('PARTNER_NAME is missing.');
  if (developerName.length > MAX_DEVELOPER_NAME) {
    problems.push(
      `The developer’s name may have ${MAX_DEVELOPER_NAME} characters: set PACKAGE_DEVELOPER_NAME to a shorter form of PARTNER_NAME.`,
    );
  }
  if (problems.length > 0 || !publicUrl) return { problems };

  const page = (name: string) => value(name) || publicUrl.href;
  return {
    notices: PAGES.filter(({ name }) => !value(name)).map(
      ({ name, what }) =>
        `${name} is not set, so the package names PUBLIC_URL as ${what}. That serves a trial; give customers a real page.`,
    ),
    settings: {
      appId: value('MicrosoftAppId').toLowerCase(),
      publicHost: publicUrl.hostname,
      partnerName,
      developerName,
      websiteUrl: page('PACKAGE_WEBSITE_URL'),
      privacyUrl: page('PACKAGE_PRIVACY_URL'),
      termsUrl: page('PACKAGE_TERMS_URL'),
      hasSignOn: value('OAUTH_CONNECTION_NAME') !== '',
    },
  };
}

const PAGES = [
  { name: 'PACKAGE_WEBSITE_URL', what: 'support page' },
  { name: 'PACKAGE_PRIVACY_URL', what: 'privacy page' },
  { name: 'PACKAGE_TERMS_URL', what: 'terms of use' },
] as const;

function httpsUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' ? url : undefined;
}
