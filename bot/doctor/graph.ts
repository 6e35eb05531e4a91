import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { ServiceError } from '../../services/errors.ts';
import { parseUserId } from '../../services/identity.ts';
import { type Advice, type Finding, notChecked, ok, problem } from '../../services/operation/finding.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import type { Config } from '../config.ts';
import type { Microsoft } from '../microsoft.ts';
import { adviceFor, checked } from './failures.ts';

/** What a permission is for. Words: `doctor.purpose.…`. */
type Purpose = 'tenants' | 'groups' | 'links' | 'mail';

/**
 * Application permissions in the partner's tenant: each entry is satisfied by any of its names, the least one first.
 *
 * @see Microsoft Graph permissions reference; services/graph/README.md
 */
const PERMISSIONS = [
  { any: ['CrossTenantInformation.ReadBasic.All'], for: 'tenants' },
  { any: ['User.Read.All', 'Directory.Read.All'], for: 'groups' },
  { any: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'], for: 'groups' },
  {
    any: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
    for: 'links',
    optional: true,
  },
  { any: ['Mail.Send'], for: 'mail', optional: true },
] as const satisfies readonly { any: readonly string[]; for: Purpose; optional?: true }[];

/** Whether Graph lets the bot look up tenants and groups, and send mail. */
export async function examineGraph(config: Config, { graphTokens, graph }: Microsoft, db: Queryable) {
  const token = await checked('graph-token', async () => {
    const roles = rolesOf(await graphTokens.get());
    return [ok('graph-token', 'graph-token'), ...permissionFindings(roles, config.isLoopback)];
  });
  if (token.some(({ check, outcome }) => check === 'graph-token' && outcome === 'problem')) return token;
  return [
    ...token,
    ...(await checked('graph-lookup', () => examineLookup(config, graph), adviceForGraph)),
    ...(await checked('groups', () => examineGroups(config, graph, db), adviceForGraph)),
  ];
}

/** One finding per permission. Emulators grant everything and their tokens do not say so. */
export function permissionFindings(roles: readonly string[], isEmulated = false): readonly Finding[] {
  if (isEmulated && roles.length === 0) return [notChecked('graph-permissions', 'permission-unknown')];
  return PERMISSIONS.map(({ any, for: purpose, ...rest }) => {
    const granted = any.find((name) => roles.includes(name));
    if (granted) return ok('graph-permissions', 'permission-granted', { name: granted, purpose });
    if ('optional' in rest) return ok('graph-permissions', 'permission-optional', { name: any[0], purpose });
    return problem('graph-permissions', 'permission-missing', 'permission', { name: any[0], purpose });
  });
}

function rolesOf(token: string): readonly string[] {
  const claims = z.object({ roles: z.array(z.string()).optional() }).safeParse(decodeJwt(token));
  return claims.data?.roles ?? [];
}

async function examineLookup({ partner }: Config, graph: Microsoft['graph']): Promise<Finding[]> {
  const found = await graph.findById(partner.tenantId);
  if (!found) return [problem('graph-lookup', 'lookup-none', 'lookup')];
  return [ok('graph-lookup', 'lookup', { name: found.name, domain: found.domain })];
}

/** So many of the colleagues seen last are looked at. */
const COLLEAGUES = 20;

async function examineGroups(
  { groups, partner }: Config,
  graph: Microsoft['graph'],
  db: Queryable,
): Promise<Finding[]> {
  const rows = await db.query('select user_id from people where tenant_id = $1 order by seen_at desc limit $2', [
    partner.tenantId,
    COLLEAGUES,
  ]);
  const colleagues = rows.flatMap(({ user_id }) => parseUserId(String(user_id)) ?? []);
  if (colleagues.length === 0) {
    const nobody = parseUserId(randomUUID());
    if (nobody) await graph.memberOf(nobody, Object.values(groups)); // only whether Graph answers counts
    return [ok('groups', 'groups-nobody')];
  }
  const memberships = await Promise.all(colleagues.map((id) => graph.memberOf(id, Object.values(groups))));
  const reps = memberships.filter((member) => member.has(groups.rep)).length;
  const counted = { reps, count: colleagues.length };
  return [reps > 0 ? ok('groups', 'groups-reps', counted) : problem('groups', 'groups-reps', 'groups', counted)];
}

function adviceForGraph(error: unknown): Advice {
  const isForbidden = error instanceof ServiceError && error.details.status === 403;
  return isForbidden ? 'permission' : adviceFor(error);
}
