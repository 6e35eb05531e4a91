import { countEvents } from '../../services/events/event-store.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import { type Finding, ok, problem } from './finding.ts';

/** An event that waits longer than this is not just on its way, in ms. */
const LATE_MS = 15 * 60_000;

const GIVEN_UP =
  'They are not sent again: bring the ticket system up to date by hand. Administrators were told in Teams, with their types.';

/** How the ticket system takes its events. */
export async function examineEvents(db: Queryable, url: URL, now: Date): Promise<readonly Finding[]> {
  const { due, sent, 'given-up': givenUp, oldestDue } = await countEvents(db);
  const isLate = oldestDue !== undefined && now.getTime() - oldestDue.getTime() > LATE_MS;
  const advice = `Look at what ${url.host} answers; the bot’s log has each attempt. Events are offered for three days.`;
  const lateText = `${due} wait for the ticket system, the oldest since ${oldestDue?.toISOString()}.`;
  const problems = [
    ...(isLate ? [problem('events', lateText, advice)] : []),
    ...(givenUp > 0 ? [problem('events', `${givenUp} were given up in the last month.`, GIVEN_UP)] : []),
  ];
  if (problems.length > 0) return problems;
  return [ok('events', `${sent} were taken in the last month, ${due} wait.`)];
}
