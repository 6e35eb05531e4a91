import { once } from 'node:events';
import { connect } from 'node:net';
import type { TurnContext } from 'botbuilder';
import { Counter, Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  anActivity,
  aSigningKey,
  claimsAt,
  type Door,
  type DoorOptions,
  type KeyHost,
  post,
  type SigningKey,
  send,
  sign,
  startDoor,
  startKeyHost,
} from './front-door.ts';

let key: SigningKey;
let keyHost: KeyHost;
let door: Door | undefined;

beforeAll(async () => {
  key = await aSigningKey('c1');
  keyHost = await startKeyHost([key.publicJwk]);
});

afterEach(async () => {
  await door?.close(0);
  door = undefined;
  vi.restoreAllMocks();
});

afterAll(() => keyHost.close());

async function open(options: Omit<DoorOptions, 'keysFrom'> = {}): Promise<Door> {
  door = await startDoor({ keysFrom: keyHost.url, ...options });
  return door;
}

const goodToken = async (): Promise<string> => `Bearer ${await sign(key, claimsAt(new Date()))}`;
const fixedBody = { error: expect.stringMatching(/^[a-z-]+$/), reference: expect.stringMatching(/^[0-9a-f]{12}$/) };

describe('the routes', () => {
  it('say that the process lives and whether it is ready', async () => {
    let ready = true;
    const { url } = await open({ ready: async () => ({ ready, checks: { database: ready, jobs: true } }) });
    expect(await send(`${url}/health/live`, { method: 'GET' })).toMatchObject({
      status: 200,
      body: '{"status":"live"}',
    });
    expect(await send(`${url}/health/ready`, { method: 'GET' })).toMatchObject({ status: 200 });
    ready = false;
    const answer = await send(`${url}/health/ready`, { method: 'GET' });
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toEqual({ status: 'not-ready', checks: { database: false, jobs: true } });
  });

  it('show the metrics on this machine and to nobody a proxy brings', async () => {
    const metrics = new Registry();
    new Counter({ name: 'turns_total', help: 'Turns.', registers: [metrics] }).inc(3);
    const { url } = await open({ metrics });
    const answer = await send(`${url}/metrics`, { method: 'GET' });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': metrics.contentType } });
    expect(answer.body).toContain('turns_total 3');
    const brought = await send(`${url}/metrics`, { method: 'GET', headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect(brought.status).toBe(404);
    expect(JSON.parse(brought.body)).toEqual({ ...fixedBody, error: 'not-found' });
  });

  it('answer everything else with the same few words', async () => {
    const { port } = await open();
    for (const [line, status] of [
      ['GET / HTTP/1.1', 404],
      ['GET /api HTTP/1.1', 404],
      ['GET /api/messages/ HTTP/1.1', 404],
      ['POST /api/messages/../messages HTTP/1.1', 404],
      ['POST /API/messages HTTP/1.1', 404],
      ['POST /api/%6dessages HTTP/1.1', 404],
      ['POST //api/messages HTTP/1.1', 404],
      ['POST http://evil.example/api/messages HTTP/1.1', 404],
      ['GET /%E0%A4%A HTTP/1.1', 404],
      ['GET /__proto__ HTTP/1.1', 404],
      ['GET /constructor HTTP/1.1', 404],
      ['GET /.env HTTP/1.1', 404],
      ['GET /.git/config HTTP/1.1', 404],
      ['GET /manifest.json HTTP/1.1', 404],
      ['GET /debug/pprof HTTP/1.1', 404],
      ['OPTIONS * HTTP/1.1', 404],
      ['GET /api/messages HTTP/1.1', 405],
      ['PUT /api/messages HTTP/1.1', 405],
      ['DELETE /api/messages HTTP/1.1', 405],
      ['OPTIONS /api/messages HTTP/1.1', 405],
      ['PROPFIND /api/messages HTTP/1.1', 405],
      ['POST /metrics HTTP/1.1', 405],
      ['POST /health/live HTTP/1.1', 405],
      ['GET /api/partner-center/webhook HTTP/1.1', 405],
    ] as const) {
      const answer = await raw(port, `${line}\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      expect(answer, line).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual(fixedBody);
      expect(answer).toMatch(/x-content-type-options: nosniff/i);
      expect(answer).not.toMatch(/^server:|x-powered-by/im);
    }
  });

  it.each([
    ['what is no HTTP', 'hello\r\n\r\n'],
    ['two lengths', 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
    [
      'a length and chunks',
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['an upgrade', 'GET /api/messages HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('hang up on %s', async (_what, request) => {
    const { port } = await open();
    expect(await raw(port, request)).toMatch(/^(?:HTTP\/1.1 4\d\d [^\r]*\r\nConnection: close\r\n\r\n)?$/);
  });
});

describe('turns', () => {
  const invoking = (value: unknown) => async (context: TurnContext) => {
    await context.sendActivity({ type: 'invokeResponse', value });
  };

  it('answer an invoke with exactly what the handler gave', async () => {
    const body = { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'x', message: 'y' } };
    const answering = await open({ onTurn: invoking({ status: 200, body }) });
    const answer = await post(answering, anActivity('invoke'), await goodToken());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual(body);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('that fail tell strangers nothing', async () => {
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    const failing = await open({
      onTurn: async () => {
        throw new Error('password=secret at /srv/tarmac');
      },
    });
    const answer = await post(failing, anActivity('message'), await goodToken());
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({ ...fixedBody, error: 'failed' });
    expect(printed).toHaveBeenCalledTimes(1); // the adapter's own, for a turn nobody caught
  });

  it('that fail before the adapter are logged under the reference people see', async () => {
    const failing = await open({
      onActivity: async () => {
        throw new Error('no adapter');
      },
    });
    const answer = await post(failing, anActivity('message'), await goodToken());
    expect(answer.status).toBe(500);
    expect(failing.logged.join()).toContain(JSON.parse(answer.body).reference);
  });
});

describe('Partner Center events', () => {
  const path = '/api/partner-center/webhook';

  it('arrive byte for byte, and are answered as their judge says', async () => {
    const seen: Buffer[] = [];
    const { url } = await open({
      onWebhook: async (rawBody, headers) => {
        seen.push(rawBody);
        return Number(headers['x-status']);
      },
    });
    const body = Buffer.from([0x7b, 0x20, 0xc3, 0xa9, 0x00, 0xff, 0x7d]);
    expect(await send(`${url}${path}`, { headers: { 'x-status': '200' }, body })).toMatchObject({
      status: 200,
      body: '',
    });
    const refused = await send(`${url}${path}`, { headers: { 'x-status': '401' }, body });
    expect(refused.status).toBe(401);
    expect(JSON.parse(refused.body)).toEqual({ ...fixedBody, error: 'unauthorized' });
    expect(seen).toEqual([body, body]);
  });

  it('are not read when too large or packed, and a failing judge says nothing', async () => {
    const judge = vi.fn(async (rawBody: Buffer) => {
      if (rawBody.length === 1) throw new Error('secret');
      return 200;
    });
    const opened = await open({ onWebhook: judge });
    const url = `${opened.url}${path}`;
    expect((await send(url, { body: 'x'.repeat(65_537) })).status).toBe(413);
    expect((await send(url, { body: 'x', headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    expect(judge).not.toHaveBeenCalled();
    expect((await send(url, { body: 'x'.repeat(65_536) })).status).toBe(200);
    const failed = await send(url, { body: 'x' });
    expect(failed.status).toBe(500);
    expect(JSON.parse(failed.body)).toEqual(fixedBody);
    expect(opened.logged.join()).toContain(JSON.parse(failed.body).reference);
  });
});

describe('a source that keeps being refused', () => {
  it('is told to stop, and never keeps a good request out', async () => {
    const limited = await open({ limits: { refusals: { burst: 5, perSecond: 0 } } });
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await post(limited, anActivity('message'), 'Bearer x')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect((await post(limited, anActivity('message'), await goodToken())).status).toBe(200);
    expect(limited.refused).toHaveLength(8);
  });

  it('has a bound on how much of its requests is looked at closely', async () => {
    const limited = await open({ limits: { attempts: { burst: 3, perSecond: 0 } } });
    const token = await goodToken();
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await post(limited, anActivity('message'), token)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

describe('a refused request whose body does not come', () => {
  it('is answered at once and cut off soon', async () => {
    const { port } = await open();
    const startedAt = Date.now();
    const head =
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
    expect(await raw(port, head)).toMatch(/^HTTP\/1.1 401 /);
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });
});

describe('closing', () => {
  it('finishes the turn in progress, hangs up on idle connections and takes no new ones', async () => {
    const turn = aSignal();
    const begun = aSignal();
    const closing = await open({
      onTurn: () => {
        begun.give();
        return turn.given;
      },
    });
    const idle = connect(closing.port, '127.0.0.1');
    await once(idle, 'connect');
    const hungUp = once(idle, 'close');
    const answer = post(closing, anActivity('message'), await goodToken());
    await begun.given;
    const startedAt = Date.now();
    const closed = closing.close(10_000);
    await expect(send(`${closing.url}/health/live`, { method: 'GET' })).rejects.toThrow();
    turn.give();
    expect((await answer).status).toBe(200);
    await Promise.all([closed, hungUp]);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    door = undefined;
  });

  it('waits no longer than its grace', async () => {
    const begun = aSignal();
    const closing = await open({
      onTurn: () => {
        begun.give();
        return new Promise(() => undefined);
      },
    });
    const answer = post(closing, anActivity('message'), await goodToken()).catch(() => 'cut');
    await begun.given;
    await closing.close(100);
    expect(await answer).toBe('cut');
    door = undefined;
  });
});

/** Sends bytes as they are and returns what comes back until the server hangs up. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

/** Something one side waits for and the other gives. */
function aSignal(): { given: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
