import { countEvents } from '../../services/events/event-store.ts';
import { type Finding, ok, problem } from '../../services/operation/finding.ts';
import type { Queryable } from '../../services/storage/ports.ts';

/** An event that waits longer than this is not just on its way, in ms. */
const LATE_MS = 15 * 60_000;

/** How the ticket system takes its events. */
export async function examineEvents(db: Queryable, url: URL, now: Date): Promise<readonly Finding[]> {
  const { due, sent, 'given-up': givenUp, oldestDue } = await countEvents(db);
  const isLate = oldestDue !== undefined && now.getTime() - oldestDue.getTime() > LATE_MS;
  const { host } = url;
  const problems = [
    ...(isLate ? [problem('events', 'events-late', 'events', { host, due, since: oldestDue.toISOString() })] : []),
    ...(givenUp > 0 ? [problem('events', 'events-given-up', 'events-given-up', { count: givenUp })] : []),
  ];
  return problems.length > 0 ? problems : [ok('events', 'events', { sent, due })];
}
