import { countEvents } from '../../services/events/event-store.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import { type Finding, ok, problem } from './finding.ts';

/** An event that waits longer than this is not just on its way, in ms. */
const LATE_MS = 15 * 60_000;

/** How the ticket system takes its events. */
export async function examineEvents(db: Queryable, url: URL, now: Date): Promise<readonly Finding[]> {
  const { due, sent, 'given-up': givenUp, oldestDue } = await countEvents(db);
  const isLate = oldestDue !== undefined && now.getTime() - oldestDue.getTime() > LATE_MS;
  const advice = `Look at what ${url.host} answers; the bot’s log has each attempt. Events are offered for three days.`;
  if (isLate)
    return [
      problem('events', `${due} wait for the ticket system, the oldest since ${oldestDue.toISOString()}.`, advice),
    ];
  if (givenUp > 0) return [problem('events', `${givenUp} were given up in the last month.`, advice)];
  return [ok('events', `${sent} were taken in the last month, ${due} wait.`)];
}
