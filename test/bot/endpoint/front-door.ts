import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { Registry } from 'prom-client';
import { BotCredentialsFactory } from '../../../bot/endpoint/bot-credentials.ts';
import { ChannelAuthentication } from '../../../bot/endpoint/channel-auth.ts';
import { TeamsConnectorFactory } from '../../../bot/endpoint/connector.ts';
import { createGuard } from '../../../bot/endpoint/guard.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import type { RefusalReason } from '../../../bot/endpoint/refusal.ts';
import { createServer, type EndpointOptions } from '../../../bot/endpoint/server.ts';
import { channelMetadataUrl, createSigningKeys } from '../../../bot/endpoint/signing-keys.ts';
import type { Log } from '../../../services/log.ts';

export const APP_ID = '6f1d2c9a-7e0b-4f0f-8a5b-3c2d1e0f9a8b';
export const ISSUER = 'https://api.botframework.com';
export const TENANT = '11111111-2222-4333-8444-555555555555';
export const SERVICE_URL = `https://smba.trafficmanager.net/emea/${TENANT}/`;
export const KINDS = ['message', 'invoke', 'conversationUpdate', 'installationUpdate'] as const;
export type Kind = (typeof KINDS)[number];

export type SigningKey = Readonly<{ kid: string; privateKey: CryptoKey; publicJwk: Record<string, unknown> }>;

/** A fresh RSA key with its public half as a channel would publish it. */
export async function aSigningKey(kid: string, endorsements: readonly string[] = ['msteams']): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', endorsements } };
}

/** Stands in for the host that publishes the channel's keys. */
export type KeyHost = {
  url: string;
  published: Record<string, unknown>[];
  mode: 'up' | 'failing' | 'empty' | 'garbage' | 'elsewhere' | 'redirecting' | 'hanging' | 'oversized';
  fetches: string[];
  close(): Promise<void>;
};

export async function startKeyHost(published: Record<string, unknown>[]): Promise<KeyHost> {
  const host: KeyHost = { url: '', published, mode: 'up', fetches: [], close: async () => stop(server) };
  const server = createHttpServer((request, response) => {
    host.fetches.push(request.url ?? '');
    if (host.mode === 'hanging') return;
    if (host.mode === 'failing') response.statusCode = 500;
    if (host.mode === 'garbage') return void response.end('<html>');
    if (host.mode === 'redirecting') response.writeHead(302, { location: `${host.url}/keys` });
    const padding = host.mode === 'oversized' ? 'x'.repeat(600_000) : undefined;
    const keys = host.mode === 'empty' ? [] : host.published;
    const jwks = host.mode === 'elsewhere' ? 'http://127.0.0.2:1/keys' : `${host.url}/keys`;
    response.end(JSON.stringify(request.url === '/keys' ? { keys, padding } : { issuer: ISSUER, jwks_uri: jwks }));
  });
  host.url = `http://127.0.0.1:${(await listen(server)).port}`;
  return host;
}

export async function listen(server: Server): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address() as AddressInfo;
}

export async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

/** Claims of a good channel token at a moment. */
export function claimsAt(now: Date, serviceUrl = SERVICE_URL): JWTPayload {
  const at = seconds(now);
  return { iss: ISSUER, aud: APP_ID, serviceurl: serviceUrl, nbf: at - 60, exp: at + 3_600 };
}

/** Signs whatever it is given; an absent `kid` is the key's own. */
export function sign(key: SigningKey, claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header })
    .sign(key.privateKey);
}

