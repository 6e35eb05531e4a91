import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../../services/errors.ts';

/** Why a call is refused before any service is asked. */
export type CallProblem =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'bad-request'
  | 'key-missing'
  | 'key-reused'
  | 'outcome-unknown'
  | 'too-large'
  | 'timeout'
  | 'unsupported'
  | 'too-many-requests'
  | 'failed';

/** A refusal as it goes out: `application/problem+json`. @see RFC 9457 */
export type Problem = Readonly<{ status: number; code: CallProblem | ErrorCode; detail: string; reference?: string }>;

const CALL_PROBLEMS: Readonly<Record<CallProblem, readonly [status: number, detail: string]>> = {
  unauthorized: [401, 'Send an Entra access token of the partner’s tenant for this app: Authorization: Bearer …'],
  forbidden: [
    403,
    'This token opens nothing here: it lacks the permission, or is an application’s where a person is needed.',
  ],
  'not-found': [404, 'There is nothing at this address.'],
  'method-not-allowed': [405, 'This address does not take this method.'],
  'bad-request': [400, 'This is not what the address takes; see /api/v1/openapi.json.'],
  'key-missing': [400, 'Send an Idempotency-Key header: 8 to 200 letters, digits or any of - _ . :'],
  'key-reused': [422, 'This Idempotency-Key was used for another call. Take a new one.'],
  'outcome-unknown': [
    409,
    'A call with this key is under way or was cut off. Look at what there is before you use a new key.',
  ],
  'too-large': [413, 'The body is too large.'],
  timeout: [408, 'The body did not arrive in time.'],
  unsupported: [415, 'This address does not take a body of this type.'],
  'too-many-requests': [429, 'Too many calls. Wait a little.'],
  failed: [500, 'Something went wrong here. Look at what there is before you repeat the call.'],
};

/** A refusal by its code. */
export function problem(code: CallProblem, more: Readonly<{ detail?: string; reference?: string }> = {}): Problem {
  const [status, detail] = CALL_PROBLEMS[code];
  return { status, code, detail, ...more };
}

/** Which status a refusal of the services has. Every code has one, or it does not compile. */
export const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
  'not-a-rep': 403,
  'not-an-approver': 403,
  'not-your-request': 403,
  'second-person-needed': 403,
  'not-an-admin': 403,
  'personal-chat-only': 403,
  'customer-not-found': 422,
  'customer-is-partner': 422,
  'no-approvers': 422,
  'approver-name-invalid': 422,
  'request-not-found': 404,
  'request-open-already': 409,
  'already-decided': 409,
  'already-active': 409,
  'reminded-enough': 409,
  'link-refused': 502,
  'relationship-not-active': 409,
  'batch-not-found': 404,
  'batch-not-open': 409,
  'batch-empty': 409,
  'batch-too-large': 422,
  'batch-name-invalid': 422,
  'batch-name-taken': 409,
  'batch-under-way': 409,
  'batch-resent': 409,
  'batch-to-add-to-gone': 409,
  'nothing-refused': 409,
  'doubtful-devices': 409,
  'removal-not-found': 404,
  'removal-not-open': 409,
  'removal-not-checked': 409,
  'confirmation-wrong': 409,
  'no-second-person': 409,
  'list-changed': 409,
  'file-refused': 422,
  'file-unreadable': 422,
  'file-too-large': 413,
  'file-not-saved': 502,
  'link-not-allowed': 403,
  'link-not-found': 404,
  'not-a-remover': 403,
  'not-met-yet': 409,
  'message-not-passed': 400,
  'profile-not-found': 404,
  'profile-name-invalid': 422,
  'profile-name-taken': 409,
  'profile-change-unclear': 502,
  'profile-busy': 409,
  'profile-no-devices': 409,
  'device-not-in-batch': 422,
  'sign-in-not-needed': 409,
  'sign-in-other-person': 403,
  'sign-in-unavailable': 503,
  'partner-center-unavailable': 503,
  'partner-center-refused': 502,
  'partner-center-sign-in': 503,
  'graph-unavailable': 503,
  'mail-not-allowed': 403,
};

/** Ends a response with a refusal; does nothing when it has ended already. */
export function sendProblem(response: ServerResponse, { status, ...problem }: Problem): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Refused', status, ...problem });
  response.statusCode = status;
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (status === 429 || status === 503) response.setHeader('retry-after', status === 429 ? '1' : '60');
  response.setHeader('content-type', 'application/problem+json');
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Timeout',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported',
  422: 'Not acceptable as it is',
  429: 'Too many requests',
  500: 'Failed',
  502: 'Refused by Partner Center',
  503: 'Unavailable',
};
