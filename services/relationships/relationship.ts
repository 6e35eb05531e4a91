import type { RoleReading } from '../access/directory-roles.ts';
import { ServiceError } from '../errors.ts';
import { isGuestName, isSamePerson, type Person, type RequestId, type UserId } from '../identity.ts';
import type { SalesRoute, Tenant } from './ports.ts';

/**
 * Where a request stands. Partner Center knows none of this: it has one link for everybody, no pending state and no
 * decline. Only `active` and `ended` are Microsoft's word, read from Partner Center.
 */
export const REQUEST_STATES = ['sent', 'approved', 'active', 'declined', 'expired', 'withdrawn', 'ended'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export type Decision = 'approve' | 'decline';

/** Somebody a request was addressed to: by sign-in name first, by object id as soon as that person was seen once. */
export type Approver = Readonly<{
  signInName: string;
  userId?: UserId;
  name?: string;
  /** What Entra said about their directory roles, where they signed in. */
  roles?: RoleReading;
}>;

/** The person who presses, with the sign-in name Teams' roster gives for them. */
export type Deciding = Person & Readonly<{ signInName?: string }>;

export type RelationshipRequest = Readonly<{
  id: RequestId;
  /** Unguessable; the only thing a card's buttons carry. */
  reference: string;
  customer: Tenant;
  route: SalesRoute;
  /** Verified: our partner id, and no delegated admin rights. */
  link: string;
  note?: string;
  requestedBy: Person;
  approvers: readonly Approver[];
  state: RequestState;
  decision?: Readonly<{ decision: Decision; by: Person; at: Date; reason?: string; roles?: RoleReading }>;
  createdAt: Date;
  expiresAt: Date;
  /** Since when Partner Center shows the relationship. */
  activeAt?: Date;
  /** When the people who are waited for were reminded, oldest first. */
  reminders: readonly Date[];
  /** Counts writes: a store writes only over the version that was read. */
  version: number;
}>;

/** How long an approver has, in days. Our own rule: Microsoft's link does not expire. */
export const DAYS_TO_ANSWER = 30;

/**
 * Records one approver's answer. The first answer wins; repeating it changes nothing, because Teams may deliver the same
 * press twice. Someone of another tenant learns nothing: for them the request does not exist.
 *
 * @throws ServiceError `request-not-found` for people of other tenants.
 * @throws ServiceError `not-an-approver` when `by` was never asked, or is the one who asks.
 * @throws ServiceError `already-decided` when a different answer, or the end of the request, came first.
 */
export function decide(
  request: RelationshipRequest,
  answer: Readonly<{ decision: Decision; by: Deciding; reason?: string; at: Date; roles?: RoleReading }>,
): RelationshipRequest {
  const { decision, by, reason, at } = answer;
  const isRepeated = request.decision?.decision === decision && request.state !== 'withdrawn';
  if (isRepeated && requireApprover(request, by)) return request;
  const approver = requireAnswerable(request, by, at);
  const roles = answer.roles ?? approver.roles;
  return {
    ...bind(request, approver, by),
    state: decision === 'approve' ? 'approved' : 'declined',
    decision: {
      decision,
      by: personOf(by),
      at,
      ...(reason && decision === 'decline' && { reason }),
      ...(roles && { roles }),
    },
  };
}

/**
 * The approver who may answer this request now.
 *
 * @throws ServiceError as `decide` does.
 */
export function requireAnswerable(request: RelationshipRequest, by: Deciding, at: Date): Approver {
  const approver = requireApprover(request, by);
  const state = currentState(request, at);
  if (state === 'sent') return approver;
  throw new ServiceError('already-decided', `${request.id} is ${state}`, { outcome: state });
}

function requireApprover(request: RelationshipRequest, by: Deciding): Approver {
  if (by.tenantId !== request.customer.tenantId) throw notFound(request);
  const approver = findApprover(request, by);
  if (approver && !isSamePerson(by, request.requestedBy)) return approver;
  throw new ServiceError('not-an-approver', `${by.userId} may not answer ${request.id}`);
}

/**
 * The approver this person is, by object id, or by sign-in name as long as no object id is bound to it. Guests are none:
 * they belong to another organisation than the one that decides.
 */
export function findApprover(request: RelationshipRequest, person: Deciding): Approver | undefined {
  if (person.tenantId !== request.customer.tenantId || isGuestName(person.signInName)) return undefined;
  const byId = request.approvers.find((one) => one.userId === person.userId);
  if (byId) return byId;
  const signInName = person.signInName?.toLowerCase();
  return request.approvers.find((one) => one.userId === undefined && one.signInName === signInName);
}

/** Ties an approver's sign-in name to the person's object id, once and for good. */
export function bind(request: RelationshipRequest, approver: Approver, person: Person): RelationshipRequest {
  if (approver.userId) return request;
  const bound = { ...approver, userId: person.userId, name: person.name };
  return { ...request, approvers: request.approvers.map((one) => (one === approver ? bound : one)) };
}

/**
 * Takes a request back.
 *
 * @throws ServiceError `already-decided` when it is no longer open.
 */
export function withdraw(request: RelationshipRequest, at: Date): RelationshipRequest {
  const state = currentState(request, at);
  if (state === 'withdrawn') return request;
  if (!isOpen(state)) throw new ServiceError('already-decided', `${request.id} is ${state}`, { outcome: state });
  return { ...request, state: 'withdrawn' };
}

/** What Partner Center says now decides: it makes an open request active, and ends an active one. */
export function observe(request: RelationshipRequest, seen: { isReseller: boolean; at: Date }): RelationshipRequest {
  if (seen.isReseller && isOpen(request.state)) return { ...request, state: 'active', activeAt: seen.at };
  if (!seen.isReseller && request.state === 'active') return { ...request, state: 'ended' };
  return expire(request, seen.at);
}

/** Closes an open request whose time is over; any other stays as it is. */
export function expire(request: RelationshipRequest, at: Date): RelationshipRequest {
  return currentState(request, at) === 'expired' ? { ...request, state: 'expired' } : request;
}

/** Open: an answer, or Microsoft's own step, is still awaited. */
export function isOpen(state: RequestState): boolean {
  return state === 'sent' || state === 'approved';
}

const MINUTE_MS = 60_000;

/**
 * When to look at Partner Center again, in ms from now; `undefined` when nobody waits for it any more. Soon after the
 * approval, because the approver is at it; rarely before, because acceptance without an answer here is the exception.
 */
export function nextLookMs(request: RelationshipRequest, now: Date): number | undefined {
  if (!isOpen(request.state)) return undefined;
  const untilExpiry = Math.max(request.expiresAt.getTime() - now.getTime(), 0);
  if (request.state === 'sent') return Math.min(30 * MINUTE_MS, untilExpiry);
  const sinceApproval = now.getTime() - (request.decision?.at ?? now).getTime();
  const growing = Math.min(Math.max(sinceApproval / 4, MINUTE_MS / 4), 30 * MINUTE_MS);
  return Math.min(growing, untilExpiry);
}

/** A request that nobody has looked at since its time was over has expired all the same. */
export function currentState(request: RelationshipRequest, at: Date): RequestState {
  return isOpen(request.state) && at.getTime() >= request.expiresAt.getTime() ? 'expired' : request.state;
}

function personOf({ tenantId, userId, name }: Person): Person {
  return { tenantId, userId, name };
}

function notFound(request: RelationshipRequest): ServiceError {
  return new ServiceError('request-not-found', `${request.id} belongs to another tenant`);
}

const SIGN_IN_NAME =
  /^[^\s@,;:/?&=*|`${}<>"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/**
 * Reads the sign-in names of approvers from one field: separated by commas, semicolons, spaces or lines, in lower case,
 * without repeats.
 *
 * @throws ServiceError `no-approvers` when there are none, `approver-name-invalid` naming the first that is none.
 */
export function parseApprovers(text: string): readonly string[] {
  const names = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
  if (names.length === 0) throw new ServiceError('no-approvers', 'no approvers given');
  const bad = names.find((name) => name.length > 254 || !SIGN_IN_NAME.test(name) || isGuestName(name));
  if (bad) throw new ServiceError('approver-name-invalid', 'not a sign-in name', { name: bad.slice(0, 80) });
  if (names.length > MAX_APPROVERS) {
    throw new ServiceError('approver-name-invalid', 'too many approvers', { name: names[MAX_APPROVERS] ?? '' });
  }
  return names;
}

/** More people than this are not asked at once. Our own rule. */
export const MAX_APPROVERS = 10;
