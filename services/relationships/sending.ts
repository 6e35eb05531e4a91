import { ServiceError } from '../errors.ts';
import type { Person, RequestId } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import { addressee, type ChangePorts, type Changes } from './changes.ts';
import { noteRequest } from './noting.ts';
import type { createPreparation, RequestWish } from './preparation.ts';
import type { RelationshipRequest } from './relationship.ts';
import { findOpenRequest, insertRequest } from './request-store.ts';

export type SendingPorts = ChangePorts &
  Readonly<{
    /** At least 128 random bits, URL-safe. */
    newReference: () => string;
  }>;

/** Requests on their way out. */
export function createSending(ports: SendingPorts, prepare: ReturnType<typeof createPreparation>, changes: Changes) {
  const { db, jobs, now } = ports;
  return {
    /** Stores a request and sends it to its approvers; everything about it is checked once more. */
    async send(wish: RequestWish, by: Person): Promise<RelationshipRequest> {
      const prepared = await prepare(wish);
      const { foreignApprovers: _, ...checked } = prepared;
      const request: RelationshipRequest = {
        ...checked,
        id: ports.newId() as RequestId,
        reference: ports.newReference(),
        requestedBy: by,
        approvers: prepared.approvers.map((signInName) => ({ signInName })),
        state: 'sent',
        createdAt: now(),
        reminders: [],
        version: 1,
      };
      await db.transaction(async (tx) => {
        if (await findOpenRequest(tx, request.customer.tenantId)) {
          throw new ServiceError('request-open-already', 'sent meanwhile', {
            customer: request.customer.name,
            by: by.name,
            date: now(),
          });
        }
        await insertRequest(tx, request);
        const details = { link: request.link, route: request.route, approvers: prepared.approvers, note: request.note };
        await noteRequest(tx, request, { at: now(), by, what: 'sent', details });
        const outbox = createOutbox(tx, jobs, ports.newId);
        const subject = { kind: 'request', id: request.id } as const;
        await outbox.want(subject, 'request.rep', { kind: 'person', ...addressee(by) });
        for (const { signInName } of request.approvers) {
          const recipient = { kind: 'person', tenantId: request.customer.tenantId, signInName } as const;
          await outbox.want(subject, 'request.approver', recipient);
        }
        await changes.lookAgain(tx, request);
      });
      return request;
    },
  };
}
