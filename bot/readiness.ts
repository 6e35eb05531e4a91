import { ServiceError } from '../services/errors.ts';
import type { PartnerSignIn } from '../services/login/partner-sign-in.ts';
import { findOpenTrouble } from '../services/login/sign-in-troubles.ts';
import type { Jobs } from '../services/queue/ports.ts';
import type { Queryable } from '../services/storage/ports.ts';
import type { EndpointOptions } from './endpoint/server.ts';

export type ReadinessParts = Readonly<{ db: Queryable; jobs: Jobs; signIn: PartnerSignIn }>;

/** A refresh token with fewer days left is not healthy: it is renewed weekly. */
const MIN_DAYS_LEFT = 3;

/** Whether the bot can do its work: database, jobs, and the age of the sign-in to Partner Center. */
export function createReadiness({ db, jobs, signIn }: ReadinessParts): EndpointOptions['ready'] {
  /** Why work for Partner Center waits: a word of `SignInProblem`, or `renewal` when the stored token is not renewed. */
  async function tokenProblem(): Promise<string | undefined> {
    const trouble = await findOpenTrouble(db);
    if (trouble) return trouble.reason;
    // Before its first use there is nothing stored whose age could be wrong.
    return ((await signIn.age())?.daysLeft ?? MIN_DAYS_LEFT) >= MIN_DAYS_LEFT ? undefined : 'renewal';
  }

  const answers = async (check: () => Promise<unknown>): Promise<boolean> => {
    try {
      return (await check()) !== false;
    } catch {
      return false;
    }
  };
  return async (): Promise<Awaited<ReturnType<EndpointOptions['ready']>>> => {
    const token = await tokenProblem().catch(reasonOf);
    const checks = {
      database: await answers(() => db.query('select 1')),
      jobs: await answers(() => jobs.counts()),
      token: token === undefined,
    };
    return { ready: Object.values(checks).every(Boolean), checks, reasons: token === undefined ? {} : { token } };
  };
}

/** Everybody may read this answer, so it has words of ours only. */
function reasonOf(error: unknown): string {
  return error instanceof ServiceError ? String(error.details.reason ?? error.code) : 'unreadable';
}
