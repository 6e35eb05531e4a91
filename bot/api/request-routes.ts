import { z } from 'zod';
import { deliveryOf } from '../../dialogs/request-views.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Person, RequestId } from '../../services/identity.ts';
import type { Message } from '../../services/messages/message.ts';
import { expire, type RelationshipRequest } from '../../services/relationships/relationship.ts';
import type { RelationshipService } from '../../services/relationships/relationship-service.ts';
import { acting, looking, page, type Route } from './route.ts';
import { checkedWishShape, nothingShape, paging, requestShape, requestsPage, wishShape } from './shapes.ts';

export type RequestRouteParts = Readonly<{
  relationships: RelationshipService;
  sellsThroughDistributor: boolean;
  now: () => Date;
}>;

/** Asking for relationships and following them. Answering is for the customer's people, in Teams: there is no route to it. */
export function requestRoutes({ relationships, sellsThroughDistributor, now }: RequestRouteParts): readonly Route[] {
  const none = z.strictObject({});

  async function find(id: string): Promise<RelationshipRequest> {
    const request = await relationships.find(id as RequestId);
    if (!request) throw new ServiceError('request-not-found', `no request ${id}`);
    return expire(request, now());
  }

  async function shapeOf(request: RelationshipRequest) {
    return requestOf(request, await relationships.deliveries(request.id));
  }

  function wishOf({ customer, approvers, note, route = 'direct' }: z.output<typeof wishShape>) {
    const way = sellsThroughDistributor ? route : 'direct';
    return { customer, approvers: approvers.join(', '), note, route: way } as const;
  }

  return [
    looking({
      method: 'GET',
      path: '/requests',
      name: 'listRequests',
      summary: 'Relationship requests, open ones first',
      audience: 'reader',
      query: paging,
      answer: requestsPage,
      async run({ query: { limit, offset } }) {
        const { requests: found } = await relationships.list({ limit: limit + 1, offset });
        return page(await Promise.all(found.map((request) => shapeOf(expire(request, now())))), { limit, offset });
      },
    }),
    looking({
      method: 'GET',
      path: '/requests/{id}',
      name: 'readRequest',
      summary: 'Where a request stands',
      audience: 'reader',
      query: none,
      answer: requestShape,
      run: async ({ id }) => shapeOf(await find(id)),
    }),
    acting({
      method: 'POST',
      path: '/requests/check',
      name: 'checkRequest',
      summary: 'Checks a request as sending it would, and shows what would be sent',
      status: 200,
      isSafe: true,
      query: none,
      body: wishShape,
      answer: checkedWishShape,
      async run({ body }) {
        const { customer, approvers, foreignApprovers, route, link, expiresAt } = await relationships.prepare(
          wishOf(body),
        );
        return {
          customer,
          approvers: [...approvers],
          foreignApprovers: [...foreignApprovers],
          route,
          link,
          expiresAt: expiresAt.toISOString(),
        };
      },
    }),
    acting({
      method: 'POST',
      path: '/requests',
      name: 'sendRequest',
      summary: 'Sends a relationship request to its approvers',
      status: 201,
      freshly: true,
      query: none,
      body: wishShape,
      answer: requestShape,
      run: async ({ body, by }) => shapeOf(await relationships.send(wishOf(body), personOf(by))),
    }),
    acting({
      method: 'POST',
      path: '/requests/{id}/withdraw',
      name: 'withdrawRequest',
      summary: 'Takes an open request back',
      status: 200,
      freshly: true,
      query: none,
      body: nothingShape,
      answer: requestShape,
      run: async ({ id, by }) => shapeOf(await relationships.withdraw((await find(id)).reference, personOf(by))),
    }),
  ];
}

/** Without the sign-in name: what is stored of a person is who they are. */
export function personOf({ tenantId, userId, name, via }: Person): Person {
  return { tenantId, userId, name, via };
}

/** The reference stays inside: whoever knows it could press the approver's buttons, were they that approver. */
function requestOf(request: RelationshipRequest, messages: readonly Message[]): z.input<typeof requestShape> {
  const { id, customer, route, state, note, requestedBy, approvers, decision, createdAt, expiresAt, activeAt } =
    request;
  return {
    id,
    customer,
    route,
    state,
    note,
    requestedBy: somebody(requestedBy),
    approvers: approvers.map(({ signInName, name }) => ({
      signInName,
      name,
      delivery: deliveryOf(request, signInName, messages),
    })),
    decision: decision && { ...decision, by: somebody(decision.by), at: decision.at.toISOString() },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    activeAt: activeAt?.toISOString(),
  };
}

/** Somebody, as others are told of them. */
export function somebody({ name, userId }: Person) {
  return { name, userId };
}
