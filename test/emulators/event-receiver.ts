import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An event that came in with a signature that holds. */
type Received = Readonly<{ id: string; type: string; timestamp: string; data: Record<string, unknown> }>;

/** Longest difference of clocks a receiver of Standard Webhooks allows, in seconds. */
const TOLERANCE_S = 300;

/**
 * A ticket system that takes events: verifies as the libraries of Standard Webhooks do (id, timestamp, any of the listed
 * `v1` signatures, within five minutes), independently of the code that signs.
 */
export async function startEventReceiver(secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const events: Received[] = [];
  const refused: string[] = [];
  /** What the next calls are answered with, before it is 204 again; `hang` never answers. */
  const script: (number | 'hang')[] = [];

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const id = String(request.headers['webhook-id'] ?? '');
    const timestamp = String(request.headers['webhook-timestamp'] ?? '');
    if (!holds(key, { id, timestamp, body, listed: String(request.headers['webhook-signature'] ?? '') })) {
      refused.push(body);
      response.statusCode = 401; // not writeHead: restify, where it is loaded, changes what that returns
      response.end();
      return;
    }
    const next = script.shift() ?? 204;
    events.push({ id, ...JSON.parse(body) });
    if (next === 'hang') return;
    response.statusCode = next;
    if (next >= 300 && next < 400) response.setHeader('location', '/elsewhere');
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/tarmac`,
    events,
    refused,
    script,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Signed = Readonly<{ id: string; timestamp: string; body: string; listed: string }>;

function holds(key: Buffer, { id, timestamp, body, listed }: Signed): boolean {
  if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERANCE_S) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return listed.split(' ').some((one) => {
    const [version, signature = ''] = one.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
