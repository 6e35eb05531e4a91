import { decodeJwt } from 'jose';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import { type ClientCredential, createClientProof } from './client-proof.ts';
import { type Answer, exchange, type Fetch, jsonOf } from './exchange.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { IssuedToken } from './tokens.ts';

export type LoginOptions = Readonly<{
  /** Origin of the login service, without a trailing slash. */
  loginUrl: string;
  tenantId: TenantId;
  clientId: string;
  credential: ClientCredential;
  fetch?: Fetch;
  now: () => Date;
  timeoutMs: number;
}>;

export type Grant = Readonly<{ grant_type: string; scope: string }> &
  Readonly<Partial<Record<'refresh_token' | 'code' | 'redirect_uri' | 'code_verifier', string>>>;
export type GrantedToken = IssuedToken & Readonly<{ refreshToken?: string }>;

/** Why a sign-in no longer works. `missing`, `credential`, `configuration`, `token-mismatch`: ours to set right. */
export type SignInProblem =
  | 'expired'
  | 'mfa'
  | 'revoked'
  | 'missing'
  | 'credential'
  | 'configuration'
  | 'token-mismatch';

/**
 * Asks the token endpoint of one tenant. A token for another audience or tenant than the one asked for is refused.
 *
 * @throws ServiceError `partner-center-sign-in` with `details.reason` (a SignInProblem) and `details.aadsts` when told;
 * `partner-center-unavailable` when asking again later may help.
 */
export function createTokenEndpoint(options: LoginOptions) {
  const { loginUrl, tenantId, clientId, credential, fetch, now, timeoutMs } = options;
  const url = `${loginUrl}/${tenantId}/oauth2/v2.0/token`;
  const proof = createClientProof(credential, clientId, now);

  return async function grant(form: Grant, resource: string): Promise<GrantedToken> {
    const body = new URLSearchParams({ client_id: clientId, ...(await proof(url)), ...form }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const reply = await exchange({ method: 'POST', url, headers, body, timeoutMs, maxBytes: MAX_BYTES }, fetch);
    if (reply.kind !== 'answered') throw unavailable(`login did not answer: ${reply.reason}`);
    if (reply.status !== 200) throw refusal(reply, now());
    return readToken(reply, resource, tenantId, now());
  };
}

const MAX_BYTES = 1_000_000;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce
    .number()
    .positive()
    .max(7 * 86_400),
  refresh_token: z.string().min(1).optional(),
});

function readToken(reply: Answer, resource: string, tenantId: TenantId, now: Date): GrantedToken {
  const parsed = tokenAnswer.safeParse(jsonOf(reply));
  if (!parsed.success) throw unavailable('login answered 200 without a token');
  const { access_token: value, expires_in, refresh_token: refreshToken } = parsed.data;
  assertMeantForUs(value, resource, tenantId);
  return { value, refreshToken, expiresAt: new Date(now.getTime() + expires_in * 1000) };
}

/** A token of another tenant or audience would act somewhere else in our name, so it is not used at all. */
function assertMeantForUs(token: string, resource: string, tenantId: TenantId): void {
  const { aud, tid } = claimsOf(token);
  if (typeof aud !== 'string' || withoutSlash(aud) !== withoutSlash(resource)) throw mismatch('audience');
  if (tid !== tenantId) throw mismatch('tenant');
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token);
  } catch {
    throw mismatch('format'); // the library's message is dropped: it may quote the token
  }
}

const withoutSlash = (text: string) => text.replace(/\/$/, '');

function mismatch(what: string): ServiceError {
  return signIn('token-mismatch', `login issued a token with an unexpected ${what}`);
}

const errorAnswer = z.object({
  error: z.string().max(100),
  error_codes: z.array(z.number().int()).optional(),
  error_description: z.string().optional(),
});

function refusal(reply: Answer, now: Date): ServiceError {
  const retryAfterMs = parseRetryAfter(reply.headers.get('retry-after'), now);
  const parsed = errorAnswer.safeParse(jsonOf(reply));
  const transient = reply.status === 429 || reply.status === 408 || reply.status >= 500 || reply.status < 400;
  if (transient || !parsed.success) return unavailable(`login answered ${reply.status}`, retryAfterMs);
  const { error } = parsed.data;
  if (error === 'temporarily_unavailable') return unavailable(`login is busy`, retryAfterMs);
  const codes = aadstsCodes(parsed.data);
  const reason = signInProblem(error, codes);
  const aadsts = codes[0];
  // Numbers only: the description may name the account.
  return signIn(reason, `login refused: ${reason}`, aadsts === undefined ? {} : { aadsts });
}

function aadstsCodes({ error_codes, error_description = '' }: z.infer<typeof errorAnswer>): readonly number[] {
  const written = /AADSTS(\d{4,8})/.exec(error_description)?.[1];
  return [...(error_codes ?? []), ...(written ? [Number(written)] : [])];
}

/** @see Microsoft identity platform, authentication and authorization error codes */
const MFA_CODES = new Set([50072, 50074, 50076, 50078, 50079, 50158]);
const EXPIRED_CODES = new Set([70043, 700082, 700084]);

function signInProblem(error: string, codes: readonly number[]): SignInProblem {
  if (codes.some((code) => MFA_CODES.has(code)) || error === 'interaction_required') return 'mfa';
  if (codes.some((code) => EXPIRED_CODES.has(code))) return 'expired';
  if (error === 'invalid_grant') return 'revoked';
  return error === 'invalid_client' || error === 'unauthorized_client' ? 'credential' : 'configuration';
}

/** The error of a sign-in that only a person can mend. */
export function signIn(reason: SignInProblem, message: string, more: { aadsts?: number } = {}): ServiceError {
  return new ServiceError('partner-center-sign-in', message, { reason, ...more });
}

function unavailable(message: string, retryAfterMs?: number): ServiceError {
  return new ServiceError('partner-center-unavailable', message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
