import { ServiceError } from '../../services/errors.ts';
import { type Advice, type Check, type Finding, problem } from '../../services/operation/finding.ts';

/** Runs a check; what it throws becomes its finding. */
export async function checked(
  check: Check,
  run: () => Promise<readonly Finding[]>,
  advise: (error: unknown) => Advice = adviceFor,
): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [problem(check, 'failed', advise(error), { error: messageOf(error), ...numberOf(error) })];
  }
}

/** Our own errors hold no secrets; of others only the first line is shown, without anything that looks like a password. */
export function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const code = error instanceof Error && 'code' in error && !(error instanceof ServiceError) ? ` (${error.code})` : '';
  return `${line || 'it failed'}${code}`.replace(/:\/\/[^@\s/]*@/g, '://');
}

/** Microsoft explains its own numbers. */
function numberOf(error: unknown): { aadsts?: number } {
  const number = error instanceof ServiceError ? Number(error.details.aadsts) : Number.NaN;
  return Number.isSafeInteger(number) ? { aadsts: number } : {};
}

/** What helps against an error of login or of Microsoft's services. */
export function adviceFor(error: unknown): Advice {
  if (!(error instanceof ServiceError)) return 'other';
  const { reason = error.code } = error.details;
  return ADVICE_FOR[String(reason)] ?? 'partner-center-unavailable';
}

/** By the reason of a failed sign-in, and by error code. */
const ADVICE_FOR: Readonly<Record<string, Advice>> = {
  credential: 'credential',
  configuration: 'configuration',
  'token-mismatch': 'token-mismatch',
  missing: 'sign-in',
  expired: 'sign-in',
  revoked: 'sign-in',
  mfa: 'second-factor',
  unsealable: 'seal-key',
  'partner-center-refused': 'partner-center-refused',
  'partner-center-unavailable': 'partner-center-unavailable',
  'graph-unavailable': 'graph-unavailable',
};
