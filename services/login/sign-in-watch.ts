import { record } from '../audit/audit.ts';
import { wakeParkedUploads } from '../devices/parked-uploads.ts';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createOutbox, recipientsOfSubjects } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import { endTrouble, findOpenTrouble, insertTrouble, type NoticedBy, type SignInTrouble } from './sign-in-troubles.ts';

export type SignInWatchPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  now: () => Date;
  newId: () => string;
  log: Log;
}>;

/** Keeps account of whether the sign-in to Partner Center works, for all processes. Never throws. */
export interface SignInWatch {
  /** It failed: what only a person can mend is noted once, and people are told. Other errors are none of its business. */
  failed(by: NoticedBy, error: unknown): Promise<void>;
  /** It worked with what was obtained at `since`: ends an older trouble that was noticed in the same way. */
  worked(by: NoticedBy, since: Date): Promise<void>;
  /** Somebody signed in anew: whatever the trouble was, work goes on. */
  mended(): Promise<void>;
}

/**
 * Notes troubles and their ends together with the audit and the messages they cause. When one ends, the uploads that
 * waited for it go on at once, and everybody who was told of it hears that it works again.
 */
export function createSignInWatch(ports: SignInWatchPorts): SignInWatch {
  const { db, jobs, now, log } = ports;

  async function begin(by: NoticedBy, { details }: ServiceError): Promise<void> {
    if (await findOpenTrouble(db)) return;
    const aadsts = typeof details.aadsts === 'number' ? details.aadsts : undefined;
    const reason = String(details.reason ?? 'unknown');
    const trouble = { id: ports.newId(), noticedBy: by, reason, aadsts, beganAt: now(), notices: 0 };
    await db.transaction(async (tx) => {
      if ((await insertTrouble(tx, trouble)) === 'open-already') return;
      const subject = { kind: 'sign-in', id: trouble.id } as const;
      await record(tx, { at: now(), action: 'sign-in.parked', subject, details: { noticedBy: by, reason, aadsts } });
      await jobs.enqueue(tx, [{ queue: 'sign-in', id: trouble.id, step: 1 }]);
    });
    log.error('the sign-in to Partner Center needs a person; work for it waits', { noticedBy: by, reason, aadsts });
  }

  async function end({ id }: SignInTrouble): Promise<void> {
    await db.transaction(async (tx) => {
      if ((await endTrouble(tx, id, now())) === 'already') return;
      const subject = { kind: 'sign-in', id } as const;
      await record(tx, { at: now(), action: 'sign-in.works', subject });
      const outbox = createOutbox(tx, jobs, ports.newId);
      for (const told of await recipientsOfSubjects(tx, 'sign-in', `${id}/`)) {
        await outbox.want(subject, 'sign-in.works', told);
      }
      await wakeParkedUploads(tx, jobs);
    });
    log.info('the sign-in to Partner Center works again', { trouble: id });
  }

  /** Whoever asked for a token must get it, or the true error, also when the account cannot be kept. */
  async function kept(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => log.warn('the state of the sign-in could not be noted', { error }));
  }

  return {
    async failed(by, error) {
      const isOurs = error instanceof ServiceError && error.code === 'partner-center-sign-in';
      if (isOurs) await kept(() => begin(by, error));
    },
    worked: (by, since) =>
      kept(async () => {
        const open = await findOpenTrouble(db);
        if (open?.noticedBy === by && open.beganAt < since) await end(open);
      }),
    async mended() {
      await kept(async () => {
        const open = await findOpenTrouble(db);
        if (open) await end(open);
      });
    },
  };
}
