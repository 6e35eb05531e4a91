import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { type Answer, jsonOf } from '../login/exchange.ts';
import { parseRetryAfter } from '../login/retry-after.ts';
import { signIn } from '../login/token-endpoint.ts';

/** What Partner Center said when it refused. */
export type Refusal = Readonly<{ status: number; code?: string; description?: string; correlationId?: string }>;

/** Longest description we keep, in characters. @see Partner Center REST error codes */
const MAX_DESCRIPTION_CHARS = 1_024;

/**
 * Reads any of the error bodies: code/description, statusCode/message (throttling), or errorName/message (newer
 * services). Bodies may be missing or HTML; then only the status is known.
 */
export function readRefusal(answer: Answer): Refusal {
  const body = errorBody.safeParse(jsonOf(answer));
  const { code, errorName, description, message } = body.success ? body.data : {};
  const told = description ?? message;
  return {
    status: answer.status,
    code: isMfaRefusal(answer) ? 'mfa' : plainCode(code ?? errorName),
    description: told?.slice(0, MAX_DESCRIPTION_CHARS),
    correlationId: idHeader(answer.headers.get('ms-correlationid')),
  };
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)));
const errorBody = z.object({ code: text, errorName: text, description: text, message: text });

/** A code goes into log lines and sentences: what does not look like one is left out. */
function plainCode(code: string | undefined): string | undefined {
  return code && /^[\w.-]{1,64}$/.test(code) ? code : undefined;
}

function idHeader(value: string | null): string | undefined {
  return value && /^[0-9a-zA-Z-]{1,64}$/.test(value) ? value : undefined;
}

/** A token born without MFA is answered with 401 and no body: the status line or one of two headers says why. */
function isMfaRefusal({ status, statusText, headers }: Answer): boolean {
  if (status !== 401) return false;
  const said = `${statusText} ${headers.get('www-authenticate') ?? ''}`;
  return /\bmfa\b/i.test(said) || headers.get('ismfacompliant')?.toLowerCase() === 'false';
}

/** The error of a call that was not answered as hoped: come again later, sign in again, or give up. */
export function errorOf(answer: Answer, now: Date): ServiceError {
  const refusal = readRefusal(answer);
  const { status, code, description, correlationId } = refusal;
  if (status === 401) return signIn(code === 'mfa' ? 'mfa' : 'revoked', `Partner Center refused the token (${code})`);
  const isTransient = status === 408 || status === 429 || status >= 500 || status < 400;
  if (isTransient) return unavailable(`Partner Center answered ${status}`, parseRetryAfter(retryAfterOf(answer), now));
  const details = Object.entries({ status, code, description, correlationId }).filter(
    ([, value]) => value !== undefined,
  );
  return new ServiceError('partner-center-refused', `Partner Center refused: ${status} ${code}`, {
    ...(Object.fromEntries(details) as Record<string, string | number>),
  });
}

export function retryAfterOf(answer: Answer): string | null {
  return answer.headers.get('retry-after');
}

/** Partner Center did not answer, or not in words we know. */
export function unavailable(message: string, retryAfterMs?: number): ServiceError {
  return new ServiceError('partner-center-unavailable', message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
