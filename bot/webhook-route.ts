import type { IncomingHttpHeaders } from 'node:http';
import type Keyv from 'keyv';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { Log } from '../services/log.ts';
import type { createWebhookVerifier } from '../services/partner-center/webhook/verifier.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';

export type WebhookParts = Readonly<{
  verifier: ReturnType<typeof createWebhookVerifier>;
  relationships: Pick<RelationshipService, 'hint'>;
  customers: Pick<CustomerService, 'doubt'>;
  /** Notifications seen before, by their digest. */
  seen: Keyv;
  log: Log;
}>;

/** A notification may come up to ten times, and is refused as stale after a day: so long its digest is kept, in ms. */
const REMEMBER_MS = 2 * 86_400_000;

const ACCEPTED = new Set([
  'reseller-relationship-accepted-by-customer',
  'indirect-reseller-relationship-accepted-by-customer',
]);

/**
 * Takes Partner Center's notifications. They are never more than a hint: what is true is read from Partner Center.
 * Answers with a status; 401 for whatever Partner Center did not sign.
 */
export function createWebhookRoute({ verifier, relationships, customers, seen, log }: WebhookParts) {
  return async (rawBody: Buffer, headers: IncomingHttpHeaders): Promise<number> => {
    const verdict = await verifier.verify({ rawBody, headers });
    if (verdict.kind === 'refused') {
      log.warn('a webhook call was refused', { reason: verdict.reason });
      return verdict.reason === 'too-large' ? 413 : verdict.reason === 'busy' ? 503 : 401;
    }
    const { event, replayKey } = verdict;
    if (await seen.has(replayKey)) return 200;
    log.info('Partner Center told of an event', { event: event.name, customer: event.customerId });
    if (event.customerId) customers.doubt(event.customerId);
    if (ACCEPTED.has(event.name) && event.customerId) await relationships.hint(event.customerId);
    await seen.set(replayKey, true, REMEMBER_MS);
    return 200;
  };
}
