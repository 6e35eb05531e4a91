/** Why a token was refused; for the log and the metrics, never for the sender. */
export type TokenProblem =
  | 'no-bearer-token'
  | 'token-form'
  | 'algorithm'
  | 'key-id'
  | 'critical-header'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'lifetime'
  | 'service-url-claim'
  | 'skill';

/** Whose tokens count, and for whom. */
export type Expected = Readonly<{ issuer: string; appId: string }>;

export type DecodedToken = Readonly<{ header: Record<string, unknown>; claims: Record<string, unknown> }>;

/** Clocks may differ by this much, in seconds. @see Bot Framework: Authenticate requests from the Bot Connector service */
export const CLOCK_SKEW_SECONDS = 300;
/** Longest lifetime of a token we accept, in seconds; channel tokens live an hour or so. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;
/** Longest Authorization value we look at, in characters; channel tokens have some 1,200. */
const MAX_AUTHORIZATION_CHARS = 8_192;
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/** Reads the token out of an Authorization header; `undefined` unless it has exactly the form channels send. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > MAX_AUTHORIZATION_CHARS) return undefined;
  return BEARER.exec(authorization)?.[1];
}

/** Decodes a token without believing any of it; `undefined` when it is not a JWT. */
export function decodeUnverified(token: string): DecodedToken | undefined {
  const [head, body, signature = ''] = token.split('.');
  // The last character may carry bits nobody reads; a token has one spelling, or copies of it would count as others.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) return undefined;
  const header = decodePart(head);
  const claims = decodePart(body);
  return header && claims && { header, claims };
}

/**
 * Says what is wrong with a decoded channel token, signature aside; `undefined` when nothing is.
 *
 * The guard asks before the signature is checked, because it costs microseconds and keeps foreign tokens away from
 * everything dearer; channel authentication asks again about what was signed.
 */
export function tokenProblem(token: DecodedToken, expected: Expected, now: Date): TokenProblem | undefined {
  return headerProblem(token.header) ?? claimsProblem(token.claims, expected, now.getTime() / 1000);
}

/** What is wrong with the header of a token: RS256 by a key that is named, and nothing we would have to understand. */
export function headerProblem({ alg, kid, crit }: Record<string, unknown>): TokenProblem | undefined {
  if (alg !== 'RS256') return 'algorithm';
  if (typeof kid !== 'string' || kid === '' || kid.length > 256) return 'key-id';
  if (crit !== undefined) return 'critical-header';
  return undefined;
}

function claimsProblem(claims: Record<string, unknown>, expected: Expected, now: number): TokenProblem | undefined {
  if (claims.iss !== expected.issuer) return 'issuer';
  if (claims.aud !== expected.appId) return 'audience';
  if (typeof claims.serviceurl !== 'string' || claims.serviceurl === '') return 'service-url-claim';
  if (isSkillClaim(claims, expected.appId)) return 'skill';
  return timeProblem(claims, now);
}

/** Tokens that name a calling app speak for another bot; channel tokens name none. */
function isSkillClaim({ appid, azp }: Record<string, unknown>, appId: string): boolean {
  return [appid, azp].some((caller) => caller !== undefined && caller !== appId);
}

/** What is wrong with a token's times; `now` in seconds. */
export function timeProblem({ exp, nbf, iat }: Record<string, unknown>, now: number): TokenProblem | undefined {
  if (!isTime(exp) || exp + CLOCK_SKEW_SECONDS <= now) return 'expired';
  for (const start of [nbf, iat]) {
    if (start === undefined) continue;
    if (!isTime(start) || start - CLOCK_SKEW_SECONDS > now) return 'not-yet-valid';
    if (exp - start > MAX_LIFETIME_SECONDS) return 'lifetime';
  }
  return exp - now > MAX_LIFETIME_SECONDS + CLOCK_SKEW_SECONDS ? 'lifetime' : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function decodePart(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
