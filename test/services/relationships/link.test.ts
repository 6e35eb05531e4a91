import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../services/errors.ts';
import { parseTenantId, type TenantId } from '../../../services/identity.ts';
import { type LinkExpectation, verifyRelationshipLink } from '../../../services/relationships/link.ts';

const US = '1a000000-0000-4000-8000-000000000001';
const DISTRIBUTOR = '1a000000-0000-4000-8000-000000000002';
const STRANGER = '66666666-6666-4666-8666-666666666666';

const HOME = 'https://admin.microsoft.com/Adminportal/Home';
const OLD = '#/BillingAccounts/partner-invitation';
const NEW = '#/partners/invitation';
const DIRECT = `${HOME}?invType=ResellerRelationship&partnerId=${US}&msppId=0&DAP=false${OLD}`;
const INDIRECT = `${HOME}?invType=IndirectResellerRelationship&partnerId=${US}&msppId=4711001&indirectCSPId=${DISTRIBUTOR}&DAP=false${OLD}`;

function id(text: string): TenantId {
  const parsed = parseTenantId(text);
  if (!parsed) throw new Error('not a tenant id');
  return parsed;
}

const direct: LinkExpectation = {
  consentOrigins: ['https://admin.microsoft.com', 'https://portal.office.com', 'http://127.0.0.1:4001'],
  partnerTenantId: id(US),
  route: 'direct',
};
const indirect: LinkExpectation = {
  ...direct,
  route: 'through-distributor',
  indirectProviderTenantId: id(DISTRIBUTOR),
  resellerPartnerId: '4711001',
};

describe('a consent link that asks for what we want', () => {
  it.each([
    ['as documented', DIRECT],
    ['with the newer route', DIRECT.replace(OLD, NEW)],
    ['with our id in capitals', DIRECT.replace(US, US.toUpperCase())],
    ['without a partner number', DIRECT.replace('&msppId=0', '')],
    ['with the default port', DIRECT.replace('.com/', '.com:443/')],
    ['with the path in other capitals', DIRECT.replace('Adminportal', 'AdminPortal')],
    ['on the other consent host', DIRECT.replace('admin.microsoft.com', 'portal.office.com')],
    ['on an allowed loopback origin', DIRECT.replace('https://admin.microsoft.com', 'http://127.0.0.1:4001')],
  ])('is accepted %s', (_, link) => {
    expect(verifyRelationshipLink(link, direct)).toBe(new URL(link).href);
  });

  it.each([
    ['as seen in the field', INDIRECT],
    ['with the newer route', INDIRECT.replace(OLD, NEW)],
  ])('is accepted through a distributor %s', (_, link) => {
    expect(verifyRelationshipLink(link, indirect)).toBe(link);
  });

  it('may carry any partner number where none is configured', () => {
    expect(verifyRelationshipLink(INDIRECT, { ...indirect, resellerPartnerId: undefined })).toBe(INDIRECT);
  });
});

