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
  'digest.rep',
  'digest.customer',
  'digest.channel',
]);

/** Whose clock a message waits for, and what they chose. */
export type ReaderHours = Pick<KnownPerson, 'timeZone' | 'settings'>;

/**
 * How long a message waits before it is posted, in ms: reminders for the reader's working hours, a digest for their hour of
 * the day, notices for the end of their quiet hours unless they are urgent. Decided on the way, each time anew, so that
 * nothing is lost and whoever moves to another time zone is read there.
 *
 * @param openedAt since when a digest waits; absent for anything else
 */
export function holdMs(
  { role, urgent }: Pick<Message, 'role' | 'urgent'>,
  { timeZone, settings }: ReaderHours,
  at: Date,
  openedAt?: Date,
): number {
  if (!NOTICES.has(role)) return 0;
  const begin = role === 'reminder' ? nextWorkingMoment(at, timeZone) : notBefore(at, { timeZone, settings }, openedAt);
  const quiet = urgent ? undefined : settings?.quiet;
  const moment = quiet ? nextMoment(begin, timeZone, (time) => !isQuiet(quiet, time)) : begin;
  return moment.getTime() - at.getTime();
}

/** A digest leaves at the first stroke of its hour after it was opened; at once where nobody wants one any more. */
function notBefore(at: Date, { timeZone, settings }: ReaderHours, openedAt: Date | undefined): Date {
  const hour = settings?.digestAt;
  if (!hour || !openedAt) return at;
  const afterwards = new Date(openedAt.getTime() + MINUTE_MS); // what begins within the hour's own minute is for tomorrow
  const moment = nextMoment(afterwards, timeZone, ({ minutes }) => minutes === minutesOf(hour));
  return moment > at ? moment : at;
}

const MINUTE_MS = 60_000;

/** Quiet hours may go over midnight; from an hour to the same hour means never. */
function isQuiet({ from, until }: NonNullable<PersonSettings['quiet']>, { minutes }: LocalTime): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(until)];
  return begin <= end ? minutes >= begin && minutes < end : minutes >= begin || minutes < end;
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}
