import { parseTenantId } from '../../../services/identity.ts';
import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { refuse } from './answers.ts';
import type { Context } from './context.ts';
import { lookup } from './lookup.ts';
import type { State } from './state.ts';

/** Audience of Partner Center tokens. [P40] */
const PARTNER_CENTER_AUDIENCE = 'https://api.partnercenter.microsoft.com';

/** Which identities a call takes: App+User alone, or App-only as well; each article says which. */
export type Identity = 'app+user' | 'either';

export type Handler = (request: Received, caller: VerifiedToken) => Answer | Promise<Answer>;
/** A handler of a path with `:customer`. */
export type CustomerHandler = (
  request: Received,
  customerId: string,
  caller: VerifiedToken,
) => Answer | Promise<Answer>;

/** A route that looks at the token first. */
export function guarded(context: Context, identity: Identity, method: string, path: string, handle: Handler): Route {
  return {
    method,
    path,
    async handle(request) {
      const verification = await context.verify(request.headers.authorization);
      if (!verification.ok) return refuse(request, 401, '400', `Access denied: token ${verification.reason}.`);
      const refusal = refusalOf(request, verification.token, identity, context);
      if (refusal) return refusal;
      const answer = await handle(request, verification.token);
      return withMfaHeader(answer, request, verification.token);
    },
  };
}

/** A guarded route of one customer, who must have a relationship with the partner. [P22] 20002, 900118 */
export function guardedCustomer(
  context: Context,
  identity: Identity,
  method: string,
  path: string,
  handle: CustomerHandler,
): Route {
  return guarded(context, identity, method, path, (request, caller) => {
    const customerId = parseTenantId(request.params.customer ?? '');
    if (!customerId) return refuse(request, 400, '900118', 'The customer id is not valid.');
    if (!hasRelationship(context, customerId)) return refuseWithoutRelationship(request);
    return handle(request, customerId, caller);
  });
}

/** Documented for "no commerce relationship"; that device calls answer so is inferred. [P22][T9] */
export function refuseWithoutRelationship(request: Received): Answer {
  return refuse(request, 403, '20002', 'The partner has no relationship with this customer.');
}

export function hasRelationship({ state }: Context, customerId: string): boolean {
  return relationshipsOf(state.relationships, customerId).length > 0;
}

const relationshipsOf = lookup<State['relationships'][number]>(({ customerId }) => customerId);

function isAppOnly(token: VerifiedToken): boolean {
  return token.scp === undefined;
}

function hasMfa(token: VerifiedToken): boolean {
  return token.amr?.includes('mfa') ?? false;
}

function refusalOf(
  request: Received,
  token: VerifiedToken,
  identity: Identity,
  { world }: Context,
): Answer | undefined {
  if (token.aud !== PARTNER_CENTER_AUDIENCE) return refuse(request, 401, '900420', 'The audience is not supported.');
  if (token.tid !== world.partner.tenantId) return refuse(request, 403, '2032', 'Access denied.');
  if (isAppOnly(token)) {
    return identity === 'either' ? undefined : refuse(request, 403, '900329', 'App-only access is not supported here.');
  }
  return hasMfa(token) ? undefined : refuseWithoutMfa();
}

/** No body, only the challenge. [M19] */
function refuseWithoutMfa(): Answer {
  const challenge = 'Bearer error="invalid_token", error_description="MFA required"';
  return { status: 401, headers: { 'www-authenticate': challenge }, effect: 'refused: MFA required' };
}

/** `ValidateMfa: true` asks for a verdict in a header. [T6][T22] */
function withMfaHeader(answer: Answer, request: Received, token: VerifiedToken): Answer {
  if (request.headers.validatemfa?.toLowerCase() !== 'true') return answer;
  return { ...answer, headers: { ...answer.headers, isMfaCompliant: String(hasMfa(token)) } };
}
