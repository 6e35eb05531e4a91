import { ServiceError } from '../errors.ts';
import {
  type Approver,
  type Deciding,
  MAX_APPROVERS,
  parseApprovers,
  type RelationshipRequest,
  requireAnswerable,
} from './relationship.ts';

/**
 * Lets an approver name a colleague who may answer, too. The colleague has to be of the same organisation: a sign-in name
 * in the customer's domain or in the approver's own, and whoever answers under it is matched by the customer's tenant.
 * Naming somebody who is asked already changes nothing.
 *
 * @throws ServiceError `approver-name-invalid` for anything but one such name, or when enough people are asked already;
 * and as `decide` does for people who may not answer, and when it is too late.
 */
export function delegate(
  request: RelationshipRequest,
  { by, to, at }: Readonly<{ by: Deciding; to: string; at: Date }>,
): RelationshipRequest {
  const approver = requireAnswerable(request, by, at);
  const [signInName = '', ...others] = parseApprovers(to);
  if (others.length > 0 || !domainsOf(request, approver).has(domainOf(signInName))) throw invalid(to);
  if (request.approvers.some((one) => one.signInName === signInName)) return request;
  if (request.approvers.length >= MAX_APPROVERS) throw invalid(to);
  return { ...request, approvers: [...request.approvers, { signInName }] };
}

function domainsOf(request: RelationshipRequest, approver: Approver): ReadonlySet<string> {
  return new Set([request.customer.domain.toLowerCase(), domainOf(approver.signInName)]);
}

function domainOf(signInName: string): string {
  return signInName.slice(signInName.lastIndexOf('@') + 1).toLowerCase();
}

function invalid(name: string): ServiceError {
  return new ServiceError('approver-name-invalid', 'no colleague of the approver', { name: name.slice(0, 80) });
}
