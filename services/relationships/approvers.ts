import type { RoleReading } from '../access/directory-roles.ts';
import { createOutbox, releaseWaiting } from '../messages/message-store.ts';
import { noteRoles } from './approver-roles.ts';
import type { ChangePorts, Changes } from './changes.ts';
import { bind, type Deciding, expire, findApprover, isOpen, type RelationshipRequest } from './relationship.ts';
import { findRequest, requestsForApprover } from './request-store.ts';

/** The people who were asked: who they turn out to be, and what waits for them. */
export function createApprovers(ports: ChangePorts, { change }: Changes) {
  const { db, jobs, now } = ports;
  return {
    /** Somebody of a customer's tenant turned up: binds them to requests that name them, and sends what waited for them. */
    async arrived(person: Deciding): Promise<void> {
      for (const request of await requestsForApprover(db, person)) {
        await change(
          (tx) => findRequest(tx, request.id),
          (found) => {
            const approver = findApprover(found, person);
            return approver ? bind(found, approver, person) : found;
          },
        );
      }
      await db.transaction(async (tx) => {
        const released = await releaseWaiting(tx, jobs, person);
        if (released === 0) return;
        const outbox = createOutbox(tx, jobs, ports.newId);
        for (const request of await requestsForApprover(tx, person)) {
          await outbox.redraw({ kind: 'request', id: request.id });
        }
      });
    },

    /** Notes what Entra says about an approver, in every request that still waits; true when that was news in any. */
    async noteRoles(by: Deciding, reading: RoleReading): Promise<boolean> {
      let isNews = false;
      for (const { id } of await this.openFor(by)) {
        const { changed } = await change(
          (tx) => findRequest(tx, id),
          (found) => noteRoles(found, by, reading),
          { tenantId: by.tenantId, userId: by.userId, name: by.name },
        );
        isNews ||= changed;
      }
      return isNews;
    },

    /** The requests that wait for this approver's answer, or for their step two. */
    async openFor(person: Deciding): Promise<readonly RelationshipRequest[]> {
      const addressed = await this.addressedTo(person);
      return addressed.map((request) => expire(request, now())).filter(({ state }) => isOpen(state));
    },

    /** True when this person is named in any request: they are met as an approver, not as a stranger. */
    async isApprover(person: Deciding): Promise<boolean> {
      return (await this.addressedTo(person)).length > 0;
    },

    /** The newest requests that name this person as an approver; none for a guest. */
    async addressedTo(person: Deciding): Promise<readonly RelationshipRequest[]> {
      return (await requestsForApprover(db, person)).filter((request) => findApprover(request, person));
    },
  };
}
