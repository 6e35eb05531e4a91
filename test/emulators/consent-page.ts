import type { Answer, Received } from './http.ts';
import type { Context } from './partner-center/context.ts';
import { CONSENT_PATH, type RelationshipRoute } from './partner-center/relationships.ts';
import type { KnownTenant } from './partner-center/state.ts';
import type { Route } from './routes.ts';
import { BILLING_ADMINISTRATOR, GLOBAL_ADMINISTRATOR } from './world.ts';

const COOKIE = 'emulated-customer';

/** What an acceptance on the page does. */
export type Accept = (customerId: string, route: RelationshipRoute) => boolean;

/**
 * The page in which a customer's administrator accepts the partner, at the path the invitation link names. It works
 * without scripts, so the link's hash route is ignored. `?tenant=` or a cookie says whose administrator is signed in,
 * `?user=` (object id or user principal name) who; without a user the rights are not looked at. [M2][M20]
 */
export function consentRoutes(context: Context, accept: Accept): Route[] {
  return [
    { method: 'GET', path: CONSENT_PATH, handle: (request) => ask(context, request) },
    { method: 'POST', path: CONSENT_PATH, handle: (request) => decide(context, request, accept) },
  ];
}

function ask(context: Context, request: Received): Answer {
  const invitation = readInvitation(context, request.url.searchParams);
  if (!invitation) return page(400, 'This invitation is not valid', '<p>Ask your partner for a new link.</p>');
  const { searchParams } = request.url;
  const wanted = searchParams.get('tenant') ?? cookieIn(request);
  const customer = context.state.tenants.find(({ tenantId }) => tenantId === wanted);
  const user = searchParams.get('user');
  if (user !== null && !mayAccept(context, customer, user)) return needsPermission();
  return page(200, 'Authorize your partner', form(context, invitation, customer), rememberCustomer(customer));
}

function decide(context: Context, request: Received, accept: Accept): Answer {
  const invitation = readInvitation(context, request.url.searchParams);
  if (!invitation) return page(400, 'This invitation is not valid', '<p>Ask your partner for a new link.</p>');
  const fields = new URLSearchParams(request.body.toString('utf8'));
  const customer = context.state.tenants.find(({ tenantId }) => tenantId === fields.get('tenantId'));
  if (!customer) return page(400, 'Choose your organisation', form(context, invitation, undefined, CHOOSE));
  const user = request.url.searchParams.get('user');
  if (user !== null && !mayAccept(context, customer, user)) return needsPermission();
  const cookie = rememberCustomer(customer);
  if (fields.get('action') !== 'accept') return page(200, 'Nothing was changed', CANCELLED, cookie);
  if (fields.get('agree') !== 'yes') {
    return page(400, 'Authorize your partner', form(context, invitation, customer, TICK), cookie);
  }
  const isNew = accept(customer.tenantId, invitation.route);
  return {
    ...page(200, 'Partner authorized', thanks(customer, context), cookie),
    effect: isNew ? 'accepted' : 'no change',
  };
}

type Invitation = Readonly<{ route: RelationshipRoute; action: string }>;

/** The link names the partner, never the customer. Unknown partners or kinds are refused. (inferred) */
function readInvitation({ world }: Context, params: URLSearchParams): Invitation | undefined {
  if (params.get('partnerId')?.toLowerCase() !== world.partner.tenantId) return undefined;
  const action = `${CONSENT_PATH}?${params}`;
  if (params.get('invType') === 'ResellerRelationship') return { route: 'direct', action };
  const hasProvider = params.get('indirectCSPId')?.toLowerCase() === world.distributor.tenantId;
  const isIndirect = params.get('invType') === 'IndirectResellerRelationship' && hasProvider;
  return isIndirect ? { route: 'through-distributor', action } : undefined;
}

/** Documents say Global Administrator; the commerce article lets Billing Administrators do it too. [M2][M20] */
function mayAccept(context: Context, customer: KnownTenant | undefined, user: string): boolean {
  const tenants = context.world.customers.filter(({ tenantId }) => !customer || tenantId === customer.tenantId);
  const person = tenants
    .flatMap(({ people }) => people)
    .find(({ id, upn }) => id === user || upn === user.toLowerCase());
  return person?.roleIds.some((role) => role === GLOBAL_ADMINISTRATOR || role === BILLING_ADMINISTRATOR) ?? false;
}

/** Nothing reaches the partner. [M2] */
function needsPermission(): Answer {
  return page(403, 'You need permission', '<p>Ask a global administrator of your organisation to open this link.</p>');
}

const CHOOSE = 'Choose your organisation first.';
const TICK = 'To go on, confirm that you have read and accept the agreement.';
const CANCELLED = '<p>No partner was authorized. You can close this page.</p>';

function form(context: Context, { route, action }: Invitation, customer?: KnownTenant, problem?: string): string {
  const { partner, distributor } = context.world;
  const options = context.state.tenants.map(({ tenantId, name }) => {
    const selected = tenantId === customer?.tenantId ? ' selected' : '';
    return `<option value="${escaped(tenantId)}"${selected}>${escaped(name)}</option>`;
  });
  const provider = route === 'direct' ? '' : party('Indirect provider', distributor);
  return `${problem ? `<p role="alert">${escaped(problem)}</p>` : ''}
<form method="post" action="${escaped(action)}">
  <p><label for="tenantId">Signed in for</label>
  <select id="tenantId" name="tenantId" required><option value="">Choose an organisation</option>${options.join('')}</select></p>
  <h2>Who asks</h2>
  <dl>${party(route === 'direct' ? 'Partner' : 'Indirect reseller', partner)}${provider}</dl>
  <h2>What they may do</h2>
  <p>They may sell you products and register your devices. They ask for no delegated administration rights.</p>
  <p><input type="checkbox" id="agree" name="agree" value="yes">
  <label for="agree">I have read and accept the customer agreement, and I authorize this partner.</label></p>
  <p><button name="action" value="accept">Accept</button> <button name="action" value="cancel">Cancel</button></p>
</form>`;
}

function party(role: string, { name, tenantId }: KnownTenant): string {
  return `<dt>${role}</dt><dd>${escaped(name)}</dd><dt>Tenant id</dt><dd>${escaped(tenantId)}</dd>`;
}

function thanks(customer: KnownTenant, { world }: Context): string {
  return `<p>${escaped(world.partner.name)} is now a partner of ${escaped(customer.name)}. You can close this page.</p>`;
}

function page(status: number, title: string, content: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - admin center (emulated)</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#222;background:#f5f5f5}
header{background:#23395b;color:#fff;padding:.75rem 1.5rem}main{max-width:40rem;margin:1.5rem auto;padding:1.5rem;background:#fff}
dt{font-weight:600}dd{margin:0 0 .5rem}button,select{font:inherit;padding:.4rem 1rem}[role=alert]{border-left:4px solid #a4262c;padding-left:.75rem}</style>
</head><body><header>Admin center (emulated)</header><main><h1>${title}</h1>
${content}
</main></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

function rememberCustomer(customer: KnownTenant | undefined): Record<string, string> {
  return customer ? { 'set-cookie': `${COOKIE}=${customer.tenantId}; Path=/; HttpOnly; SameSite=Lax` } : {};
}

function cookieIn({ headers }: Received): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
