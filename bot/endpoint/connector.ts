import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { ConnectorClient, ConnectorFactory, type ServiceClientCredentialsFactory } from 'botframework-connector';
import { z } from 'zod';
import type { AllowedHosts } from './hosts.ts';

/** Longest we wait for the connector, answer read to the end, in milliseconds. */
const CONNECTOR_TIMEOUT_MS = 10_000;
/**
 * Longest a connection is kept for the next call, in milliseconds. A server that closes an idle one, the most impatient
 * after five seconds, may do so while our next post is on its way there, and such a post counts as one that may have arrived.
 */
const IDLE_CONNECTION_MS = 3_000;

export type ConnectorOptions = Readonly<{
  appId: string;
  serviceHosts: AllowedHosts;
  credentials: ServiceClientCredentialsFactory;
  timeoutMs?: number;
  idleMs?: number;
}>;

/** What we change in the client's pipeline, and what its requests must offer for it. */
type Pipeline = Readonly<{
  removePolicy(policy: { name: string }): unknown;
  addPolicy(policy: { name: string; sendRequest: SendRequest }): void;
}>;
type PipelineRequest = { readonly url: string; abortSignal?: AbortSignal; agent?: PlainAgent | SecureAgent };
type SendRequest = (request: PipelineRequest, next: (request: PipelineRequest) => Promise<unknown>) => Promise<unknown>;

/**
 * Makes the clients that talk to Teams.
 *
 * They follow no redirect (it would carry the token to a host somebody else names), repeat nothing by themselves (a
 * create whose answer was lost may have happened; whether to send again is the sender's decision) and give up in time.
 */
export class TeamsConnectorFactory extends ConnectorFactory {
  readonly #options: ConnectorOptions;
  readonly #agents: Agents;

  constructor(options: ConnectorOptions) {
    super();
    this.#options = options;
    const idle = { keepAlive: true, timeout: options.idleMs ?? IDLE_CONNECTION_MS };
    this.#agents = { 'http:': new PlainAgent(idle), 'https:': new SecureAgent(idle) };
  }

  /** True for addresses on a connector host. */
  admits(serviceUrl: string): boolean {
    return this.#options.serviceHosts.admit(serviceUrl) !== undefined;
  }

  /** @throws Error when the service URL is not on a connector host; stored URLs are checked here as well. */
  async create(serviceUrl: string): Promise<ConnectorClient> {
    const { appId, credentials, timeoutMs = CONNECTOR_TIMEOUT_MS } = this.#options;
    if (!this.admits(serviceUrl)) throw new Error('the service URL is not on a connector host');
    const signer = await credentials.createCredentials(appId, undefined, '', true);
    const client = new ConnectorClient(signer, { baseUri: serviceUrl });
    harden(pipelineOf(client), timeoutMs, this.#agents);
    return client;
  }
}

type Agents = Readonly<Record<string, PlainAgent | SecureAgent>>;

function harden(pipeline: Pipeline, timeoutMs: number, agents: Agents): void {
  pipeline.removePolicy({ name: 'redirectPolicy' });
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy({
    name: 'tarmacLimits',
    sendRequest(request, next) {
      request.abortSignal = AbortSignal.timeout(timeoutMs);
      request.agent = agents[new URL(request.url).protocol];
      return next(request);
    },
  });
}

const CLIENT = z.object({
  client: z.object({
    pipeline: z.custom<Pipeline>(
      (value) => z.object({ removePolicy: z.function(), addPolicy: z.function() }).safeParse(value).success,
    ),
  }),
});

/**
 * The pipeline is a private member with no option leading to it. Should another version keep it elsewhere, parsing fails
 * and nothing is sent.
 */
function pipelineOf(client: ConnectorClient): Pipeline {
  return CLIENT.parse({ client: Reflect.get(client, 'client') }).client.pipeline;
}
