import type { NoticeView } from '../cards/notice/card.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { GivenUp } from '../services/events/event-store.ts';

const MAX_HOST_CHARS = 100;

/** Tells administrators what the ticket system was not told, why, and what to do. `undefined`: nothing was given up. */
export function givenUpNotice({ types, problem }: GivenUp, host: string, { say }: Wording): NoticeView | undefined {
  const count = types.reduce((sum, { count: n }) => sum + n, 0);
  if (count === 0) return undefined;
  const names = { host: plain(host, MAX_HOST_CHARS) };
  const [, status] = /^status (\d{3})$/.exec(problem ?? '') ?? [];
  const which = types.map(({ type, count: n }) => (n > 1 ? `${type} (${n})` : type)).join(', ');
  return {
    tone: 'attention',
    title: say('notice.events.title', { count }),
    lines: [
      status ? say('notice.events.answered', { ...names, status }) : say('notice.events.silent', names),
      say('notice.events.which', { which: plain(which, 300) }),
      say('notice.events.step', names),
    ],
    buttons: [
      { verb: 'batches.list', title: say('command.batches') },
      { verb: 'requests.list', title: say('command.requests') },
    ],
  };
}
