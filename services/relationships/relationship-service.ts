import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import type { Person, RequestId, TenantId } from '../identity.ts';
import { messagesAbout } from '../messages/message-store.ts';
import { findPerson } from '../people/people-store.ts';
import { createAnswering } from './answering.ts';
import { createApprovers } from './approvers.ts';
import { createChanges } from './changes.ts';
import { verifyRelationshipLink } from './link.ts';
import { noteRequest } from './noting.ts';
import type { Mailer } from './ports.ts';
import { createPreparation, type PreparationPorts } from './preparation.ts';
import { type Deciding, expire, findApprover, type RelationshipRequest } from './relationship.ts';
import {
  countOpenRequests,
  findRequest,
  findRequestByReference,
  latestRequests,
  listRequests,
} from './request-store.ts';
import { createSending, type SendingPorts } from './sending.ts';
import { createWatching } from './watching.ts';

export type RelationshipPorts = PreparationPorts &
  SendingPorts &
  Readonly<{ customers: CustomerService; mailer: Mailer }>;

/** Relationship requests from the first word to Microsoft's confirmation. */
export function createRelationshipService(ports: RelationshipPorts) {
  const { db, now } = ports;
  const prepare = createPreparation(ports);
  const changes = createChanges(ports);
  const watching = createWatching(ports, changes);

  return {
    prepare,
    ...createSending(ports, prepare, changes),
    ...createAnswering(ports, changes),
    ...watching,
    ...createApprovers(ports, changes),

    /**
     * The request a card is about, for someone who may see it: a rep, or one of its approvers.
     *
     * @throws ServiceError `request-not-found` for everybody else.
     */
    async see(reference: string, viewer: Deciding): Promise<RelationshipRequest> {
      const request = await findRequestByReference(db, reference);
      const maySee = request && (viewer.tenantId === ports.partner.tenantId || findApprover(request, viewer));
      if (!maySee) throw new ServiceError('request-not-found', 'not theirs');
      return expire(request, now()); // shown as it is, also in the minutes before a look has stored it
    },

    find: (id: RequestId) => findRequest(db, id),

    /**
     * Checks the stored link once more, because a customer follows it: the row may have been altered since it was checked.
     *
     * @throws ServiceError `link-refused`.
     */
    requireOurLink({ link, route }: RelationshipRequest): void {
      verifyRelationshipLink(link, { ...ports.partner.linkRules, route });
    },

    list: (page: { limit: number; offset?: number }) => listRequests(db, page),
    countOpen: () => countOpenRequests(db),
    latestOf: (customers: readonly TenantId[]) => latestRequests(db, customers),

    /** How each approver's copy of the card fares. */
    deliveries: (id: RequestId) => messagesAbout(db, { kind: 'request', id }),

    /** Asks Partner Center now, because somebody says they accepted. */
    async checkNow(reference: string, viewer: Deciding): Promise<RelationshipRequest> {
      const request = await this.see(reference, viewer);
      return (await watching.look(request.id)) ?? request;
    },

    /**
     * Sends the invitation to install the app by mail, in the rep's name, to those approvers who cannot be reached in Teams.
     *
     * @throws ServiceError `already-decided` when nobody is asked any more, `mail-not-allowed`, `graph-unavailable`.
     */
    async mailApprovers(
      reference: string,
      by: Person,
      mail: { subject: string; text: string },
    ): Promise<readonly string[]> {
      const request = await this.see(reference, by);
      if (request.state !== 'sent') {
        throw new ServiceError('already-decided', `${request.id} is ${request.state}`, { outcome: request.state });
      }
      const missing: string[] = [];
      for (const { signInName, userId } of request.approvers) {
        const person = await findPerson(db, { tenantId: request.customer.tenantId, userId, signInName });
        if (!person?.installed) missing.push(signInName);
      }
      for (const to of missing) await ports.mailer.send(by.userId, { to, ...mail });
      await db.transaction((tx) =>
        noteRequest(tx, request, { at: now(), by, what: 'mailed', details: { to: missing } }),
      );
      return missing;
    },
  };
}

export type RelationshipService = ReturnType<typeof createRelationshipService>;
