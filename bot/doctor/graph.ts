import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { ServiceError } from '../../services/errors.ts';
import { parseUserId } from '../../services/identity.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import type { Config } from '../config.ts';
import type { Microsoft } from '../microsoft.ts';
import { adviceFor, checked, type Finding, notChecked, ok, problem } from './finding.ts';

/**
 * Application permissions in the partner's tenant: each entry is satisfied by any of its names, the least one first.
 *
 * @see Microsoft Graph permissions reference; services/graph/README.md
 */
const PERMISSIONS = [
  { any: ['CrossTenantInformation.ReadBasic.All'], for: 'finding a customer by its domain' },
  { any: ['User.Read.All', 'Directory.Read.All'], for: 'reading who belongs to a group' },
  { any: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'], for: 'reading who belongs to a group' },
  {
    any: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
    for: 'reading a list by its SharePoint link',
    without: 'reps attach lists in their personal chat',
  },
  { any: ['Mail.Send'], for: 'sending an invitation from a rep’s mailbox', without: 'reps send the text themselves' },
] as const satisfies readonly { any: readonly string[]; for: string; without?: string }[];

/** Whether Graph lets the bot look up tenants and groups, and send mail. */
export async function examineGraph(config: Config, { graphTokens, graph }: Microsoft, db: Queryable) {
  const token = await checked('graph token', async () => {
    const roles = rolesOf(await graphTokens.get());
    return [
      ok('graph token', 'Entra gives the bot a token for Graph.'),
      ...permissionFindings(roles, config.isLoopback),
    ];
  });
  if (token.some(({ check, outcome }) => check === 'graph token' && outcome === 'problem')) return token;
  return [
    ...token,
    ...(await checked('graph lookup', () => examineLookup(config, graph), adviceForGraph)),
    ...(await checked('groups', () => examineGroups(config, graph, db), adviceForGraph)),
  ];
}

/** One finding per permission. Emulators grant everything and their tokens do not say so. */
export function permissionFindings(roles: readonly string[], isEmulated = false): readonly Finding[] {
  if (isEmulated && roles.length === 0) return [notChecked('graph permissions', 'An emulator’s token names none.')];
  return PERMISSIONS.map(({ any, for: purpose, ...rest }) => {
    const granted = any.find((name) => roles.includes(name));
    if (granted) return ok('graph permissions', `${granted} is granted, for ${purpose}.`);
    if ('without' in rest) return ok('graph permissions', `${any[0]} is not granted: ${rest.without}.`);
    const advice = `Grant it to the app as an application permission in Microsoft Entra, with admin consent.`;
    return problem('graph permissions', `${any[0]} is missing, for ${purpose}.`, advice);
  });
}

function rolesOf(token: string): readonly string[] {
  const claims = z.object({ roles: z.array(z.string()).optional() }).safeParse(decodeJwt(token));
  return claims.data?.roles ?? [];
}

async function examineLookup({ partner }: Config, graph: Microsoft['graph']): Promise<Finding[]> {
  const found = await graph.findById(partner.tenantId);
  if (found) return [ok('graph lookup', `PARTNER_TENANT_ID is ${found.name} (${found.domain}).`)];
  return [problem('graph lookup', 'Entra knows no tenant with PARTNER_TENANT_ID.', 'Compare it with Microsoft Entra.')];
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
    return [ok('groups', 'Graph answers who belongs to them; nobody of the partner has opened the bot yet.')];
  }
  const memberships = await Promise.all(colleagues.map((id) => graph.memberOf(id, Object.values(groups))));
  const reps = memberships.filter((member) => member.has(groups.rep)).length;
  const text = `${reps} of the ${colleagues.length} colleagues who opened the bot last may request and register.`;
  if (reps > 0) return [ok('groups', text)];
  return [problem('groups', text, 'Check REPS_GROUP_ID, and put the sales staff into that group in Microsoft Entra.')];
}

function adviceForGraph(error: unknown): string {
  const isForbidden = error instanceof ServiceError && error.details.status === 403;
  return isForbidden ? 'Grant the missing permission in Microsoft Entra, with admin consent.' : adviceFor(error);
}
