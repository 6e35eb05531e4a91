import { decodeJwt } from 'jose';
import { ServiceError } from '../errors.ts';
import { type Person, parseGuid } from '../identity.ts';
import type { OwnRoles, RoleReading } from './directory-roles.ts';

export type RoleReaderParts = Readonly<{ ownRoles: OwnRoles; graphOrigin: string; now: () => Date }>;

export type RoleReader = ReturnType<typeof createRoleReader>;

/** Microsoft Graph as tokens may name it instead of its address. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** Reads somebody's directory roles with a token of their own. The token is used once and kept nowhere. */
export function createRoleReader({ ownRoles, graphOrigin, now }: RoleReaderParts) {
  return {
    /**
     * @returns `undefined` when Microsoft does not take the token: they have to sign in again.
     * @throws ServiceError `sign-in-other-person` when the token is not this person's, `graph-unavailable`.
     */
    async read(token: string, person: Person): Promise<RoleReading | undefined> {
      assertOwn(token, person, graphOrigin);
      const roles = await ownRoles.rolesOf(token);
      return roles === 'token-refused' ? undefined : { roles, at: now() };
    },
  };
}

/**
 * A token of somebody else would put their role into this person's mouth. The signature is Graph's to check: a token it
 * answers to is genuine, and then so are these claims.
 */
function assertOwn(token: string, person: Person, graphOrigin: string): void {
  const { aud, tid, oid } = claimsOf(token);
  const isForGraph = aud === GRAPH_APP_ID || (typeof aud === 'string' && aud.replace(/\/$/, '') === graphOrigin);
  const isTheirs = guid(tid) === person.tenantId && guid(oid) === person.userId;
  if (!isForGraph || !isTheirs) {
    throw new ServiceError('sign-in-other-person', `the token is not of ${person.userId} for Graph`);
  }
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token);
  } catch {
    return {}; // the library's message is dropped: it may quote the token
  }
}

function guid(claim: unknown): string | undefined {
  return typeof claim === 'string' ? parseGuid(claim) : undefined;
}
