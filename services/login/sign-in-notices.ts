import { createOutbox } from '../messages/message-store.ts';
import type { TellingPorts } from '../messages/ports.ts';
import { countNotice, findOpenTrouble, findTrouble } from './sign-in-troubles.ts';

/** After the first notice people hear of the same trouble at most this often. */
const REMIND_AFTER_MS = 24 * 3_600_000;

/** Tells people of a trouble with the sign-in: at once, and then once a day for as long as it lasts. */
export function createSignInNotices(ports: TellingPorts) {
  const { db, jobs, now, log } = ports;

  return {
    /** The job that tells for the `step`th time. Begun again it tells nobody twice. */
    async tell(id: string, step: number): Promise<void> {
      const trouble = await findTrouble(db, id);
      if (!trouble || trouble.endedAt || trouble.notices >= step) return;
      const recipients = await ports.whomToTell();
      if (recipients.length === 0) {
        log.error('nobody who could mend the sign-in to Partner Center can be reached', { trouble: id });
        return;
      }
      await db.transaction(async (tx) => {
        if ((await countNotice(tx, trouble, now())) === 'conflict') return;
        const outbox = createOutbox(tx, jobs, ports.newId);
        // A reminder is a message of its own: bringing the first one up to date would reach nobody.
        const subject = { kind: 'sign-in', id: `${id}/${step}` } as const;
        // Work stands still, so the first one waits for nobody's quiet hours; whoever slept through it is reminded by day.
        const urgency = step === 1 ? 'urgent' : undefined;
        for (const recipient of recipients) await outbox.want(subject, 'sign-in.parked', recipient, urgency);
      });
    },

    /** Called every hour: tells whom nobody could be told before, and reminds the others once a day. */
    async remind(): Promise<void> {
      const trouble = await findOpenTrouble(db);
      if (!trouble) return;
      if (trouble.toldAt && now().getTime() - trouble.toldAt.getTime() < REMIND_AFTER_MS) return;
      const job = { queue: 'sign-in', id: trouble.id, step: trouble.notices + 1 } as const;
      await db.transaction((tx) => jobs.enqueue(tx, [job]));
    },
  };
}

export type SignInNotices = ReturnType<typeof createSignInNotices>;
