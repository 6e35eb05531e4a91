import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { ConversationReference } from 'botbuilder';
import { CloudAdapter } from 'botbuilder';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BotCredentials, BotCredentialsFactory } from '../../../bot/endpoint/bot-credentials.ts';
import { TeamsConnectorFactory } from '../../../bot/endpoint/connector.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import {
  APP_ID,
  anActivity,
  aSigningKey,
  claimsAt,
  type Door,
  type KeyHost,
  listen,
  post,
  type SigningKey,
  sign,
  startDoor,
  startKeyHost,
  stop,
} from './front-door.ts';

type Seen = Readonly<{ method: string; url: string; headers: IncomingHttpHeaders; body: string }>;

let connector: Server;
let elsewhere: Server;
let base: string;
let elsewhereUrl: string;
let key: SigningKey;
let keyHost: KeyHost;
let mode: 'ok' | 'redirect' | 'redirect-within' | 'unavailable' | 'throttled' | 'silent' | 'stalled' | 'reset' = 'ok';
let calls: Seen[] = [];
let strayed = 0;
let tokensAsked: string[] = [];

beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    strayed++;
    response.end('{}');
  });
  elsewhereUrl = `http://127.0.0.1:${(await listen(elsewhere)).port}`;
  connector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      calls.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      if (mode === 'silent') return;
      if (mode === 'reset') return void request.socket.destroy();
      response.setHeader('content-type', 'application/json');
      if (mode === 'stalled') return void response.write('{"id":');
      if (mode === 'redirect') response.writeHead(307, { location: `${elsewhereUrl}${url}` });
      if (mode === 'redirect-within') response.writeHead(307, { location: '/elsewhere' });
      if (mode === 'unavailable') response.writeHead(503, { 'retry-after': '0' });
      if (mode === 'throttled') response.writeHead(429, { 'retry-after': '0' });
      response.end('{"id":"r1"}');
    });
  });
  base = `http://127.0.0.1:${(await listen(connector)).port}/emea/`;
  key = await aSigningKey('c1');
  keyHost = await startKeyHost([key.publicJwk]);
});

beforeEach(() => {
  mode = 'ok';
  calls = [];
  strayed = 0;
  tokensAsked = [];
});

afterAll(() => Promise.all([stop(connector), stop(elsewhere), keyHost.close()]));

const token = async (scope: string): Promise<string> => {
  tokensAsked.push(scope);
  return 'bot-token';
};
const hosts = (): ReturnType<typeof createAllowedHosts> => createAllowedHosts([new URL(base).host], true);
const credentialOptions = () => ({ appId: APP_ID, scope: 'scope/.default', serviceHosts: hosts(), token });

function factory(timeoutMs = 300): TeamsConnectorFactory {
  const credentials = new BotCredentialsFactory(credentialOptions());
  return new TeamsConnectorFactory({ appId: APP_ID, serviceHosts: hosts(), credentials, timeoutMs });
}

async function sendOnce(): Promise<unknown> {
  const client = await factory().create(base);
  return client.conversations.sendToConversation('a:chat', { type: 'message', text: 'hello' });
}

