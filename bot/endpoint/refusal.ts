import type { TokenProblem } from './channel-claims.ts';

/** Why the front door did not let a request in; for the log and the metrics, never for the sender. */
export type RefusalReason =
  | TokenProblem
  | 'content-type'
  | 'content-encoding'
  | 'too-large'
  | 'too-slow'
  | 'too-many'
  | 'interrupted'
  | 'bad-json'
  | 'too-complex'
  | 'fields'
  | 'channel'
  | 'service-url'
  | 'tenant'
  | 'service-url-mismatch'
  | 'unknown-key'
  | 'not-endorsed'
  | 'signature'
  | 'keys-unavailable';

export type Refusal = Readonly<{ kind: 'refuse'; status: 400 | 401 | 408 | 413 | 415 | 429; reason: RefusalReason }>;

/** Shortens the making of a refusal. */
export function refuse(status: Refusal['status'], reason: RefusalReason): Refusal {
  return { kind: 'refuse', status, reason };
}
