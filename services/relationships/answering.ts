import type { RoleReading } from '../access/directory-roles.ts';
import type { Shown } from '../audit/shown.ts';
import type { Person } from '../identity.ts';
import type { Database } from '../storage/ports.ts';
import type { Changes } from './changes.ts';
import { delegate } from './delegation.ts';
import {
  type Deciding,
  type Decision,
  decide,
  findApprover,
  type RelationshipRequest,
  withdraw,
} from './relationship.ts';
import { remind } from './reminders.ts';
import { findRequestByReference } from './request-store.ts';

/** What people do with a request that is out: approvers answer or ask a colleague, reps take it back. */
export function createAnswering({ db, now }: Readonly<{ db: Database; now: () => Date }>, { change }: Changes) {
  return {
    /**
     * Records an approver's answer. The answer is safe when this resolves.
     *
     * @param answer.shown tells what they had read; asked only while there is something to answer.
     * @param answer.roles reads what Entra says about them now; asked only of somebody who may answer.
     * @throws ServiceError `request-not-found`, `not-an-approver`, `already-decided`; see `decide`.
     */
    async answer(
      reference: string,
      answer: Readonly<{
        decision: Decision;
        by: Deciding;
        reason?: string;
        shown?: (request: RelationshipRequest) => Promise<Shown>;
        roles?: () => Promise<RoleReading | undefined>;
      }>,
    ): Promise<RelationshipRequest> {
      const { by } = answer;
      const asked = await findRequestByReference(db, reference);
      const shown = asked?.state === 'sent' ? await answer.shown?.(asked) : undefined;
      const roles = asked?.state === 'sent' && findApprover(asked, by) ? await answer.roles?.() : undefined;
      let read = asked; // it is written over the version it has; who was overtaken reads it again
      const { request } = await change(
        async (tx) => {
          const first = read;
          read = undefined;
          return first ?? findRequestByReference(tx, reference);
        },
        (found) => decide(found, { decision: answer.decision, by, reason: answer.reason, roles, at: now() }),
        { tenantId: by.tenantId, userId: by.userId, name: by.name },
        shown,
      );
      return request;
    },

    /**
     * Lets an approver ask a colleague, who may then answer, too.
     *
     * @throws ServiceError `approver-name-invalid`, and as `answer` does; see `delegate`.
     */
    async delegate(reference: string, by: Deciding, to: string): Promise<RelationshipRequest> {
      const { request } = await change(
        (tx) => findRequestByReference(tx, reference),
        (found) => delegate(found, { by, to, at: now() }),
        { tenantId: by.tenantId, userId: by.userId, name: by.name },
      );
      return request;
    },

    /** @throws ServiceError `request-not-found`, and as `remind` does. */
    async remind(reference: string, by: Person): Promise<RelationshipRequest> {
      const { request } = await change(
        (tx) => findRequestByReference(tx, reference),
        (found) => remind(found, now()),
        by,
      );
      return request;
    },

    /** @throws ServiceError `request-not-found`, `already-decided`. */
    async withdraw(reference: string, by: Person): Promise<RelationshipRequest> {
      const { request } = await change(
        (tx) => findRequestByReference(tx, reference),
        (found) => withdraw(found, now()),
        by,
      );
      return request;
    },
  };
}
