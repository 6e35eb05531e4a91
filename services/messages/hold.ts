import type { KnownPerson } from '../people/people-store.ts';
import { nextWorkingMoment } from './hours.ts';
import type { Message } from './message.ts';

/**
 * How long a message waits before it is posted, in ms: reminders wait for the reader's working hours. Decided on the way,
 * each time anew, so that nothing is lost and whoever moves to another time zone is read there.
 */
export function holdMs({ role }: Message, person: Pick<KnownPerson, 'timeZone'>, at: Date): number {
  return role === 'reminder' ? nextWorkingMoment(at, person.timeZone).getTime() - at.getTime() : 0;
}
