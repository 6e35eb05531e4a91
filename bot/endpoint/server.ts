import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { Log } from '../../services/log.ts';
import { createBodyReader, drain } from './body-reader.ts';
import { createMessagesRoute, type MessagesOptions } from './messages-route.ts';
import { createRateLimit } from './rate-limit.ts';
import { sendError, sendJson, setSecurityHeaders } from './replies.ts';
import { isLocal, sourceAddress } from './source-address.ts';

/** Whether the bot can do its work, part by part: `{ database: true, jobs: true }`, and why not where that is known. */
type Readiness = Readonly<{
  ready: boolean;
  checks: Readonly<Record<string, boolean>>;
  reasons?: Readonly<Record<string, string>>;
}>;

export type EndpointOptions = Pick<MessagesOptions, 'guard' | 'authentication' | 'onActivity' | 'onRefused'> &
  Readonly<{
    /** Judges a Partner Center event by its raw body and says with which status to answer. */
    onWebhook: (rawBody: Buffer, headers: IncomingHttpHeaders) => Promise<number>;
    ready: () => Promise<Readiness>;
    /** A prom-client registry, or anything that draws itself as Prometheus text. */
    metrics: Readonly<{ contentType: string; metrics(): Promise<string> }>;
    /** Answers everything below its prefix by itself; absent while there is no HTTP API. */
    api?: Readonly<{ handle: Handler }>;
    now: () => Date;
    log: Log;
    limits?: Partial<EndpointLimits>;
  }>;

/** Bounds of the front door. Times in milliseconds, sizes in bytes on the wire. */
type EndpointLimits = Readonly<typeof LIMITS>;

const LIMITS = {
  activityBytes: 256 * 1_024,
  webhookBytes: 64 * 1_024,
  /** From the connection (or the answer before) to the end of the headers. */
  headersMs: 5_000,
  /** From the end of the headers to the end of the body. */
  bodyMs: 5_000,
  keepAliveMs: 65_000,
  connections: 2_000,
  refusals: { burst: 1_000, perSecond: 100 },
  attempts: { burst: 2_000, perSecond: 500 },
};

/** The bot's one HTTP server. */
export interface Endpoint {
  /** Resolves with the address once connections are taken; port 0 picks a free one. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Takes no new requests, finishes those in progress, and hangs up on what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Routes = Readonly<Record<string, Readonly<{ method: 'GET' | 'POST'; handle: Handler }>>>;

/** What lies below this is the HTTP API's. */
const API_PREFIX = '/api/v1/';

/** Builds the server with its five routes and, where there is one, the HTTP API; everything else is a 404 or 405 before any router looks at the path. */
export function createServer(options: EndpointOptions): Endpoint {
  const limits = { ...LIMITS, ...options.limits };
  const routes = createRoutes(options, limits);
  const callApi = options.api && guarded(options.api.handle, options.log);
  const server = restify.createServer({ name: '', onceNext: true });
  const http = server.server;
  boundSockets(http, limits);

  let closing = false;
  let inProgress = 0;
  const hangUpWhenIdle = (): void => {
    if (closing && inProgress === 0) http.closeAllConnections();
  };

  server.pre((request, response, next) => {
    inProgress++;
    response.once('close', () => {
      inProgress--;
      hangUpWhenIdle();
    });
    setSecurityHeaders(response);
    if (closing) response.setHeader('connection', 'close');
    if (callApi && request.url?.startsWith(API_PREFIX)) {
      // It never rejects: what fails is logged and answered. restify would answer itself if it heard too early.
      void callApi(request, response).finally(() => next(false));
    } else next(isRouted(request, response, routes) ? undefined : false);
  });
  for (const [path, { method, handle }] of Object.entries(routes)) {
    const safely = guarded(handle, options.log);
    if (method === 'GET') server.get(path, safely);
    else server.post(path, safely);
  }

  return {
    async listen(port, host) {
      http.listen(port, host);
      await once(http, 'listening');
      const address = http.address();
      if (address === null || typeof address === 'string') throw new Error('not listening on a port');
      return address;
    },
    async close(graceMs) {
      closing = true;
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      const timer = setTimeout(() => http.closeAllConnections(), graceMs);
      hangUpWhenIdle();
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Puts bounds on connections, and hangs up where restify or Node would hold on or answer at length. */
function boundSockets(http: Server, limits: EndpointLimits): void {
  Object.assign(http, {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.headersMs + limits.bodyMs,
    connectionsCheckingInterval: 1_000, // an option of http.createServer that restify does not pass on
    keepAliveTimeout: limits.keepAliveMs,
    maxConnections: limits.connections,
  });
  // restify listens for upgrades and does nothing with them, which would leave such sockets open for good.
  http.on('upgrade', (_request, socket) => socket.destroy());
  // A thousand silent connections end in the same moment: writing each a farewell would hold everybody else up.
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' || !socket.writable) socket.destroy();
    else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', () => socket.destroy());
  });
}

/** Answers what has no route. Paths are compared as written, so that there is one way to write each. */
function isRouted(request: IncomingMessage, response: ServerResponse, routes: Routes): boolean {
  const path = request.url?.split('?', 1)[0] ?? '';
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route && route.method === request.method) return true;
  if (route) response.setHeader('allow', route.method);
  sendError(response, route ? 405 : 404);
  drain(request);
  return false;
}

function guarded(handle: Handler, log: Log): Handler {
  return async (request, response) => {
    try {
      await handle(request, response);
    } catch (error) {
      log.error('request failed', { error, reference: sendError(response, 500) });
    }
  };
}

function createRoutes(options: EndpointOptions, limits: EndpointLimits): Routes {
  const { now } = options;
  const attempts = createRateLimit({ ...limits.attempts, now });
  const refusals = createRateLimit({ ...limits.refusals, now });
  const bodies = createBodyReader({ maxBytes: limits.activityBytes, timeoutMs: limits.bodyMs });
  const events = createBodyReader({ maxBytes: limits.webhookBytes, timeoutMs: limits.bodyMs });

  return {
    '/api/messages': { method: 'POST', handle: createMessagesRoute({ ...options, bodies, attempts, refusals }) },
    '/api/partner-center/webhook': {
      method: 'POST',
      async handle(request, response) {
        const remoteAddress = request.socket.remoteAddress;
        if (!attempts.take(sourceAddress({ headers: request.headers, remoteAddress })))
          return reject(request, response, 429);
        const read = await events.read(request);
        if (read.kind === 'refuse') return reject(request, response, read.status);
        const status = await options.onWebhook(read.bytes, request.headers);
        if (status >= 400) sendError(response, status);
        else sendJson(response, status);
      },
    },
    '/health/live': {
      method: 'GET',
      handle: async (_request, response) => sendJson(response, 200, { status: 'live' }),
    },
    '/health/ready': {
      method: 'GET',
      async handle(_request, response) {
        const { ready, ...found } = await options.ready();
        sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not-ready', ...found });
      },
    },
    '/metrics': {
      method: 'GET',
      async handle(request, response) {
        if (!isLocal({ headers: request.headers, remoteAddress: request.socket.remoteAddress })) {
          sendError(response, 404);
          return;
        }
        const text = await options.metrics.metrics();
        response.setHeader('content-type', options.metrics.contentType);
        response.end(text);
      },
    },
  };
}

function reject(request: IncomingMessage, response: ServerResponse, status: number): void {
  sendError(response, status);
  drain(request);
}
