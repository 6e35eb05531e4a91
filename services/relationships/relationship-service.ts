import type { RoleReading } from '../access/directory-roles.ts';
import { record } from '../audit/audit.ts';
import type { Shown } from '../audit/shown.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import type { Person, RequestId, TenantId } from '../identity.ts';
import { createOutbox, messagesAbout, type Outbox, releaseWaiting } from '../messages/message-store.ts';
import { findPerson } from '../people/people-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { noteRoles, rolesNoted } from './approver-roles.ts';
import { delegate } from './delegation.ts';
import type { Mailer } from './ports.ts';
import { createPreparation, type PreparationPorts, type RequestWish } from './preparation.ts';
import {
  bind,
  type Deciding,
  type Decision,
  decide,
  expire,
  findApprover,
  isOpen,
  nextLookMs,
  observe,
  type RelationshipRequest,
  withdraw,
} from './relationship.ts';
import {
  countOpenRequests,
  findOpenRequest,
  findRequest,
  findRequestByReference,
  insertRequest,
  latestRequests,
  listRequests,
  replaceRequest,
  requestsForApprover,
} from './request-store.ts';

export type RelationshipPorts = PreparationPorts &
  Readonly<{
    db: Database;
    jobs: Jobs;
    customers: CustomerService;
    mailer: Mailer;
    now: () => Date;
    newId: () => string;
    /** At least 128 random bits, URL-safe. */
    newReference: () => string;
  }>;

/** A change of state, by whom, and what they had read when they made it. */
type Followed = Readonly<{ before: RelationshipRequest; after: RelationshipRequest; by?: Person; shown?: Shown }>;

const MAX_ATTEMPTS = 5;

