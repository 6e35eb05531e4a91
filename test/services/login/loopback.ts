import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = Readonly<{
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  form: URLSearchParams;
}>;
export type Reply = Readonly<{
  status?: number;
  statusText?: string;
  headers?: Record<string, string>;
  body?: unknown;
}>;
/** Answers one request; `undefined` means that the handler wrote to `raw` itself. */
export type Answerer = (seen: Seen, raw: ServerResponse) => Reply | undefined | Promise<Reply | undefined>;

/** A server on loopback that answers as told and remembers what it was asked. */
export async function startLoopback(answer: Answerer) {
  const seen: Seen[] = [];
  const control = { answer };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, headers, body, form: new URLSearchParams(body) };
    seen.push(asked);
    const reply = await control.answer(asked, response);
    if (reply) write(response, reply);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    /** Answers differently from now on. */
    answerWith(next: Answerer): void {
      control.answer = next;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function write(response: ServerResponse, { status = 200, statusText, headers = {}, body }: Reply): void {
  const type: Record<string, string> = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
  const text = typeof body === 'object' && !Buffer.isBuffer(body) ? JSON.stringify(body) : body;
  response.writeHead(status, statusText, { ...type, ...headers });
  response.end(text as string | Buffer | undefined);
}

/** An address on which nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = await startLoopback(() => ({}));
  await server.close();
  return server.url;
}
