import { createWording } from '../../cards/wording/wording.ts';
import { createDelivery } from '../../services/messages/delivery.ts';
import type { Chat } from '../../services/messages/ports.ts';
import { findPerson } from '../../services/people/people-store.ts';
import { localeOf } from '../../services/people/settings.ts';
import type { Job } from '../../services/queue/ports.ts';
import type { House } from '../authz/house.ts';
import { quietLog } from '../contracts/test-databases.ts';

/** A card that arrived in somebody's chat; `card` is what it shows now. */
export type Arrived = { role: string; to: string; at: Date; card: string };

/**
 * Lets days go by in a house: jobs run when they are due, and messages arrive in a list. Time is the house's own, so a month
 * takes a moment.
 */
export function livingIn(house: House) {
  const { db, clock, jobs, outside } = house;
  const arrived: Arrived[] = [];
  const draw: Chat['post'] = async (message, to) => {
    const { recipient } = message;
    const person = recipient.kind === 'person' ? await findPerson(db, recipient) : undefined;
    const card = await house.live.draw(
      message,
      createWording(recipient.kind === 'person' ? localeOf(person) : (recipient.locale ?? 'en'), person?.timeZone),
    );
    if (!card) return { kind: 'pointless' };
    arrived.push({ role: message.role, to: to.conversationId, at: clock.at, card: JSON.stringify(card) });
    return { kind: 'done', activityId: String(arrived.length - 1) };
  };
  const chat: Chat = {
    post: draw,
    async update(message, at) {
      const shown = arrived[Number(at.activityId)];
      const card = await house.live.draw(message, createWording('en'));
      if (shown) shown.card = JSON.stringify(card);
      return { kind: 'done', activityId: at.activityId };
    },
  };
  const delivery = createDelivery({ db, jobs, chat, now: () => clock.at, log: quietLog });

  function nextJob(until: Date): Job | undefined {
    const due = outside.jobs.filter(({ startAt }) => !startAt || startAt <= until);
    const [first] = due.toSorted((a, b) => (a.startAt?.getTime() ?? 0) - (b.startAt?.getTime() ?? 0));
    if (first) outside.jobs.splice(outside.jobs.indexOf(first), 1);
    return first;
  }

  return {
    arrived,
    /** Everything that is due until then happens, and then it is then. */
    async until(moment: string): Promise<void> {
      const end = new Date(moment);
      for (let job = nextJob(end); job; job = nextJob(end)) {
        if (job.startAt && job.startAt > clock.at) clock.at = job.startAt;
        if (job.queue === 'deliver') await delivery.deliver(job.id);
        else if (job.queue === 'relationship') await house.relationships.look(job.id);
      }
      clock.at = end;
    },
    /** What arrived under a role, in the order of its arrival. */
    of: (role: string) => arrived.filter((one) => one.role === role),
  };
}
