import type { KnownPerson } from '../people/people-store.ts';
import type { PersonSettings } from '../people/settings.ts';
import { type LocalTime, nextMoment, nextWorkingMoment } from './hours.ts';
import type { Message, MessageRole } from './message.ts';

/** What rings without having been asked for; live cards answer somebody who waits for them. */
const NOTICES: ReadonlySet<MessageRole> = new Set([
  'request.notice-rep',
  'request.notice-approver',
  'request.ended-rep',
  'request.ended-approver',
  'reminder',
  'batch.notice-rep',
  'batch.notice-customer',
  'events.given-up',
]);

/**
 * How long a message waits before it is posted, in ms: reminders for the reader's working hours, notices for the end of
 * their quiet hours unless they are urgent. Decided on the way, each time anew, so that nothing is lost and whoever moves
 * to another time zone is read there.
 */
export function holdMs(
  { role, urgent }: Pick<Message, 'role' | 'urgent'>,
  { timeZone, settings }: Pick<KnownPerson, 'timeZone' | 'settings'>,
  at: Date,
): number {
  if (!NOTICES.has(role)) return 0;
  const working = role === 'reminder' ? nextWorkingMoment(at, timeZone) : at;
  const quiet = urgent ? undefined : settings?.quiet;
  const moment = quiet ? nextMoment(working, timeZone, (time) => !isQuiet(quiet, time)) : working;
  return moment.getTime() - at.getTime();
}

/** Quiet hours may go over midnight; from an hour to the same hour means never. */
function isQuiet({ from, until }: NonNullable<PersonSettings['quiet']>, { minutes }: LocalTime): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(until)];
  return begin <= end ? minutes >= begin && minutes < end : minutes >= begin || minutes < end;
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}
