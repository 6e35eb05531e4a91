import { z } from 'zod';
import { parseTenantId, parseUserId, type TenantId } from '../../services/identity.ts';
import type { Deciding } from '../../services/relationships/relationship.ts';
import {
  bearerToken,
  type DecodedToken,
  decodeUnverified,
  headerProblem,
  timeProblem,
} from '../endpoint/channel-claims.ts';
import type { SigningKeys } from '../endpoint/signing-keys.ts';
import { verifiedClaims } from '../endpoint/verified-claims.ts';

/** Who calls: somebody of the partner, whose roles decide; or an application, which may only look. */
export type Caller = Readonly<{ key: string } & ({ kind: 'person'; person: Deciding } | { kind: 'application' })>;

/** `unknown`: we do not believe the token (401). `not-allowed`: we do, and it opens nothing here (403). For the log. */
type Turned = Readonly<{ kind: 'unknown' | 'not-allowed'; reason: string }>;

export type CallerOptions = Readonly<{
  appId: string;
  tenantId: TenantId;
  /** Issuers of Entra's access tokens, `{tenant}` in place of the tenant's id: one per version of the token. */
  issuers: readonly string[];
  keys: SigningKeys;
  now: () => Date;
}>;

/** Delegated permission (scope) of people who may call in their own name. */
export const SCOPE = 'Tarmac.Use';
/** Application permission (app role) of programs that may look without anybody signed in. */
export const APP_ROLE = 'Tarmac.Read';

/**
 * Reads who calls out of an Entra access token: signed by the partner's own tenant, for this app, in its lifetime.
 *
 * @see Microsoft identity platform: access token claims reference
 */
export function createCallers(options: CallerOptions) {
  const { appId, tenantId, keys, now } = options;
  const issuers = options.issuers.map((issuer) => issuer.replace('{tenant}', tenantId));
  // Version 2 tokens name the app's id, version 1 tokens whichever identifier URI was asked for.
  const audiences = [appId, `api://${appId}`, `api://botid-${appId}`];

  function problemOf({ header, claims }: DecodedToken): string | undefined {
    const wrong = headerProblem(header);
    if (wrong) return wrong;
    if (!issuers.some((issuer) => issuer === claims.iss)) return 'issuer';
    if (claims.tid !== tenantId) return 'tenant';
    if (!audiences.some((audience) => audience === claims.aud)) return 'audience';
    return timeProblem(claims, now().getTime() / 1_000);
  }

  return {
    async read(authorization: string | undefined): Promise<Caller | Turned> {
      const token = bearerToken(authorization);
      const decoded = token === undefined ? undefined : decodeUnverified(token);
      if (token === undefined || !decoded) return { kind: 'unknown', reason: 'token-form' };
      const problem = problemOf(decoded);
      if (problem) return { kind: 'unknown', reason: problem };
      const key = await keys.find(String(decoded.header.kid));
      if (typeof key === 'string') return { kind: 'unknown', reason: `key-${key}` };
      const claims = await verifiedClaims(token, key, now());
      if (!claims) return { kind: 'unknown', reason: 'signature' };
      const signedProblem = problemOf({ header: decoded.header, claims });
      return signedProblem ? { kind: 'unknown', reason: signedProblem } : callerOf(claims, tenantId, issuers);
    },
  };
}

export type Callers = ReturnType<typeof createCallers>;

const text = z.string().max(512);
const CLAIMS = z.object({
  oid: text,
  scp: z.string().max(4_096).optional(),
  roles: z.array(text).max(100).optional(),
  name: text.optional(),
  upn: text.optional(),
  preferred_username: text.optional(),
  idp: text.optional(),
  acct: z.union([z.number(), text]).optional(),
});

function callerOf(claims: unknown, tenantId: TenantId, issuers: readonly string[]): Caller | Turned {
  const read = CLAIMS.safeParse(claims).data;
  const userId = read && parseUserId(read.oid);
  if (!read || !userId || !parseTenantId(tenantId)) return { kind: 'not-allowed', reason: 'claims' };
  const key = `${tenantId}/${userId}`;
  if (read.scp === undefined) {
    if (read.roles?.includes(APP_ROLE)) return { kind: 'application', key };
    return { kind: 'not-allowed', reason: 'app-role' };
  }
  if (!read.scp.split(' ').includes(SCOPE)) return { kind: 'not-allowed', reason: 'scope' };
  if (isGuest(read, issuers)) return { kind: 'not-allowed', reason: 'guest' };
  const signInName = (read.upn ?? read.preferred_username)?.toLowerCase();
  const name = read.name ?? signInName ?? userId;
  return { kind: 'person', key, person: { tenantId, userId, name, signInName, via: 'http-api' } };
}

/** Somebody another organisation vouches for: a guest, whatever group they are in. */
function isGuest({ idp, acct }: z.output<typeof CLAIMS>, issuers: readonly string[]): boolean {
  return String(acct ?? '0') !== '0' || (idp !== undefined && !issuers.includes(idp));
}
