import type { Log } from '../log.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import { bodyOf, verdictOn } from './event.ts';
import { countAttempt, findEvent, insertEvent, settleEvent } from './event-store.ts';
import type { Announce, EventReceiver } from './ports.ts';
import { signatureHeaders } from './signature.ts';

export type EventPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  receiver: EventReceiver;
  secret: Uint8Array;
  now: () => Date;
  newId: () => string;
  log: Log;
}>;

/**
 * Events for a ticket system. At least once: an event is stored with the change it tells of, offered until its receiver
 * says 2xx, and keeps its id, by which a receiver knows a repeat.
 */
export function createEvents({ db, jobs, receiver, secret, now, newId, log }: EventPorts) {
  const announce: Announce = async (tx, event) => {
    const id = newId();
    await insertEvent(tx, id, event, now());
    await jobs.enqueue(tx, [{ queue: 'event', id, step: 0 }]);
  };

  return {
    announce,

    /**
     * Offers an event once. Safe to run any number of times.
     *
     * @throws Error while it is still due: the job engine comes again after a growing pause.
     */
    async offer(id: string): Promise<void> {
      const event = await findEvent(db, id);
      if (event?.state !== 'due') return;
      await countAttempt(db, id);
      const body = bodyOf(event);
      const delivered = await receiver(signatureHeaders(secret, { id, at: now(), body }), body);
      const status = delivered.kind === 'answered' ? delivered.status : undefined;
      const problem = delivered.kind === 'answered' ? `status ${delivered.status}` : delivered.reason;
      const state = verdictOn(status, event.createdAt, now());
      await settleEvent(db, id, state, state === 'sent' ? undefined : problem);
      if (state === 'given-up') log.error('an event was given up', { event: id, type: event.type, problem });
      if (state === 'due') throw new Error(`event ${id} was not taken: ${problem}`);
    },
  };
}
