import { ServiceError } from '../errors.ts';
import type { Subject } from '../messages/message-store.ts';
import { type Approver, currentState, isOpen, type RelationshipRequest } from './relationship.ts';

const DAY_MS = 86_400_000;
/** Tarmac reminds by itself, once for each thing that is waited for, after so many days. Our own rule. */
const REMIND_AFTER_DAYS = 3;
/** Nobody is reminded of one request more often than this in seven days, whoever presses. Our own rule. */
export const MAX_REMINDERS_PER_WEEK = 2;

/**
 * Notes that the people who are waited for are reminded. When the reminder reaches them is decided on its way: in their
 * working hours.
 *
 * @throws ServiceError `already-decided` when nothing is waited for any more.
 * @throws ServiceError `reminded-enough`, with the date from which it is possible again.
 */
export function remind(request: RelationshipRequest, at: Date): RelationshipRequest {
  const state = currentState(request, at);
  if (!isOpen(state)) throw new ServiceError('already-decided', `${request.id} is ${state}`, { outcome: state });
  const [oldest, ...others] = request.reminders.filter((one) => at.getTime() - one.getTime() < 7 * DAY_MS);
  if (oldest && others.length + 1 >= MAX_REMINDERS_PER_WEEK) {
    const date = new Date(oldest.getTime() + 7 * DAY_MS);
    throw new ServiceError('reminded-enough', `${request.id} was brought to mind often enough`, { date });
  }
  return { ...request, reminders: [...request.reminders, at] };
}

/** True once, some days after the question or the approval, when nobody has been reminded since. */
export function isReminderDue(request: RelationshipRequest, at: Date): boolean {
  if (!isOpen(currentState(request, at))) return false;
  const since = request.decision?.at ?? request.createdAt;
  return at.getTime() - since.getTime() >= REMIND_AFTER_DAYS * DAY_MS && !request.reminders.some((one) => one > since);
}

/** Who is waited for: everybody who was asked, and after the approval the one who approved and has to accept. */
export function awaited({ approvers, decision }: RelationshipRequest): readonly Approver[] {
  return decision ? approvers.filter(({ userId }) => userId === decision.by.userId) : approvers;
}

/** The reminders of a request, as messages name them: each is a message of its own, because an update rings no bell. */
export function remindersOf({ id, reminders }: RelationshipRequest): readonly Subject[] {
  return reminders.map((_, index) => ({ kind: 'reminder', id: `${id}#${index + 1}` }));
}

/** The request that a reminder is about. */
export function requestOfReminder(subjectId: string): string {
  return subjectId.slice(0, subjectId.indexOf('#'));
}