describe('a consent link that does not', () => {
  const bad: readonly (readonly [what: string, link: string, reason: string])[] = [
    ['nothing', '', 'not-a-link'],
    ['words', 'please accept', 'not-a-link'],
    ['HTML', '<html><body>Sign in</body></html>', 'not-a-link'],
    ['a relative address', '/Adminportal/Home', 'not-a-link'],
    ['a missing slash', DIRECT.replace('https://', 'https:/'), 'not-a-link'],
    ['backslashes', DIRECT.replace('https://', 'https:\\\\'), 'not-a-link'],
    ['a line break', DIRECT.replace('&DAP', '\n&DAP'), 'not-a-link'],
    ['a space in front', ` ${DIRECT}`, 'not-a-link'],
    ['a look-alike letter', DIRECT.replace('admin.', 'аdmin.'), 'not-a-link'],
    ['three thousand characters', `${DIRECT}${'x'.repeat(3_000)}`, 'not-a-link'],
    ['a script', `javascript:alert(1)//${DIRECT}`, 'scheme'],
    ['data', 'data:text/html,hello', 'scheme'],
    ['plain http', DIRECT.replace('https:', 'http:'), 'scheme'],
    ['plain http on a host that looks like loopback', DIRECT.replace('https://', 'http://127.0.0.1.'), 'scheme'],
    ['a loopback that is not ours', DIRECT.replace('https://admin.microsoft.com', 'http://127.0.0.1:9'), 'host'],
    ['a user name', DIRECT.replace('https://', 'https://admin.microsoft.com@evil.example/'), 'userinfo'],
    ['an empty user name', DIRECT.replace('https://', 'https://@'), 'userinfo'],
    ['a user name on the right host', DIRECT.replace('https://', 'https://x:y@'), 'userinfo'],
    ['another host', DIRECT.replace('admin.microsoft.com', 'evil.example'), 'host'],
    ['a host that begins alike', DIRECT.replace('.com/', '.com.evil.example/'), 'host'],
    ['a host that ends alike', DIRECT.replace('https://', 'https://evil'), 'host'],
    ['a trailing dot', DIRECT.replace('.com/', '.com./'), 'host'],
    ['another port', DIRECT.replace('.com/', '.com:8443/'), 'host'],
    ['an encoded look-alike host', DIRECT.replace('admin.', 'xn--dmin-7cd.'), 'host'],
    ['another path', DIRECT.replace('Adminportal/Home', 'redirect'), 'path'],
    ['a path behind the path', DIRECT.replace('/Home', '/Home/../Elsewhere'), 'path'],
    ['no fragment', DIRECT.replace(OLD, ''), 'fragment'],
    ['another fragment', DIRECT.replace(OLD, '#/users'), 'fragment'],
    [
      'a request for administrator roles',
      DIRECT.replace(OLD, `${NEW}/granularAdminRelationships/${STRANGER}`),
      'fragment',
    ],
    ['parameters in the fragment', DIRECT.replace(OLD, `${OLD}?DAP=true`), 'fragment'],
    ['two fragments', `${DIRECT}#/users`, 'fragment'],
    ['no parameters', HOME + OLD, 'invitation-type'],
    ['the invitation type of the other route', DIRECT.replace('=Reseller', '=IndirectReseller'), 'invitation-type'],
    ['another invitation type', DIRECT.replace('ResellerRelationship', 'Administration'), 'invitation-type'],
    ['another partner', DIRECT.replace(US, STRANGER), 'partner'],
    ['no partner', DIRECT.replace(`partnerId=${US}&`, ''), 'partner'],
    ['a number as partner', DIRECT.replace(US, '4711001'), 'partner'],
    ['administrator rights', DIRECT.replace('DAP=false', 'DAP=true'), 'delegated-admin'],
    ['nothing about administrator rights', DIRECT.replace('&DAP=false', ''), 'delegated-admin'],
    ['administrator rights in capitals', DIRECT.replace('DAP=false', 'DAP=FALSE'), 'delegated-admin'],
    ['administrator rights behind a semicolon', DIRECT.replace('DAP=false', 'DAP=false;DAP=true'), 'delegated-admin'],
    ['administrator rights twice', DIRECT.replace('DAP=false', 'DAP=false&DAP=true'), 'parameters'],
    ['administrator rights twice in two cases', DIRECT.replace('DAP=false', 'dap=true&DAP=false'), 'parameters'],
    ['a second partner', DIRECT.replace('&msppId', `&PartnerId=${STRANGER}&msppId`), 'parameters'],
    ['a parameter nobody knows', DIRECT.replace('&DAP', '&adminRelationshipId=1&DAP'), 'parameters'],
    ['a partner number on the direct route', DIRECT.replace('msppId=0', 'msppId=1'), 'partner-number'],
    ['a distributor on the direct route', DIRECT.replace('&DAP', `&indirectCSPId=${DISTRIBUTOR}&DAP`), 'distributor'],
  ];

  it.each(bad)('is refused: %s', (_, link, reason) => {
    expect(refusalOf(link, direct)).toBe(reason);
  });

  it.each([
    ['a direct link', DIRECT, 'invitation-type'],
    ['another distributor', INDIRECT.replace(DISTRIBUTOR, STRANGER), 'distributor'],
    ['no distributor', INDIRECT.replace(`&indirectCSPId=${DISTRIBUTOR}`, ''), 'distributor'],
    ['another partner number', INDIRECT.replace('4711001', '4711002'), 'partner-number'],
    ['no partner number', INDIRECT.replace('&msppId=4711001', ''), 'partner-number'],
  ])('is refused through a distributor: %s', (_, link, reason) => {
    expect(refusalOf(link, indirect)).toBe(reason);
  });

  it('is refused through a distributor when none is configured', () => {
    expect(refusalOf(INDIRECT, { ...indirect, indirectProviderTenantId: undefined })).toBe('distributor');
    const words = { ...indirect, resellerPartnerId: undefined };
    expect(refusalOf(INDIRECT.replace('4711001', 'abc'), words)).toBe('partner-number');
  });
});

function refusalOf(link: string, expected: LinkExpectation): unknown {
  try {
    return `accepted: ${verifyRelationshipLink(link, expected)}`;
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'link-refused') throw error;
    expect(error.message).not.toContain('://');
    return error.details.reason;
  }
}
