import { type ClientRequest, createServer, request as httpRequest, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBodyReader, drain } from '../../../bot/endpoint/body-reader.ts';
import { listen, stop } from './front-door.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  const reader = createBodyReader({ maxBytes: 1_000, timeoutMs: 300, maxHeldBytes: 1_500 });
  server = createServer(async (request, response) => {
    const read = await reader.read(request);
    response.statusCode = read.kind === 'body' ? 200 : read.status;
    response.end(read.kind === 'body' ? read.bytes : read.reason);
    drain(request);
  });
  url = `http://127.0.0.1:${(await listen(server)).port}`;
});

afterAll(() => stop(server));

/** A chunked request: nothing announces its length. */
function begin(): { sent: ClientRequest; answer: Promise<string> } {
  const sent = httpRequest(url, { method: 'POST' });
  const answer = new Promise<string>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    });
  });
  return { sent, answer };
}

async function sendWhole(body: string): Promise<string> {
  const { sent, answer } = begin();
  sent.flushHeaders(); // or Node would announce the length after all
  sent.end(body);
  return answer;
}

describe('the body reader', () => {
  it('counts what arrives, whatever was announced', async () => {
    expect(await sendWhole('x'.repeat(1_000))).toBe(`200 ${'x'.repeat(1_000)}`);
    expect(await sendWhole('x'.repeat(1_001))).toBe('413 too-large');
  });

  it('does not wait for the end of a body that does not come', async () => {
    const { sent, answer } = begin();
    sent.write('x');
    expect(await answer).toBe('408 too-slow');
    sent.destroy();
  });

  it('holds only so much of unfinished bodies at once, and has room again afterwards', async () => {
    const { sent, answer } = begin();
    sent.write('x'.repeat(900));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await sendWhole('y'.repeat(900))).toBe('429 too-many');
    sent.end();
    expect(await answer).toBe(`200 ${'x'.repeat(900)}`);
    for (let i = 0; i < 5; i++) expect(await sendWhole('z'.repeat(900))).toMatch(/^200 /);
  });
});