describe('calls to Teams', () => {
  it('carry the bot token to the connector', async () => {
    expect(await sendOnce()).toMatchObject({ id: 'r1' });
    expect(calls).toMatchObject([{ method: 'POST', url: '/emea/v3/conversations/a%3Achat/activities' }]);
    expect(calls[0]?.headers.authorization).toBe('Bearer bot-token');
    expect(tokensAsked).toEqual(['scope/.default']);
  });

  it.each(['redirect', 'redirect-within'] as const)('do not follow a %s', async (how) => {
    mode = how;
    await expect(sendOnce()).rejects.toMatchObject({ statusCode: 307 });
    expect(calls).toHaveLength(1);
    expect(strayed).toBe(0);
  });

  it.each([
    ['unavailable', { statusCode: 503 }],
    ['throttled', { statusCode: 429 }],
    ['reset', { code: 'ECONNRESET' }],
  ] as const)('are not repeated by the client when the connector is %s', async (how, error) => {
    mode = how;
    await expect(sendOnce()).rejects.toMatchObject(error);
    expect(calls).toHaveLength(1);
  });

  it.each(['silent', 'stalled'] as const)('are given up in time when the connector is %s', async (how) => {
    mode = how;
    const startedAt = Date.now();
    await expect(sendOnce()).rejects.toThrow();
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(calls).toHaveLength(1);
  });

  it('share a connection while it is in use, and leave an idle one before the server does', async () => {
    const ports: (number | undefined)[] = [];
    const closed: number[] = [];
    const impatient = createServer((request, response) => {
      ports.push(request.socket.remotePort);
      response.setHeader('content-type', 'application/json');
      request.resume().on('end', () => response.end('{"id":"r1"}'));
    });
    impatient.on('connection', (socket) => socket.on('end', () => closed.push(socket.remotePort ?? 0)));
    const address = `http://127.0.0.1:${(await listen(impatient)).port}/`;
    const serviceHosts = createAllowedHosts([new URL(address).host], true);
    const credentials = new BotCredentialsFactory({ ...credentialOptions(), serviceHosts });
    const connectors = new TeamsConnectorFactory({ appId: APP_ID, serviceHosts, credentials, idleMs: 1_500 });
    const send = async () => (await connectors.create(address)).conversations.sendToConversation('a:chat', {});
    await send();
    await send();
    expect(new Set(ports).size).toBe(1);
    await expect.poll(() => closed, { timeout: 4_000 }).toEqual([ports[0]]); // the server itself waits five seconds
    await send();
    expect(new Set(ports).size).toBe(2);
    await stop(impatient);
  });

  it.each(['https://evil.example/', 'http://127.0.0.1:1/', 'https://smba.trafficmanager.net.evil.example/', ''])(
    'are not made to %j',
    async (serviceUrl) => {
      await expect(factory().create(serviceUrl)).rejects.toThrow('not on a connector host');
      expect(tokensAsked).toEqual([]);
    },
  );

  it('are not signed for another host, and no token is asked for', async () => {
    const client = await factory().create(base);
    const signer = new BotCredentials(credentialOptions());
    const stray = { url: `${elsewhereUrl}/x` } as Parameters<typeof signer.signRequest>[0];
    await expect(signer.signRequest(stray)).rejects.toThrow('connector hosts only');
    await expect(client.conversations.sendToConversation('x', {}, { customHeaders: {} })).resolves.toBeDefined();
    expect(tokensAsked).toHaveLength(1);
  });

  it('cannot be led to another path or host by a conversation id', async () => {
    const client = await factory().create(base);
    await client.conversations.sendToConversation('../../../@evil.example/', { type: 'message' });
    expect(calls[0]?.url).toBe('/emea/v3/conversations/..%2F..%2F..%2F%40evil.example%2F/activities');
  });

  it('are never made for another app', async () => {
    const credentials = new BotCredentialsFactory(credentialOptions());
    await expect(credentials.createCredentials('another')).rejects.toThrow();
    await expect(credentials.createCredentials('')).rejects.toThrow();
    expect(await credentials.isAuthenticationDisabled()).toBe(false);
  });
});

describe('a turn', () => {
  async function aDoor(onTurn: Parameters<typeof startDoor>[0]['onTurn']): Promise<Door> {
    return startDoor({ keysFrom: keyHost.url, serviceHosts: [new URL(base).host], token, onTurn });
  }

  it('answers through the connector it came from, without asking anybody for users’ tokens', async () => {
    const door = await aDoor(async (context) => {
      await context.sendActivity('echo');
    });
    const claims = claimsAt(new Date(), base);
    const answer = await post(door, anActivity('message', { serviceUrl: base }), `Bearer ${await sign(key, claims)}`);
    expect(answer.status).toBe(200);
    expect(calls.map(({ url }) => url)).toEqual(['/emea/v3/conversations/a%3Achat/activities/f%3A1234567890']);
    expect(tokensAsked).toEqual(['https://api.botframework.com/.default']);
    await door.close();
  });

  it('can be begun by the bot, and only toward connector hosts', async () => {
    const door = await aDoor(undefined);
    const adapter = new CloudAdapter(door.authentication);
    const reference = {
      conversation: { id: 'a:chat' },
      channelId: 'msteams',
      serviceUrl: base,
    } as ConversationReference;
    await adapter.continueConversationAsync(APP_ID, reference, async (context) => {
      await context.sendActivity('news');
    });
    expect(calls).toHaveLength(1);
    const stray = { ...reference, serviceUrl: `${elsewhereUrl}/` };
    await expect(adapter.continueConversationAsync(APP_ID, stray, async () => undefined)).rejects.toThrow(
      'connector host',
    );
    expect(strayed).toBe(0);
    await door.close();
  });

  it('finds that users cannot sign in, at once and without a call', async () => {
    const door = await aDoor(undefined);
    const users = await door.authentication.createUserTokenClient();
    await expect(users.getUserToken('u', 'c', 'msteams', '')).rejects.toThrow('users do not sign in');
    await expect(users.signOutUser('u', 'c', 'msteams')).rejects.toThrow('users do not sign in');
    await expect(door.authentication.authenticateStreamingRequest()).rejects.toMatchObject({ statusCode: 401 });
    expect(calls).toEqual([]);
    await door.close();
  });
});
