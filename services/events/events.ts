import { createOutbox, recipientsOfSubjects } from '../messages/message-store.ts';
import type { TellingPorts } from '../messages/ports.ts';
import { bodyOf, type EventState, type OutgoingEvent, verdictOn } from './event.ts';
import { countAttempt, findEvent, insertEvent, settleEvent } from './event-store.ts';
import type { Announce, EventReceiver } from './ports.ts';
import { signatureHeaders } from './signature.ts';

/** Those who can mend it are those who look after the ticket system. */
export type EventPorts = TellingPorts & Readonly<{ receiver: EventReceiver; secret: Uint8Array }>;

/**
 * Events for a ticket system. At least once: an event is stored with the change it tells of, offered until its receiver
 * says 2xx, and keeps its id, by which a receiver knows a repeat.
 */
export function createEvents(ports: EventPorts) {
  const { db, jobs, receiver, secret, now, newId, log } = ports;
  const announce: Announce = async (tx, event) => {
    const id = newId();
    await insertEvent(tx, id, event, now());
    await jobs.enqueue(tx, [{ queue: 'event', id, step: 0 }]);
  };

  type Settled = Readonly<{ state: EventState; problem?: string }>;

  /** An event that is given up is told of in the same transaction: nobody else will ever miss it. */
  async function giveUp({ id, type }: OutgoingEvent, settled: Settled): Promise<void> {
    log.error('an event was given up', { event: id, type, problem: settled.problem });
    const subject = { kind: 'events', id: now().toISOString().slice(0, 10) } as const;
    const told = await recipientsOfSubjects(db, subject.kind, subject.id);
    const recipients = told.length > 0 ? told : await ports.whomToTell();
    if (recipients.length === 0) log.error('nobody who looks after the ticket system can be reached', { event: id });
    await db.transaction(async (tx) => {
      if ((await settleEvent(tx, id, { ...settled, at: now() })) === 'already') return;
      const outbox = createOutbox(tx, jobs, newId);
      for (const recipient of recipients) await outbox.want(subject, 'events.given-up', recipient);
    });
  }

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
      if (state === 'given-up') await giveUp(event, { state, problem });
      else await settleEvent(db, id, { state, problem: state === 'sent' ? undefined : problem, at: now() });
      if (state === 'due') throw new Error(`event ${id} was not taken: ${problem}`);
    },
  };
}
