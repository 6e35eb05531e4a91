import type { RoleReading } from '../access/directory-roles.ts';
import { type Deciding, expire, findApprover, isOpen, type RelationshipRequest } from './relationship.ts';

/** A reading younger than this says the same as a new one, in ms: every one of somebody's Teams clients signs in. */
const SAME_READING_MS = 10 * 60_000;

/**
 * Notes what Entra says about an approver's roles, for everybody who sees the request. It decides nothing: whether the role
 * is enough is Microsoft's to say. People who were not asked, and requests that wait for nobody, change nothing.
 */
export function noteRoles(request: RelationshipRequest, by: Deciding, reading: RoleReading): RelationshipRequest {
  const approver = findApprover(request, by);
  if (!approver || !isOpen(expire(request, reading.at).state) || saysTheSame(approver.roles, reading)) return request;
  const noted = { ...approver, userId: by.userId, name: by.name, roles: reading };
  return { ...request, approvers: request.approvers.map((one) => (one === approver ? noted : one)) };
}

/** True when a change of the request was that somebody's roles were read. */
export function rolesNoted(before: RelationshipRequest, after: RelationshipRequest): boolean {
  return before.approvers.some((one, position) => one.roles !== after.approvers[position]?.roles);
}

function saysTheSame(known: RoleReading | undefined, read: RoleReading): boolean {
  if (!known || known.roles.join() !== read.roles.join()) return false;
  return read.at.getTime() - known.at.getTime() < SAME_READING_MS;
}
