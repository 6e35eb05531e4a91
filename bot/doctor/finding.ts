import { ServiceError } from '../../services/errors.ts';

/** What one check found. A problem says what to do about it. */
export type Finding = Readonly<
  | { check: string; outcome: 'ok' | 'not-checked'; text: string }
  | { check: string; outcome: 'problem'; text: string; advice: string }
>;

export function ok(check: string, text: string): Finding {
  return { check, outcome: 'ok', text };
}

export function notChecked(check: string, text: string): Finding {
  return { check, outcome: 'not-checked', text };
}

export function problem(check: string, text: string, advice: string): Finding {
  return { check, outcome: 'problem', text, advice };
}

/** Runs a check; what it throws becomes its finding. */
export async function checked(
  check: string,
  run: () => Promise<readonly Finding[]>,
  advise: (error: unknown) => string = adviceFor,
): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [problem(check, messageOf(error), advise(error))];
  }
}

/** Our own errors hold no secrets; of others only the first line is shown, without anything that looks like a password. */
export function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const code = error instanceof Error && 'code' in error && !(error instanceof ServiceError) ? ` (${error.code})` : '';
  const sentence = `${line || 'it failed'}${code}`.replace(/:\/\/[^@\s/]*@/g, '://');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** What helps against an error of login or of Microsoft's services. */
export function adviceFor(error: unknown): string {
  if (!(error instanceof ServiceError)) return 'Look at the message; the README names what each part needs.';
  const { reason = error.code } = error.details;
  const number = error.details.aadsts ? ` Microsoft explains the number AADSTS${error.details.aadsts}.` : '';
  return `${ADVICE[String(reason)] ?? ADVICE['partner-center-unavailable']}${number}`;
}

/** By the reason of a failed sign-in, and by error code. */
const ADVICE: Readonly<Record<string, string>> = {
  credential: 'Make a new secret in Microsoft Entra, App registrations, and put it into the settings.',
  configuration: 'Compare the app and tenant ids in the settings with Microsoft Entra, App registrations.',
  'token-mismatch': 'Compare the tenant ids in the settings and CLOUD with where the app is registered.',
  missing: 'Sign in with the service account and its second factor: npm run sign-in.',
  expired: 'Sign in again with the service account: npm run sign-in.',
  revoked: 'Sign in again with the service account: npm run sign-in.',
  mfa: 'Sign in again with the service account, this time with a second factor: npm run sign-in.',
  unsealable: 'Give the bot the SEAL_KEY the stored sign-in was sealed with, or sign in anew: npm run sign-in.',
  'partner-center-refused': 'Check that the app has consent in the partner’s tenant for Microsoft Partner Center.',
  'partner-center-unavailable': 'Check that this machine reaches Microsoft, and try again in a few minutes.',
  'graph-unavailable': 'Check that this machine reaches Microsoft Graph, and try again in a few minutes.',
};
