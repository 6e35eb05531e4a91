import { z } from 'zod';
import { DIRECTORY_ROLES, type OwnRoles, ROLE_TEMPLATES } from '../access/directory-roles.ts';
import { ServiceError } from '../errors.ts';
import { exchange, type Fetch, jsonOf } from '../login/exchange.ts';

export type OwnRolesOptions = Readonly<{
  /** Where requests go: the cloud's Graph, or an emulator on loopback. Origin without a trailing slash. */
  graphUrl: string;
  fetch?: Fetch;
  timeoutMs: number;
}>;

const MAX_ANSWER_BYTES = 64 * 1024;

const answer = z.object({ value: z.array(z.string()) });

/**
 * Asks Graph which of the roles that matter the owner of a token holds, also through groups.
 *
 * The question names the roles by their template ids, so that the least permission, delegated `User.Read`, is enough:
 * listing memberships with it shows directory roles without saying which they are.
 *
 * @see Microsoft Graph: directoryObject: checkMemberObjects
 */
export function createOwnRoles({ graphUrl, fetch, timeoutMs }: OwnRolesOptions): OwnRoles {
  return {
    async rolesOf(token) {
      const request = {
        method: 'POST',
        url: `${graphUrl}/v1.0/me/checkMemberObjects`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ ids: Object.values(ROLE_TEMPLATES) }),
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      } as const;
      const reply = await exchange(request, fetch);
      if (reply.kind !== 'answered') throw unavailable(reply.reason);
      if (reply.status === 401) return 'token-refused';
      const parsed = answer.safeParse(jsonOf(reply));
      if (reply.status !== 200 || !parsed.success) throw unavailable(`status ${reply.status}`);
      const held = new Set(parsed.data.value.map((id) => id.toLowerCase()));
      return DIRECTORY_ROLES.filter((role) => held.has(ROLE_TEMPLATES[role]));
    },
  };
}

function unavailable(reason: string): ServiceError {
  return new ServiceError('graph-unavailable', `Graph did not tell somebody's own roles: ${reason}`);
}
