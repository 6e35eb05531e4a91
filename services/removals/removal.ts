import { ServiceError } from '../errors.ts';
import { isSamePerson, type Person, type RemovalId } from '../identity.ts';
import type { Tenant } from '../relationships/ports.ts';

/**
 * Where a removal stands.
 * - `draft`: devices being put together; nothing was asked.
 * - `asked`: waits for a second person.
 * - `removing`: confirmed; devices are removed one by one.
 * - the rest are ends; `needs-human` means that reading back could not tell, and a person must look.
 */
export const REMOVAL_STATES = [
  'draft',
  'asked',
  'removing',
  'done',
  'done-with-errors',
  'needs-human',
  'refused',
  'expired',
  'withdrawn',
  'cancelled',
] as const;
export type RemovalState = (typeof REMOVAL_STATES)[number];

/** The second person's answer. */
export type RemovalDecision = Readonly<{ answer: 'confirm' | 'refuse'; by: Person; at: Date; reason?: string }>;

export type Removal = Readonly<{
  id: RemovalId;
  customer: Tenant;
  requestedBy: Person;
  state: RemovalState;
  /** Batches of the customer that were read for the draft's devices, by name. */
  lookedInto: readonly string[];
  decision?: RemovalDecision;
  problem?: string;
  createdAt: Date;
  askedAt?: Date;
  /** Until when a second person can answer. */
  expiresAt?: Date;
  finishedAt?: Date;
  /** Counts jobs; one of an earlier step has nothing left to do. */
  step: number;
  version: number;
}>;

/**
 * One device of a removal. In a draft: `unchecked` until Partner Center was read, then `found` or `absent`; absent ones are
 * never touched. Once confirmed: `waiting`, `removing` while a call is on its way, `checking` when its outcome is unknown;
 * then `removed`, `gone` (was not there any more), `failed`, or `unknown`.
 */
export const REMOVAL_DEVICE_STATES = [
  'unchecked',
  'found',
  'absent',
  'waiting',
  'removing',
  'checking',
  'removed',
  'gone',
  'failed',
  'unknown',
] as const;
export type RemovalDeviceState = (typeof REMOVAL_DEVICE_STATES)[number];

export type RemovalDevice = Readonly<{
  position: number;
  pkid?: string;
  serial?: string;
  manufacturer?: string;
  model?: string;
  state: RemovalDeviceState;
  /** Where Partner Center lists it. */
  batchName?: string;
  deviceId?: string;
  /** MS-RequestId and MS-CorrelationId, the same for every attempt. */
  requestId?: string;
  correlationId?: string;
  attempts: number;
  sentAt?: Date;
  errorStatus?: number;
  errorCode?: string;
}>;

export type RemovalCounts = Readonly<Record<RemovalDeviceState, number>> & Readonly<{ total: number }>;

/** How long a second person can answer, in ms. Our own rule: what is confirmed should still be what was meant. */
export const ANSWER_WITHIN_MS = 3 * 24 * 3_600_000;
/** Most devices of one removal: as many as one batch holds. */
export const MAX_DEVICES_PER_REMOVAL = 5_000;
/** After so many attempts without certainty a person must look. */
export const MAX_ATTEMPTS = 12;

/** True when what was typed is the number of devices or the customer's domain. Blanks and letter case do not count. */
export function isTypedRight(typed: string, count: number, { domain }: Tenant): boolean {
  const text = typed.trim().toLowerCase();
  if (text === domain.trim().toLowerCase()) return text !== '';
  return text.replace(/[\s.,’']/g, '') === String(count);
}

/**
 * Records the second person's answer. The first answer wins; repeating it changes nothing, because Teams may deliver the
 * same press twice. That it is a second person, and may remove, is checked by whoever calls.
 *
 * @throws ServiceError `already-decided` for anything that is not open any more.
 */
export function decide(removal: Removal, decision: RemovalDecision): Removal {
  if (removal.state !== 'asked') {
    const { decision: before } = removal;
    if (before && before.answer === decision.answer && isSamePerson(before.by, decision.by)) return removal;
    throw new ServiceError('already-decided', `${removal.id} is ${removal.state}`);
  }
  if (isExpired(removal, decision.at)) throw new ServiceError('already-decided', `${removal.id} has expired`);
  const isYes = decision.answer === 'confirm';
  const ended = isYes ? {} : { finishedAt: decision.at };
  return { ...removal, state: isYes ? 'removing' : 'refused', decision, ...ended };
}

/** Nobody answered in time. */
export function isExpired({ state, expiresAt }: Removal, now: Date): boolean {
  return state === 'asked' && expiresAt !== undefined && now >= expiresAt;
}

/** True when nothing about the removal will change any more. */
export function isRemovalEnded(state: RemovalState): boolean {
  return !['draft', 'asked', 'removing'].includes(state);
}

/** Devices that a removal is about: those Partner Center lists, and whatever became of them. */
export function concerned(counts: RemovalCounts): number {
  return counts.total - counts.absent - counts.unchecked;
}

/** How the whole removal ended, from its devices; `undefined` while something is still awaited. */
export function removalVerdict(counts: RemovalCounts): RemovalState | undefined {
  if (counts.waiting + counts.removing + counts.checking > 0) return undefined;
  if (counts.unknown > 0) return 'needs-human';
  return counts.failed > 0 ? 'done-with-errors' : 'done';
}

/** Pause before an unknown outcome is read back, in ms; longer after each attempt. */
export function readBackPauseMs(attempts: number): number {
  return Math.min(5_000 * 2 ** attempts, 3_600_000);
}
