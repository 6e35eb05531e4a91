import { record } from '../audit/audit.ts';
import type { Person } from '../identity.ts';
import type { Transaction } from '../storage/ports.ts';
import type { RelationshipRequest } from './relationship.ts';

export type RequestNote = Readonly<{
  at: Date;
  /** Absent where nobody pressed anything: time or Partner Center changed it. */
  by?: Person;
  /** What happened, in the past tense: `sent`, `approved`. */
  what: string;
  details: Readonly<Record<string, unknown>>;
}>;

/** Writes into the audit what happened to a request, in the transaction in which it happens. */
export function noteRequest(
  tx: Transaction,
  { id, customer }: RelationshipRequest,
  { at, by, what, details }: RequestNote,
): Promise<void> {
  return record(tx, {
    at,
    actor: by,
    action: `request.${what}`,
    subject: { kind: 'request', id },
    customerTenantId: customer.tenantId,
    details,
  });
}
