import type { CustomerService } from '../customers/customer-service.ts';
import type { RequestId, TenantId } from '../identity.ts';
import type { Database } from '../storage/ports.ts';
import type { Changes } from './changes.ts';
import { isOpen, observe, type RelationshipRequest } from './relationship.ts';
import { isReminderDue, remind } from './reminders.ts';
import { findOpenRequest, findRequest, requestsThatMayHaveEnded } from './request-store.ts';

export type WatchingPorts = Readonly<{ db: Database; customers: CustomerService; now: () => Date }>;

/** Watches Partner Center for what became of requests. */
export function createWatching({ db, customers, now }: WatchingPorts, { change, lookAgain, enqueueLook }: Changes) {
  return {
    /**
     * One look at Partner Center for an open request, and the date of the next one. Safe to run any number of times.
     *
     * @throws ServiceError `partner-center-…`; the job is then tried again.
     */
    async look(id: string): Promise<RelationshipRequest | undefined> {
      const known = await findRequest(db, id as RequestId);
      if (!known || !isOpen(known.state)) return known;
      const isReseller = (await customers.checkRelationship(known.customer.tenantId)) !== undefined;
      const { request, changed } = await change(
        (tx) => findRequest(tx, known.id),
        (found) => follow(found, { isReseller, at: now() }),
      );
      if (!changed || request.state === known.state) await db.transaction((tx) => lookAgain(tx, request));
      return request;
    },

    /**
     * Looks whether relationships that were active have ended: Microsoft tells of it by no event. Believed of each only
     * after Partner Center was asked about that customer.
     */
    async checkEnded(): Promise<void> {
      for (const { id, customer } of await requestsThatMayHaveEnded(db)) {
        const isReseller = (await customers.checkRelationship(customer.tenantId)) !== undefined;
        await change(
          (tx) => findRequest(tx, id),
          (found) => observe(found, { isReseller, at: now() }),
        );
      }
    },

    /** A hint, from Partner Center's webhook, that this customer accepted: looked up at once, never believed. */
    async hint(customer: TenantId): Promise<void> {
      const open = await findOpenRequest(db, customer);
      if (!open) return;
      await db.transaction((tx) => enqueueLook(tx, open.id));
    },
  };
}

/** What Partner Center says comes first; while nothing has changed there, it may be time for a reminder. */
function follow(request: RelationshipRequest, seen: { isReseller: boolean; at: Date }): RelationshipRequest {
  const observed = observe(request, seen);
  return observed === request && isReminderDue(request, seen.at) ? remind(request, seen.at) : observed;
}