/** Relationship requests from the first word to Microsoft's confirmation. */
export function createRelationshipService(ports: RelationshipPorts) {
  const { db, jobs, now } = ports;
  const prepare = createPreparation(ports);

  /** Applies a rule to a request and stores the outcome with its audit row and messages; first writer wins. */
  async function change(
    find: (tx: Transaction) => Promise<RelationshipRequest | undefined>,
    rule: (request: RelationshipRequest) => RelationshipRequest,
    by?: Person,
    shown?: Shown,
  ): Promise<{ request: RelationshipRequest; changed: boolean }> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const outcome = await db.transaction(async (tx) => {
        const before = await find(tx);
        if (!before) throw new ServiceError('request-not-found', 'no such request');
        const after = rule(before);
        if (after === before) return { request: before, changed: false };
        if ((await replaceRequest(tx, before, after)) === 'conflict') return undefined;
        if (after.state !== before.state) await follow(tx, { before, after, by, shown });
        else if (after.approvers.length > before.approvers.length) await askToo(tx, { before, after, by });
        else if (rolesNoted(before, after)) await tellRoles(tx, { before, after, by });
        return { request: { ...after, version: before.version + 1 }, changed: true };
      });
      if (outcome) return outcome;
    }
    throw new Error('the request kept changing');
  }

  /** Everything a new state brings with it, in the transaction of the change. */
  async function follow(tx: Transaction, { before, after, by, shown }: Followed): Promise<void> {
    await record(tx, {
      at: now(),
      actor: by,
      action: `request.${after.state}`,
      subject: { kind: 'request', id: after.id },
      customerTenantId: after.customer.tenantId,
      details: {
        from: before.state,
        link: after.link,
        reason: after.decision?.reason,
        shown,
        ...(!before.decision && { roles: after.decision?.roles }),
      },
    });
    const outbox = createOutbox(tx, jobs, ports.newId);
    await outbox.redraw({ kind: 'request', id: after.id });
    await tell(outbox, before, after);
    if (after.state === 'approved') await lookAgain(tx, after);
  }

  /** An approver named colleagues: they get the question, too, and the rep sees whom it went to. */
  async function askToo(tx: Transaction, { before, after, by }: Followed): Promise<void> {
    const added = after.approvers.slice(before.approvers.length).map(({ signInName }) => signInName);
    await record(tx, {
      at: now(),
      actor: by,
      action: 'request.delegated',
      subject: { kind: 'request', id: after.id },
      customerTenantId: after.customer.tenantId,
      details: { to: added, link: after.link },
    });
    const outbox = createOutbox(tx, jobs, ports.newId);
    const subject = { kind: 'request', id: after.id } as const;
    for (const signInName of added) {
      await outbox.want(subject, 'request.approver', { kind: 'person', tenantId: after.customer.tenantId, signInName });
    }
    await outbox.redraw(subject);
  }

  /** An approver signed in: everybody who sees the request sees what Entra says about them. */
  async function tellRoles(tx: Transaction, { before, after, by }: Followed): Promise<void> {
    const noted = after.approvers.find(({ roles }, position) => roles !== before.approvers[position]?.roles);
    await record(tx, {
      at: now(),
      actor: by,
      action: 'request.roles-read',
      subject: { kind: 'request', id: after.id },
      customerTenantId: after.customer.tenantId,
      details: { roles: noted?.roles },
    });
    await createOutbox(tx, jobs, ports.newId).redraw({ kind: 'request', id: after.id });
  }

  /** Cards follow every state; a notice is sent only where somebody waits for the news. */
  async function tell(outbox: Outbox, before: RelationshipRequest, after: RelationshipRequest): Promise<void> {
    const subject = { kind: 'request', id: after.id } as const;
    if (['active', 'declined', 'expired', 'ended'].includes(after.state)) {
      await outbox.want(subject, 'request.notice-rep', { kind: 'person', ...addressee(after.requestedBy) });
    }
    const decidedBy = after.decision?.by;
    if (after.state === 'active' && before.state === 'approved' && decidedBy) {
      await outbox.want(subject, 'request.notice-approver', { kind: 'person', ...addressee(decidedBy) });
    }
  }

  async function lookAgain(tx: Transaction, request: RelationshipRequest): Promise<void> {
    const ms = nextLookMs(request, now());
    if (ms === undefined) return;
    // On a grid, so that looks that begin apart (a press, a webhook) meet at the same one instead of multiplying.
    const gridMs = 1_000 * 2 ** Math.floor(Math.log2(Math.max(ms / 2_000, 1)));
    await enqueueLook(tx, request.id, new Date(Math.ceil((now().getTime() + ms) / gridMs) * gridMs));
  }

  /** Looks are told apart by when they are due: enqueueing the same one twice is harmless. */
  async function enqueueLook(tx: Transaction, id: RequestId, startAt = now()): Promise<void> {
    await jobs.enqueue(tx, [{ queue: 'relationship', id, step: startAt.getTime(), startAt }]);
  }

  return {
    prepare,

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
        await record(tx, {
          at: now(),
          actor: by,
          action: 'request.sent',
          subject: { kind: 'request', id: request.id },
          customerTenantId: request.customer.tenantId,
          details: { link: request.link, route: request.route, approvers: prepared.approvers, note: request.note },
        });
        const outbox = createOutbox(tx, jobs, ports.newId);
        const subject = { kind: 'request', id: request.id } as const;
        await outbox.want(subject, 'request.rep', { kind: 'person', ...addressee(by) });
        for (const { signInName } of request.approvers) {
          const recipient = { kind: 'person', tenantId: request.customer.tenantId, signInName } as const;
          await outbox.want(subject, 'request.approver', recipient);
        }
        await lookAgain(tx, request);
      });
      return request;
    },

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
      const { request } = await change(
        (tx) => findRequestByReference(tx, reference),
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

    /** @throws ServiceError `request-not-found`, `already-decided`. */
    async withdraw(reference: string, by: Person): Promise<RelationshipRequest> {
      const { request } = await change(
        (tx) => findRequestByReference(tx, reference),
        (found) => withdraw(found, now()),
        by,
      );
      return request;
    },

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
    list: (limit: number, offset = 0) => listRequests(db, limit, offset),
    countOpen: () => countOpenRequests(db),
    latestOf: (customers: readonly TenantId[]) => latestRequests(db, customers),

    /** How each approver's copy of the card fares. */
    deliveries: (id: RequestId) => messagesAbout(db, { kind: 'request', id }),

    /** Asks Partner Center now, because somebody says they accepted. */
    async checkNow(reference: string, viewer: Deciding): Promise<RelationshipRequest> {
      const request = await this.see(reference, viewer);
      return (await this.look(request.id)) ?? request;
    },

    /**
     * One look at Partner Center for an open request, and the date of the next one. Safe to run any number of times.
     *
     * @throws ServiceError `partner-center-…`; the job is then tried again.
     */
    async look(id: string): Promise<RelationshipRequest | undefined> {
      const known = await findRequest(db, id as RequestId);
      if (!known || !isOpen(known.state)) return known;
      const isReseller = (await ports.customers.checkRelationship(known.customer.tenantId)) !== undefined;
      const { request, changed } = await change(
        (tx) => findRequest(tx, known.id),
        (found) => observe(found, { isReseller, at: now() }),
      );
      if (!changed) await db.transaction((tx) => lookAgain(tx, request));
      return request;
    },

    /** A hint, from Partner Center's webhook, that this customer accepted: looked up at once, never believed. */
    async hint(customer: TenantId): Promise<void> {
      const open = await findOpenRequest(db, customer);
      if (!open) return;
      await db.transaction((tx) => enqueueLook(tx, open.id));
    },

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
        record(tx, {
          at: now(),
          actor: by,
          action: 'request.mailed',
          subject: { kind: 'request', id: request.id },
          customerTenantId: request.customer.tenantId,
          details: { to: missing },
        }),
      );
      return missing;
    },
  };
}

export type RelationshipService = ReturnType<typeof createRelationshipService>;

function addressee(person: Person) {
  return { tenantId: person.tenantId, userId: person.userId };
}
