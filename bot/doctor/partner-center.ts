import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { PartnerSignIn, SignInAge } from '../../services/login/partner-sign-in.ts';
import { findOpenTrouble } from '../../services/login/sign-in-troubles.ts';
import { type Finding, notChecked, ok, problem } from '../../services/operation/finding.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import type { Config } from '../config.ts';
import type { Microsoft } from '../microsoft.ts';
import { checked } from './failures.ts';

/** Whether Partner Center knows the app, where it sends its events, and whether the service account's sign-in works. */
export async function examinePartnerCenter(
  config: Config,
  microsoft: Microsoft,
  { db, isReadable }: Readonly<{ db: Queryable; isReadable: boolean }>,
): Promise<readonly Finding[]> {
  const app = await checked('partner-center-app', () => examineApp(config, microsoft));
  if (isReadable) return [...app, ...(await checked('partner-center-user', () => examineUser(microsoft.signIn, db)))];
  return [...app, notChecked('partner-center-user', 'user-unread')];
}

async function examineApp({ publicUrl }: Config, { partnerCenter }: Microsoft): Promise<Finding[]> {
  const registered = await partnerCenter.webhook();
  const answers = ok('partner-center-app', 'partner-center-app');
  return [answers, webhookFinding(registered, `${publicUrl}/api/partner-center/webhook`)];
}

const ACCEPTED = /^(?:indirect-)?reseller-relationship-accepted-by-customer$/;

type Registered = Readonly<{ url: string; events: readonly string[] }> | undefined;

/** Whether Partner Center's events lead to this bot. Without them it still asks by itself, only later. */
export function webhookFinding(registered: Registered, wanted: string): Finding {
  if (!registered) return problem('webhook', 'webhook-none', 'webhook');
  const { url, events } = registered;
  if (url !== wanted) return problem('webhook', 'webhook-elsewhere', 'webhook-other', { url, wanted });
  const isTold = events.filter((name) => ACCEPTED.test(name)).length >= 2;
  return isTold ? ok('webhook', 'webhook', { url }) : problem('webhook', 'webhook-events', 'webhook');
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
  const { reason, beganAt } = trouble;
  return [problem('waiting-work', 'waiting-work', 'waiting-work', { reason, since: beganAt.toISOString() })];
}

/** What is to say about a sign-in that works. `amr` names the factors it was made with. */
export function userFinding(amr: readonly string[], before?: SignInAge, after?: SignInAge): Finding {
  if (!amr.includes('mfa')) {
    return problem('partner-center-user', 'user-without-factor', 'second-factor');
  }
  const days = Math.round(after?.daysLeft ?? 0);
  const left = { days, before: Math.round(before?.daysLeft ?? days) };
  const since = after?.signedInAt?.toISOString();
  return since ? ok('partner-center-user', 'user-since', { ...left, since }) : ok('partner-center-user', 'user', left);
}

function amrOf(token: string): readonly string[] {
  const claims = z.object({ amr: z.array(z.string()).optional() }).safeParse(decodeJwt(token));
  return claims.data?.amr ?? [];
}
