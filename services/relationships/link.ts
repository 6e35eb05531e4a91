import { ServiceError } from '../errors.ts';
import { parseGuid, type TenantId } from '../identity.ts';
import type { SalesRoute } from './ports.ts';

export type LinkExpectation = Readonly<{
  /** Origins on which a customer accepts, such as `https://admin.microsoft.com`. Plain http only for loopback. */
  consentOrigins: readonly string[];
  partnerTenantId: TenantId;
  route: SalesRoute;
  indirectProviderTenantId?: TenantId;
  /** Numeric partner id of the reseller, where the partner sells through a distributor. */
  resellerPartnerId?: string;
}>;

/** Why a link is not shown to anybody. */
export type LinkProblem =
  | 'not-a-link'
  | 'scheme'
  | 'host'
  | 'userinfo'
  | 'path'
  | 'fragment'
  | 'parameters'
  | 'invitation-type'
  | 'partner'
  | 'partner-number'
  | 'distributor'
  | 'delegated-admin';

/**
 * Checks that a link asks the customer for a reseller relationship with us and for nothing else.
 *
 * A parameter we do not know is a reason to refuse: a link may also ask for administrator roles.
 *
 * @returns the link as it was checked, normalised.
 * @throws ServiceError `link-refused` with `details.reason` (a LinkProblem).
 * @see Partner Center, request a reseller relationship
 */
export function verifyRelationshipLink(link: string, expected: LinkExpectation): string {
  const url = readUrl(link);
  checkPlace(url, expected.consentOrigins);
  const parameters = readParameters(url);
  demand(parameters.get('invtype') === INVITATION[expected.route], 'invitation-type');
  demand(sameGuid(parameters.get('partnerid'), expected.partnerTenantId), 'partner');
  demand(parameters.get('dap') === 'false', 'delegated-admin');
  checkSellers(parameters, expected);
  return url.href;
}

const MAX_LINK_CHARS = 2_048;
const PATH = '/adminportal/home';
const ROUTES = ['#/BillingAccounts/partner-invitation', '#/partners/invitation'];
const PARAMETERS = new Set(['invtype', 'partnerid', 'msppid', 'indirectcspid', 'dap']);
const INVITATION: Readonly<Record<SalesRoute, string>> = {
  direct: 'ResellerRelationship',
  'through-distributor': 'IndirectResellerRelationship',
};

/** Only printable ASCII without backslash: what a URL parser would repair is not a link that we were meant to get. */
function readUrl(link: string): URL {
  demand(link.length <= MAX_LINK_CHARS && /^[\x21-\x5b\x5d-\x7e]+$/.test(link) && URL.canParse(link), 'not-a-link');
  const url = new URL(link);
  demand(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)), 'scheme');
  const [, authority] = /^[a-z]+:\/\/([^/?#]+)\//i.exec(link) ?? [];
  demand(authority, 'not-a-link');
  demand(!authority.includes('@'), 'userinfo');
  return url;
}

function checkPlace(url: URL, consentOrigins: readonly string[]): void {
  demand(consentOrigins.includes(url.origin), 'host');
  demand(url.pathname.toLowerCase() === PATH, 'path');
  demand(ROUTES.includes(url.hash), 'fragment');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Names without regard to case, as web servers read them; one name twice could mean two things to two readers. */
function readParameters(url: URL): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    const folded = name.toLowerCase();
    demand(PARAMETERS.has(folded) && !parameters.has(folded), 'parameters');
    parameters.set(folded, value);
  }
  return parameters;
}

function checkSellers(parameters: ReadonlyMap<string, string>, expected: LinkExpectation): void {
  const number = parameters.get('msppid');
  const distributor = parameters.get('indirectcspid');
  if (expected.route === 'direct') {
    demand(number === undefined || number === '0', 'partner-number');
    demand(distributor === undefined, 'distributor');
    return;
  }
  const { resellerPartnerId, indirectProviderTenantId } = expected;
  demand(resellerPartnerId ? number === resellerPartnerId : /^\d{1,12}$/.test(number ?? ''), 'partner-number');
  demand(indirectProviderTenantId && sameGuid(distributor, indirectProviderTenantId), 'distributor');
}

function sameGuid(found: string | undefined, expected: TenantId): boolean {
  return found !== undefined && parseGuid(found) === expected;
}

function demand(holds: unknown, reason: LinkProblem): asserts holds {
  // The link itself stays out: it may be hostile, and the log is read by people.
  if (!holds) throw new ServiceError('link-refused', `the consent link was refused: ${reason}`, { reason });
}