/** A genuine-looking activity from Teams. */
export function anActivity(kind: Kind, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const byKind: Record<Kind, Record<string, unknown>> = {
    message: {
      text: 'hello',
      textFormat: 'plain',
      attachments: [{ contentType: 'text/html', content: '<p>hello</p>' }],
    },
    invoke: {
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'relationship.answer', data: { decision: 'approved' } } },
    },
    conversationUpdate: { membersAdded: [{ id: '28:bot' }] },
    installationUpdate: { action: 'add' },
  };
  return {
    type: kind,
    id: 'f:1234567890',
    timestamp: '2026-11-20T10:00:00.000Z',
    localTimestamp: '2026-11-20T11:00:00.000+01:00',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: '29:user', name: 'Ada', aadObjectId: '99999999-2222-4333-8444-555555555555' },
    recipient: { id: '28:bot', name: 'Tarmac' },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    entities: [{ type: 'clientInfo', locale: 'en-GB' }],
    ...byKind[kind],
    ...changes,
  };
}

export type Door = Readonly<{
  url: string;
  port: number;
  accepted: Partial<Activity>[];
  refused: RefusalReason[];
  logged: string[];
  authentication: ChannelAuthentication;
  close(graceMs?: number): Promise<void>;
}>;

export type DoorOptions = Partial<EndpointOptions> &
  Readonly<{
    keysFrom: string;
    serviceHosts?: readonly string[];
    token?: (scope: string) => Promise<string>;
    onTurn?: (context: TurnContext) => Promise<void>;
    timeoutMs?: number;
  }>;

/** The whole front door with botbuilder's adapter behind it, on a free port. */
export async function startDoor({
  keysFrom,
  serviceHosts,
  token,
  onTurn,
  timeoutMs,
  ...given
}: DoorOptions): Promise<Door> {
  const accepted: Partial<Activity>[] = [];
  const refused: RefusalReason[] = [];
  const logged: string[] = [];
  const now = given.now ?? (() => new Date());
  const log = given.log ?? recordingLog(logged);
  const hosts = createAllowedHosts(serviceHosts ?? ['smba.trafficmanager.net'], true);
  const expected = { issuer: ISSUER, appId: APP_ID };
  const credentials = new BotCredentialsFactory({
    appId: APP_ID,
    scope: 'https://api.botframework.com/.default',
    serviceHosts: hosts,
    token: token ?? (async () => 'bot-token'),
  });
  const authentication = new ChannelAuthentication({
    ...expected,
    now,
    botScope: 'https://api.botframework.com',
    keys: createSigningKeys({ metadataUrl: channelMetadataUrl(keysFrom), fetch, now, log }),
    connectors: new TeamsConnectorFactory({ appId: APP_ID, serviceHosts: hosts, credentials, timeoutMs }),
  });
  const adapter = new CloudAdapter(authentication);
  const endpoint = createServer({
    guard: createGuard({ ...expected, serviceHosts: hosts, now }),
    authentication,
    onActivity: (request, response) =>
      adapter.process(request, response, async (context) => {
        accepted.push(context.activity);
        await onTurn?.(context);
      }),
    onRefused: (reason) => refused.push(reason),
    onWebhook: async () => 200,
    ready: async () => ({ ready: true, checks: { database: true } }),
    metrics: new Registry(),
    now,
    log,
    ...given,
  });
  const { port } = await endpoint.listen(0, '127.0.0.1');
  const close = (graceMs = 1_000): Promise<void> => endpoint.close(graceMs);
  return { url: `http://127.0.0.1:${port}`, port, accepted, refused, logged, authentication, close };
}

export function recordingLog(lines: string[]): Log {
  const record = (level: string) => (message: string, fields?: unknown) => {
    if (level !== 'debug') lines.push(`${level} ${message} ${String(JSON.stringify(fields))}`);
  };
  return { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
}

export type Answer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: string }>;

/** One request with exactly these headers; fetch would add and forbid some. */
export function send(
  url: string,
  {
    method = 'POST',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, {
      method,
      headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.end(body);
  });
}

/** Posts an activity as a channel would. */
export function post(door: Door, activity: unknown, authorization: string | undefined): Promise<Answer> {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (authorization !== undefined) headers.authorization = authorization;
  return send(`${door.url}/api/messages`, { headers, body: JSON.stringify(activity) });
}
