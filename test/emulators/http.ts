import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from './faults.ts';
import { suffer } from './faulty-turn.ts';
import type { Journal } from './journal.ts';
import { matchRoute, type Route } from './routes.ts';
import { send } from './wire.ts';

/** A request as a route sees it. */
export type Received = Readonly<{
  method: string;
  url: URL;
  /** Named parts of the route's path, percent-decoded. */
  params: Readonly<Record<string, string>>;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}>;

/** Text and bytes leave as they are, anything else as JSON. `effect` goes to the journal only. */
export type Answer = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  effect?: string;
}>;

export type EmulatorServer = Readonly<{
  /** Listens on the loopback address; port 0 takes a free one. Returns the origin. */
  listen(port?: number): Promise<string>;
  /** The origin, once listening. */
  origin(): string;
  close(): Promise<void>;
}>;

/** Paths that steer an emulator rather than play the upstream: neither journalled nor subject to faults. */
export const CONTROL = '/_control/';

/** Starts nothing yet: an HTTP server for one emulated service. */
export function createEmulatorServer(parts: {
  service: string;
  journal: Journal;
  faults: Faults;
  routes: readonly Route[];
  /** The answer when no route fits. */
  notFound?: Answer;
}): EmulatorServer {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => fail(response, error));
  });
  let origin = '';
  return {
    async listen(port = 0) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return origin;
    },
    origin: () => origin,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The body as JSON; `undefined` when it is none, which no schema of ours accepts. */
export function jsonOf(request: Received): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

type Parts = Parameters<typeof createEmulatorServer>[0];

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { service, journal, faults } = parts;
  const received = await receive(request);
  const path = received.url.pathname;
  const act = () => answerTo(parts, received);
  if (path.startsWith(CONTROL)) return send(response, await act());

  const query = Object.fromEntries(received.url.searchParams);
  const { method, headers, body } = received;
  const entry = journal.begin({ service, method, path, query, headers, body });
  const fault = faults.take(service, received.method, path);
  if (fault) return suffer(fault, { entry, journal, response, act });
  const answer = await act();
  journal.end(entry, answer.status, answer.effect);
  send(response, answer);
}

async function answerTo({ routes, notFound }: Parts, received: Received): Promise<Answer> {
  const found = matchRoute(routes, received.method, received.url.pathname);
  if (!found) return notFound ?? { status: 404 };
  return found.route.handle({ ...received, params: found.params });
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const url = new URL(request.url ?? '/', 'http://emulator.invalid');
  return { method: request.method ?? 'GET', url, params: {}, headers, body: Buffer.concat(chunks) };
}

/** A bug of the emulator, not a scripted answer: says so, so that a test does not mistake it for upstream behaviour. */
function fail(response: ServerResponse, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`emulator: ${text}`);
  if (!response.headersSent) send(response, { status: 599, headers: { 'content-type': 'text/plain' }, body: text });
}
