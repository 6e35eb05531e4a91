import type { KnownPerson } from '../people/people-store.ts';
import type { PersonSettings } from '../people/settings.ts';
import { type LocalTime, nextMoment, nextWorkingMoment } from './hours.ts';
import type { Message, MessageRole } from './message.ts';

/**
 * What each message is to whoever gets it. What `rings` comes unasked, and waits for the end of quiet hours unless it is
 * urgent. What `answers` is the live card of something they asked for, or that somebody waits for them to answer. Every
 * role stands here: a new one does not compile until somebody has thought of it.
 */
const MANNER: Readonly<Record<MessageRole, 'rings' | 'answers'>> = {
  'request.rep': 'answers',
  'request.approver': 'answers',
  'request.notice-rep': 'rings',
  'request.notice-approver': 'rings',
  'request.notice-channel': 'rings',
  'request.ended-rep': 'rings',
  'request.ended-approver': 'rings',
  'request.ended-channel': 'rings',
  reminder: 'rings',
  'batch.draft-rep': 'answers',
  'batch.rep': 'answers',
  'batch.channel': 'answers',
  'batch.notice-rep': 'rings',
  'batch.notice-customer': 'rings',
  'batch.notice-channel': 'rings',
  'profile.notice': 'rings',
  'sign-in.parked': 'rings',
  'sign-in.works': 'rings',
  'events.given-up': 'rings',
  'removal.rep': 'answers',
  'removal.remover': 'answers',
  'removal.notice-rep': 'rings',
  'removal.notice-remover': 'rings',
  examination: 'answers',
  'alarm.notice': 'rings',
  'digest.rep': 'rings',
  'digest.customer': 'rings',
  'digest.channel': 'rings',
};

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
  if (MANNER[role] === 'answers') return 0;
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
