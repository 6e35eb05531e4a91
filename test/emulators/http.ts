import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultEffect, Faults } from './faults.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { matchRoute, type Route } from './routes.ts';

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

type Turn = Readonly<{
  entry: JournalEntry;
  journal: Journal;
  response: ServerResponse;
  act: () => Promise<Answer>;
}>;

async function suffer(fault: FaultEffect, { entry, journal, response, act }: Turn): Promise<void> {
  const note = `fault: ${fault.kind}`;
  switch (fault.kind) {
    case 'status':
      journal.end(entry, fault.status, note);
      return send(response, fault);
    case 'garbage':
      journal.end(entry, 200, note);
      return send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: fault.text });
    case 'reset':
      journal.end(entry, 0, note);
      return cut(response);
    case 'resetAfterEffect': {
      const answer = await act();
      journal.end(entry, 0, joined(note, answer));
      return cut(response);
    }
    case 'truncate': {
      const answer = await act();
      journal.end(entry, 0, joined(note, answer));
      return sendPart(response, answer, fault.bytes);
    }
    case 'stall': {
      const answer = fault.acts ? await act() : undefined;
      return journal.end(entry, 0, joined(note, answer));
    }
    case 'delay': {
      if (fault.when === 'before-acting') await sleep(fault.delayMs, undefined, { ref: false });
      const answer = await act();
      journal.end(entry, answer.status, joined(note, answer));
      if (fault.when === 'after-acting') await sleep(fault.delayMs, undefined, { ref: false });
      return send(response, answer);
    }
  }
}

function joined(note: string, answer: Answer | undefined): string {
  return answer ? `${note}; acted: ${answer.status}${answer.effect ? ` ${answer.effect}` : ''}` : note;
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

function encoded({ body, headers }: Answer): { bytes: Buffer; headers: Record<string, string> } {
  if (body === undefined) return { bytes: Buffer.alloc(0), headers: { ...headers } };
  if (typeof body === 'string' || body instanceof Uint8Array)
    return { bytes: Buffer.from(body), headers: { ...headers } };
  const bytes = Buffer.from(JSON.stringify(body));
  return { bytes, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } };
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const { bytes, headers } = encoded(answer);
  response.writeHead(answer.status, answer.status === 204 ? headers : { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}

function sendPart(response: ServerResponse, answer: Answer, count: number): void {
  const { bytes, headers } = encoded(answer);
  const promised = Math.max(bytes.length, count + 1);
  response.writeHead(answer.status, { ...headers, 'content-length': promised });
  response.write(bytes.subarray(0, count), () => cut(response));
  response.flushHeaders();
}

function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** A bug of the emulator, not a scripted answer: says so, so that a test does not mistake it for upstream behaviour. */
function fail(response: ServerResponse, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`emulator: ${text}`);
  if (!response.headersSent) send(response, { status: 599, headers: { 'content-type': 'text/plain' }, body: text });
}
