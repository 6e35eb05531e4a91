import { randomUUID } from 'node:crypto';
import { sharedControlRoutes } from '../control.ts';
import { createFaults, type Faults } from '../faults.ts';
import { type Answer, createEmulatorServer, jsonOf, type Received } from '../http.ts';
import { createJournal, type Journal } from '../journal.ts';
import type { Route } from '../routes.ts';
import type { Activity } from './activity.ts';
import { attachRoutes } from './attach-page.ts';
import { createChannel } from './channel.ts';
import { checkPayload, createConnector, type Intent, isRefusal, rateOf, readCall, refuse } from './connector.ts';
import type { Delivery } from './delivery.ts';
import { createPlayground, type Playground, type PlaygroundOptions } from './gateway.ts';
import { createRateCounter, type Limits, TEAMS_LIMITS } from './limits.ts';
import { createPeople } from './people.ts';
import { REFUSALS } from './refusal.ts';

export type { Activity } from './activity.ts';
export type { Delivery } from './delivery.ts';
export type { Playground, PlaygroundOptions } from './gateway.ts';
export { type Limits, utf16Bytes } from './limits.ts';
export type { Client } from './person.ts';

export type TeamsOptions = Readonly<{
  /** The bot's messaging endpoint; a function where the bot starts after Teams. */
  botUrl: string | (() => string);
  appId: string;
  signChannelToken: (serviceUrl: string) => Promise<string>;
  /** True for an `Authorization` header with a valid token of this bot. */
  verifyBotToken: (authorization: string | undefined) => Promise<boolean>;
  botName?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Replace {@link TEAMS_LIMITS}; `undefined` for a part switches it off. */
  limits?: Partial<Limits>;
  /** Shared with the other emulators; service name `teams`. */
  journal?: Journal;
  faults?: Faults;
  port?: number;
  /** First part of the service URL's path, as in `https://smba.trafficmanager.net/amer/`. */
  region?: string;
}>;

export type Teams = Awaited<ReturnType<typeof startTeams>>;

/** Starts a Teams channel on the loopback address: connector for the bot, clients for people. */
export async function startTeams(options: TeamsOptions) {
  const { now = Date.now, journal = createJournal({ now }), faults = createFaults(), region = 'amer' } = options;
  const limits: Limits = { ...TEAMS_LIMITS, ...options.limits };
  const clock = () => new Date(now());
  const rates = createRateCounter(clock);
  const channel = createChannel({
    ...options,
    botName: options.botName ?? 'Tarmac',
    now: clock,
    region,
    origin: () => server.origin(),
    answerMs: limits.answerMs,
  });
  const connector = createConnector(channel.state, channel.serviceUrl);

  const playgrounds: Playground[] = [];

  /** Of several Playgrounds in a tenant, the one whose person's own chat this is about; otherwise the first. */
  async function playgroundFor(tenantId: string | undefined, intent: Intent): Promise<Playground | undefined> {
    const [first, ...colleagues] = playgrounds.filter((one) => one.tenantId === tenantId);
    for (const colleague of colleagues) if (await colleague.isOwnChat(intent)) return colleague;
    return first;
  }

  /** `MS-CV` is what support asks for (Microsoft's notes on creating conversations). */
  const withVector = async (request: Received): Promise<Answer> => {
    const answer = await answerConnector(request);
    return { ...answer, headers: { ...answer.headers, 'ms-cv': randomUUID() } };
  };

  /** Token, tenant rate, syntax, payload, conversation rate: then the call acts. */
  async function answerConnector({ method, params, headers, ...request }: Received): Promise<Answer> {
    if (!(await options.verifyBotToken(headers.authorization))) return refuse(REFUSALS.unauthorized);
    const { tenant, conversation, what, item } = params;
    const busy = rates.take(`tenant ${tenant ?? 'any'}`, limits.tenant ?? []);
    if (busy) return refuse(busy);
    const parts = ['conversations', conversation, what, item].filter((part) => part !== undefined);
    const intent = readCall(method, parts, jsonOf({ method, params, headers, ...request }));
    if (isRefusal(intent)) return refuse(intent);
    const unfit = checkPayload(intent, limits);
    if (unfit) return refuse(unfit);
    const { key, windows, count } = rateOf(intent, limits);
    const fast = rates.take(key, windows, count);
    if (fast) return refuse(fast);
    const playground = await playgroundFor(
      tenant ?? (intent.kind === 'create' ? intent.body.tenantId : undefined),
      intent,
    );
    return playground ? playground.run(intent) : connector.run(intent, tenant);
  }

  const routes: Route[] = [
    ...sharedControlRoutes(journal, faults),
    ...connectorRoutes(withVector),
    { method: 'GET', path: '/files/:id', handle: ({ params }) => channel.files.download(params.id ?? '') },
    {
      method: 'PUT',
      path: '/uploads/:id',
      handle: (request) => channel.files.upload(request.params.id ?? '', request),
    },
    ...attachRoutes((chat) => playgrounds.find(({ name }) => name === chat)),
  ];
  const notFound = refuse(REFUSALS.noConversation);
  const server = createEmulatorServer({ service: 'teams', journal, faults, routes, notFound });
  await server.listen(options.port ?? 0);

  return {
    origin: server.origin(),
    serviceUrl: channel.serviceUrl,
    journal,
    faults,
    /** Teams' id of the bot. */
    botId: channel.bot.id,
    ...createPeople(channel, options.appId),
    /** Posts any activity to the bot; `null` as token sends none. */
    send: (activity: Activity, { token }: { token?: string | null } = {}): Promise<Delivery> =>
      channel.deliver(activity, token),
    /** Posts an activity once more: under its id as after 15 s without an answer, or under a new one as seen for invokes. */
    redeliver: channel.redeliver,
    /** Everything delivered to the bot so far, oldest first. */
    delivered: channel.sent,
    /** A file in somebody's OneDrive, by the id Teams gave it. */
    savedFile: channel.files.saved,
    /** Ends the life of a file's download link. */
    expireFile: channel.files.expire,
    /** Puts an Agents Playground behind this channel; its tenant is then all the Playground's. */
    attachPlayground(playground: PlaygroundOptions): Playground {
      const attached = createPlayground(channel, playground);
      playgrounds.push(attached);
      routes.push(...attached.routes);
      return attached;
    },
    close: server.close,
  };
}

/** With a regional service URL and with the global one ("Send proactive messages"). */
function connectorRoutes(handle: (request: Received) => Promise<Answer>): readonly Route[] {
  const bases = ['/teams/v3/conversations', '/:region/:tenant/v3/conversations'];
  const tails = ['', '/:conversation', '/:conversation/:what', '/:conversation/:what/:item'];
  const paths = bases.flatMap((base) => tails.map((tail) => base + tail));
  return ['GET', 'POST', 'PUT', 'DELETE'].flatMap((method) => paths.map((path) => ({ method, path, handle })));
}
