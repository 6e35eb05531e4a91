import { z } from 'zod';
import { consentRoutes } from './consent-page.ts';
import type { Faults } from './faults.ts';
import { type Answer, CONTROL, createEmulatorServer, jsonOf, type Received } from './http.ts';
import type { Journal } from './journal.ts';
import type { LoginEmulator } from './login.ts';
import { auditRoutes } from './partner-center/audit.ts';
import { batchRoutes } from './partner-center/batches.ts';
import { BehaviourChangeSchema, defaultBehaviour } from './partner-center/behaviour.ts';
import type { Context } from './partner-center/context.ts';
import { customerRoutes, endRelationship } from './partner-center/customers.ts';
import { createEventSender } from './partner-center/events.ts';
import { jobStatusRoutes } from './partner-center/job-status.ts';
import { policyRoutes } from './partner-center/policies.ts';
import { type RelationshipRoute, relationshipRoutes, startRelationship } from './partner-center/relationships.ts';
import { emptyState, type KnownTenant, StateSchema } from './partner-center/state.ts';
import { uploadRoutes } from './partner-center/uploads.ts';
import { announceAcceptance, webhookRoutes } from './partner-center/webhooks.ts';
import type { Route } from './routes.ts';
import { DEFAULT_WORLD, type World } from './world.ts';

export type PartnerCenterParts = Readonly<{
  journal: Journal;
  faults: Faults;
  login: Pick<LoginEmulator, 'verify'>;
  world?: World;
  now?: () => number;
  routes?: readonly Route[];
}>;

const SnapshotSchema = z.object({ state: StateSchema, signing: z.unknown().optional() });

/** Partner Center's REST API, its events and the customer's consent page in one server. */
export function createPartnerCenterEmulator(parts: PartnerCenterParts) {
  const { journal, faults, login, world = DEFAULT_WORLD, now = Date.now, routes = [] } = parts;
  const context: Context = {
    world,
    behaviour: defaultBehaviour(),
    state: emptyState(world.customers),
    now: () => now() + context.state.advancedMs,
    origin: () => server.origin(),
    verify: (authorization) => login.verify(authorization),
  };
  const sender = createEventSender({ context, journal });

  /** As the customer's administrator does on the consent page; `false` when the relationship exists or nobody knows the tenant. */
  function accept(customerId: string, route: RelationshipRoute = 'direct'): boolean {
    if (!context.state.tenants.some(({ tenantId }) => tenantId === customerId)) return false;
    const auditId = startRelationship(context, customerId, route);
    if (auditId === undefined) return false;
    announceAcceptance(context, sender, { customerId, route, auditId });
    return true;
  }

  const advance = (ms: number): void => {
    context.state.advancedMs += ms;
  };
  const end = (customerId: string): boolean => endRelationship(context, customerId);

  const server = createEmulatorServer({
    service: 'partner-center',
    journal,
    faults,
    routes: [
      ...relationshipRoutes(context),
      ...customerRoutes(context),
      ...uploadRoutes(context),
      ...batchRoutes(context),
      ...jobStatusRoutes(context),
      ...policyRoutes(context),
      ...webhookRoutes(context, sender),
      ...auditRoutes(context),
      ...consentRoutes(context, accept),
      ...controlRoutes({ context, accept, end, advance }),
      ...routes,
    ],
    // An unknown path. (inferred)
    notFound: { status: 404, body: { code: '1000', description: 'The resource was not found.', data: [] } },
  });

  return {
    ...server,
    behaviour: context.behaviour,
    accept,
    /** As if the partner, or Microsoft, had ended it. `false` when there was none. */
    endRelationship: end,
    /** Moves this emulator's clock ahead, for jobs and lags. */
    advance,
    now: () => context.now(),
    /** Counters and everything else it remembers; read only. */
    state: () => context.state,
    /** A tenant that may accept from now on. */
    addTenant(tenant: KnownTenant): void {
      context.state.tenants.push(tenant);
    },
    rootPem: sender.rootPem,
    /** Resolves when no event is being delivered. */
    eventsIdle: sender.idle,
    snapshot: async (): Promise<unknown> => structuredClone({ state: context.state, signing: await sender.snapshot() }),
    /** @throws ZodError when `json` is no snapshot of this emulator. */
    restore(json: unknown): void {
      const { state, signing } = SnapshotSchema.parse(json);
      context.state = state;
      sender.restore(signing);
    },
    async close() {
      await sender.stop();
      await server.close();
    },
  };
}

type Levers = Readonly<{
  context: Context;
  accept: (customerId: string, route?: RelationshipRoute) => boolean;
  end: (customerId: string) => boolean;
  advance: (ms: number) => void;
}>;

const AcceptSchema = z.object({ tenantId: z.string(), route: z.enum(['direct', 'through-distributor']).optional() });
const AdvanceSchema = z.object({ ms: z.number() });

/** For other processes: what tests in this process call directly. */
function controlRoutes({ context, accept, end, advance }: Levers): Route[] {
  return [
    control('accept', AcceptSchema, ({ tenantId, route }) => ({ changed: accept(tenantId, route) })),
    control('end-relationship', AcceptSchema, ({ tenantId }) => ({ changed: end(tenantId) })),
    control('advance', AdvanceSchema, ({ ms }) => {
      advance(ms);
      return { advancedMs: context.state.advancedMs };
    }),
    control('behaviour', BehaviourChangeSchema, (change) => Object.assign(context.behaviour, change)),
    { method: 'GET', path: `${CONTROL}state`, handle: () => ({ status: 200, body: context.state }) },
  ];
}

function control<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  act: (wish: z.output<Schema>) => object,
): Route {
  return {
    method: 'POST',
    path: `${CONTROL}${name}`,
    handle(request: Received): Answer {
      const wish = schema.safeParse(jsonOf(request));
      if (!wish.success) return { status: 400, body: { error: wish.error.message } };
      return { status: 200, body: act(wish.data) };
    },
  };
}
