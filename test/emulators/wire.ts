import type { ServerResponse } from 'node:http';
import type { Answer } from './http.ts';

/** Writes an answer, unless the other side has gone. */
export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const { bytes, headers } = encoded(answer);
  response.writeHead(answer.status, answer.status === 204 ? headers : { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}

/** Promises the whole answer, sends `count` bytes of it and cuts the connection. */
export function sendPart(response: ServerResponse, answer: Answer, count: number): void {
  const { bytes, headers } = encoded(answer);
  const promised = Math.max(bytes.length, count + 1);
  response.writeHead(answer.status, { ...headers, 'content-length': promised });
  response.write(bytes.subarray(0, count), () => cut(response));
  response.flushHeaders();
}

/** Resets the connection. */
export function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function encoded({ body, headers }: Answer): { bytes: Buffer; headers: Record<string, string> } {
  if (body === undefined) return { bytes: Buffer.alloc(0), headers: { ...headers } };
  if (typeof body === 'string' || body instanceof Uint8Array)
    return { bytes: Buffer.from(body), headers: { ...headers } };
  const bytes = Buffer.from(JSON.stringify(body));
  return { bytes, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } };
}
