import { AuthenticationHandler, Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { exchange, type Fetch } from '../login/exchange.ts';
import type { TokenSupply } from '../login/tokens.ts';

export type GraphOptions = Readonly<{
  /** Where requests go: the cloud's Graph, or an emulator on loopback. Origin without a trailing slash. */
  graphUrl: string;
  /** The cloud's own Graph origin. The client library sends tokens only to hosts it knows, so it is told this one. */
  cloudGraphUrl: string;
  /** Tokens of the app in the partner's tenant. */
  partnerTokens: TokenSupply;
  fetch?: Fetch;
  timeoutMs: number;
}>;

const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** The Graph client without its retries and redirects: when to come again is the caller's business. */
export function createGraphClient(options: GraphOptions): Client {
  const authentication = new AuthenticationHandler({ getAccessToken: () => options.partnerTokens.get() });
  authentication.setNext(lastHop(options));
  return Client.initWithMiddleware({
    baseUrl: `${options.cloudGraphUrl}/`,
    defaultVersion: 'v1.0',
    middleware: authentication,
  });
}

/** Sends what the client made, to where Graph really is. */
function lastHop({ graphUrl, cloudGraphUrl, partnerTokens, fetch, timeoutMs }: GraphOptions): Middleware {
  return {
    async execute(context: Context) {
      const address = String(context.request);
      if (!address.startsWith(`${cloudGraphUrl}/`)) throw new Error('a Graph request left its host');
      const { method, headers, body } = context.options ?? {};
      const request = {
        method: method === 'POST' ? 'POST' : 'GET',
        url: graphUrl + address.slice(cloudGraphUrl.length),
        headers: Object.fromEntries(new Headers(headers as Record<string, string>)),
        body: typeof body === 'string' ? body : undefined,
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      } as const;
      const reply = await exchange(request, fetch);
      if (reply.kind !== 'answered') throw new Error(`Graph did not answer: ${reply.reason}`);
      const { status, statusText, headers: replyHeaders, bytes } = reply;
      if (status === 401) partnerTokens.drop((request.headers.authorization ?? '').replace(/^Bearer /, ''));
      context.response = new Response(isBodiless(status) ? null : Buffer.from(bytes), {
        status,
        statusText,
        headers: replyHeaders,
      });
    },
  };
}

function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
