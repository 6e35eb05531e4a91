import { expect, it } from 'vitest';
import { readPackageSettings } from '../../appPackage/settings.ts';

const GOOD = {
  MicrosoftAppId: 'B0000000-0000-4000-8000-000000000001',
  PUBLIC_URL: 'https://bot.northwind.example/',
  PARTNER_NAME: 'Northwind Partner',
  PACKAGE_WEBSITE_URL: 'https://northwind.example/tarmac',
  PACKAGE_PRIVACY_URL: 'https://northwind.example/privacy',
  PACKAGE_TERMS_URL: 'https://northwind.example/terms',
};

function problemsOf(over: Readonly<Record<string, string | undefined>>): readonly string[] {
  const read = readPackageSettings({ ...GOOD, ...over });
  return 'problems' in read ? read.problems : [];
}

it('reads what a package needs, and no secrets', () => {
  expect(readPackageSettings(GOOD)).toEqual({
    notices: [],
    settings: {
      appId: 'b0000000-0000-4000-8000-000000000001',
      publicHost: 'bot.northwind.example',
      partnerName: 'Northwind Partner',
      developerName: 'Northwind Partner',
      websiteUrl: 'https://northwind.example/tarmac',
      privacyUrl: 'https://northwind.example/privacy',
      termsUrl: 'https://northwind.example/terms',
      hasSignOn: false,
    },
  });
});

it('names everything that is missing at once', () => {
  const read = readPackageSettings({});
  expect('problems' in read && read.problems.join('\n')).toMatch(/MicrosoftAppId[\s\S]*PUBLIC_URL[\s\S]*PARTNER_NAME/);
});

it.each([
  ['PUBLIC_URL', 'http://127.0.0.1:3978'],
  ['MicrosoftAppId', 'tarmac'],
  ['PACKAGE_PRIVACY_URL', 'northwind.example/privacy'],
])('refuses %s=%s', (name, value) => {
  expect(problemsOf({ [name]: value }).join('\n')).toContain(name);
});

it('asks for a shorter name where the partner’s is too long for Teams', () => {
  const long = 'The Northwind Cloud Partner Company of Europe';
  expect(problemsOf({ PARTNER_NAME: long }).join('\n')).toContain('PACKAGE_DEVELOPER_NAME');
  expect(problemsOf({ PARTNER_NAME: long, PACKAGE_DEVELOPER_NAME: 'Northwind' })).toEqual([]);
});

it('says which pages are still missing, and stands in the bot’s own address', () => {
  const read = readPackageSettings({ ...GOOD, PACKAGE_TERMS_URL: undefined });
  expect(read).toMatchObject({ settings: { termsUrl: 'https://bot.northwind.example/' } });
  expect('notices' in read && read.notices.join('\n')).toContain('PACKAGE_TERMS_URL is not set');
});
