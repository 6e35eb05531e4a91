import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { PartnerSignIn, SignInAge } from '../../services/login/partner-sign-in.ts';
import { findOpenTrouble } from '../../services/login/sign-in-troubles.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import type { Config } from '../config.ts';
import type { Microsoft } from '../microsoft.ts';
import { checked, type Finding, notChecked, ok, problem } from './finding.ts';

/** Whether Partner Center knows the app, where it sends its events, and whether the service account's sign-in works. */
export async function examinePartnerCenter(
  config: Config,
  microsoft: Microsoft,
  { db, isReadable }: Readonly<{ db: Queryable; isReadable: boolean }>,
): Promise<readonly Finding[]> {
  const app = await checked('partner center app', () => examineApp(config, microsoft));
  if (isReadable) return [...app, ...(await checked('partner center user', () => examineUser(microsoft.signIn, db)))];
  const text = 'The sign-in is kept in a database that cannot be read from here just now; see above.';
  return [...app, notChecked('partner center user', text)];
}

async function examineApp({ publicUrl }: Config, { partnerCenter }: Microsoft): Promise<Finding[]> {
  const registered = await partnerCenter.webhook();
  const answers = ok('partner center app', 'Partner Center answers the app.');
  return [answers, webhookFinding(registered, `${publicUrl}/api/partner-center/webhook`)];
}

const ACCEPTED = /^(?:indirect-)?reseller-relationship-accepted-by-customer$/;

type Registered = Readonly<{ url: string; events: readonly string[] }> | undefined;

/** Whether Partner Center's events lead to this bot. Without them it still asks by itself, only later. */
export function webhookFinding(registered: Registered, wanted: string): Finding {
  const restart = 'Start the bot: it registers its address within the first minutes, and again every hour.';
  if (!registered) return problem('webhook', 'Partner Center has no address for events.', restart);
  if (registered.url !== wanted) {
    const text = `Partner Center sends its events to ${registered.url}, not to ${wanted}.`;
    return problem('webhook', text, `${restart} If another program needs the other address, settle which one stays.`);
  }
  if (registered.events.filter((name) => ACCEPTED.test(name)).length < 2) {
    return problem('webhook', 'The events of accepted relationships are not among the registered ones.', restart);
  }
  return ok('webhook', `Partner Center sends its events to ${wanted}.`);
}

/** Asking for a token also renews the refresh token: that is what keeps an idle installation signed in. */
async function examineUser(signIn: PartnerSignIn, db: Queryable): Promise<Finding[]> {
  const before = await signIn.age();
  const token = await signIn.get();
  return [userFinding(amrOf(token), before, await signIn.age()), ...(await troubleFinding(db))];
}

/** What the running bot still waits for, although login gives tokens now. */
async function troubleFinding(db: Queryable): Promise<Finding[]> {
  const trouble = await findOpenTrouble(db);
  if (!trouble) return [];
  const text = `The bot noted at ${trouble.beganAt.toISOString()} that the sign-in fails (${trouble.reason}); work waits.`;
  return [problem('waiting work', text, 'It goes on by itself within the hour; npm run sign-in makes it go on now.')];
}

/** What is to say about a sign-in that works. `amr` names the factors it was made with. */
export function userFinding(amr: readonly string[], before?: SignInAge, after?: SignInAge): Finding {
  if (!amr.includes('mfa')) {
    const advice = 'Sign in again with a second factor: Partner Center refuses user calls without one.';
    return problem('partner center user', 'The sign-in was made without a second factor.', advice);
  }
  const days = (age: SignInAge | undefined) => Math.round(age?.daysLeft ?? 0);
  const earlier = before ? `; ${days(before)} before this renewal` : '';
  return ok('partner center user', `Signed in with a second factor, ${days(after)} days left${earlier}.`);
}

function amrOf(token: string): readonly string[] {
  const claims = z.object({ amr: z.array(z.string()).optional() }).safeParse(decodeJwt(token));
  return claims.data?.amr ?? [];
}
