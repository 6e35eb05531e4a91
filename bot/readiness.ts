import type { PartnerSignIn } from '../services/login/partner-sign-in.ts';
import type { Jobs } from '../services/queue/ports.ts';
import type { Queryable } from '../services/storage/ports.ts';
import type { EndpointOptions } from './endpoint/server.ts';

export type ReadinessParts = Readonly<{ db: Queryable; jobs: Jobs; signIn: PartnerSignIn }>;

/** A refresh token with fewer days left is not healthy: it is renewed weekly. */
const MIN_DAYS_LEFT = 3;

/** Whether the bot can do its work: database, jobs, and the age of the sign-in to Partner Center. */
export function createReadiness({ db, jobs, signIn }: ReadinessParts): EndpointOptions['ready'] {
  const answers = async (check: () => Promise<unknown>): Promise<boolean> => {
    try {
      return (await check()) !== false;
    } catch {
      return false;
    }
  };
  return async () => {
    const checks = {
      database: await answers(() => db.query('select 1')),
      jobs: await answers(() => jobs.counts()),
      // Before its first use there is nothing stored whose age could be wrong.
      token: await answers(async () => ((await signIn.age())?.daysLeft ?? MIN_DAYS_LEFT) >= MIN_DAYS_LEFT),
    };
    return { ready: Object.values(checks).every(Boolean), checks };
  };
}
