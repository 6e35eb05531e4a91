import { Agent, request as httpRequest } from 'node:http';
import { ActivityTypes } from 'botbuilder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard, type Guard } from '../../../bot/endpoint/guard.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import { parseJsonBody } from '../../../bot/endpoint/json-body.ts';
import { parseTenantId } from '../../../services/identity.ts';
import { type Figures, keepFigures } from '../../figures/keep.ts';
import {
  APP_ID,
  anActivity,
  aSigningKey,
  claimsAt,
  type Door,
  ISSUER,
  type KeyHost,
  KINDS,
  SERVICE_URL,
  type SigningKey,
  sign,
  startDoor,
  startKeyHost,
} from './front-door.ts';

/** Set FUZZ_SEED to repeat a run, FUZZ_TIMES to make it longer. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_007);
const TIMES = Number(process.env.FUZZ_TIMES ?? 1);
const HEADERS = 30_000 * TIMES;
const HEADERS_OVER_HTTP = 3_000 * TIMES;
const BODIES = 12_000 * TIMES;
const IN_FLIGHT = 48;

const now = new Date();
const rejections: unknown[] = [];
const noteRejection = (reason: unknown): void => void rejections.push(reason);
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
let key: SigningKey;
let keyHost: KeyHost;
let door: Door;
let guard: Guard;
let token: string;

beforeAll(async () => {
  process.on('unhandledRejection', noteRejection);
  key = await aSigningKey('c1');
  keyHost = await startKeyHost([key.publicJwk]);
  const many = { burst: 1_000_000, perSecond: 1_000_000 };
  door = await startDoor({
    keysFrom: keyHost.url,
    limits: { attempts: many, refusals: many },
    async onTurn(context) {
      if (context.activity.type !== 'invoke') return;
      await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body: {} } });
    },
  });
  const serviceHosts = createAllowedHosts(['smba.trafficmanager.net'], false);
  guard = createGuard({ issuer: ISSUER, appId: APP_ID, serviceHosts, now: () => now });
  token = await sign(key, claimsAt(now));
});

afterAll(async () => {
  process.off('unhandledRejection', noteRejection);
  agent.destroy();
  await door.close();
  await keyHost.close();
});

describe(`with seed ${SEED}`, () => {
  let counted: Figures = {};

  it(`lets none of ${HEADERS} damaged Authorization headers in`, async () => {
    const random = createRandom(SEED);
    let reachedTheSignature = 0;
    let accepted = 0;
    for (let i = 0; i < HEADERS; i++) {
      const authorization = damagedHeader(random, token);
      const headers = { 'content-type': 'application/json', authorization };
      if (guard.inspectHeaders(headers).kind === 'refuse') continue;
      reachedTheSignature++;
      const outcome = await door.authentication.authenticate(
        { channelId: 'msteams', serviceUrl: SERVICE_URL },
        authorization,
      );
      if (outcome.kind === 'authenticated') accepted++;
    }
    counted = { seed: SEED, headers: HEADERS, 'headers that reached the signature': reachedTheSignature, accepted };
    expect(accepted).toBe(0);
    expect(reachedTheSignature).toBeGreaterThan(HEADERS / 100); // or the damage would be too crude to prove anything
    expect(keyHost.fetches.length).toBeLessThanOrEqual(4);
  });

  it(`answers ${HEADERS_OVER_HTTP} of them with 4xx over HTTP`, async () => {
    const random = createRandom(SEED + 1);
    const body = JSON.stringify(anActivity('message'));
    const statuses = await inParallel(HEADERS_OVER_HTTP, () => post(body, damagedHeader(random, token)));
    expect([...statuses.keys()].filter((status) => status < 400 || status >= 500)).toEqual([]);
    expect(door.accepted).toHaveLength(0);
  });

  it(`survives ${BODIES} damaged bodies that come with a good token`, async () => {
    const random = createRandom(SEED + 2);
    const statuses = await inParallel(BODIES, () => post(damagedBody(random), `Bearer ${token}`));
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(statuses.get(200)).toBeGreaterThan(BODIES / 100);
    expect(statuses.get(400)).toBeGreaterThan(BODIES / 100);
    expect(rejections).toEqual([]);
    const answers = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ');
    keepFigures('damaged headers and bodies', {
      ...counted,
      bodies: BODIES,
      answers,
      'unhandled rejections': rejections.length,
    });
  });

  it('let only activities through whose claims about their origin are whole', () => {
    const { accepted } = door;
    expect(accepted.length).toBeGreaterThan(0);
    for (const activity of accepted) {
      expect(activity).toMatchObject({ channelId: 'msteams', serviceUrl: SERVICE_URL });
      expect(activity.from?.id).toEqual(expect.any(String));
      if (activity.conversation) expect(activity.conversation.id).toEqual(expect.any(String));
      else expect(activity).toMatchObject({ type: 'invoke', name: expect.stringMatching(/^composeExtension\//) });
      const tenants = [activity.conversation?.tenantId, activity.channelData?.tenant?.id].filter((id) => id != null);
      expect(new Set(tenants.map((id) => parseTenantId(id))).size).toBe(1); // a blank around it is the same tenant
    }
  });
});

describe('a body', () => {
  it.each([
    ['nesting', '['.repeat(100_000)],
    ['objects in objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`],
    ['members', JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 1])))],
    ['elements', JSON.stringify(Array.from({ length: 20_000 }, () => 1))],
  ])('with too much %s is not built', (_what, text) => {
    expect(parseJsonBody(Buffer.from(text))).toEqual({ kind: 'too-complex' });
  });

  it.each([
    '',
    ' ',
    '{',
    '{"a":1}}',
    "{'a':1}",
    'undefined',
    '{"a":NaN}',
    '{"__proto__":{"x":1}}',
    '{"a":[{"\\u005f_proto__":1}]}',
  ])('of %j is no JSON to us', (text) => expect(parseJsonBody(Buffer.from(text))).toEqual({ kind: 'bad-json' }));

  it('that is not UTF-8 is no JSON to us', () => {
    expect(parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ kind: 'bad-json' });
  });

  it('may speak of brackets and prototypes in its texts', () => {
    const value = { text: `${'['.repeat(200)}\\"${'{,:'.repeat(9_000)}`, name: '__proto__' };
    expect(parseJsonBody(Buffer.from(JSON.stringify(value)))).toEqual({ kind: 'json', value });
  });
});

type Random = { below(limit: number): number; pick<T>(list: readonly T[]): T };

/** Small and repeatable; nothing here needs better randomness. */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}

const HEADER_CHARACTERS = [...'ABCxyz019-_.=+/ ,;"{}\t~é'];

/** A good header with one to three things wrong. */
function damagedHeader(random: Random, good: string): string {
  const original = `Bearer ${good}`;
  let text = random.below(4) === 0 ? rewritten(random, good) : original;
  for (let changes = random.below(3) + (text === original ? 1 : 0); changes > 0; changes--)
    text = damaged(random, text);
  return text.trim() === original ? 'Bearer' : text;
}

function damaged(random: Random, text: string): string {
  const at = random.below(text.length);
  const character = random.pick(HEADER_CHARACTERS);
  return random.pick([
    () => text.slice(0, at) + character + text.slice(at + 1),
    () => text.slice(0, at) + character + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1 + random.below(4)),
    () => text.slice(0, at),
    () => text.replaceAll('.', character),
    () => text + text.slice(at),
    () => text.toLowerCase(),
  ])();
}

/** The same signature under other claims or another header. */
function rewritten(random: Random, good: string): string {
  const [head = '', body = '', signature = ''] = good.split('.');
  const decode = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString());
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = {
    ...decode(head),
    [random.pick(['alg', 'kid', 'typ', 'crit', 'jku', 'x5u', 'b64'])]: hostile(random),
  };
  const claims = {
    ...decode(body),
    [random.pick(['iss', 'aud', 'exp', 'nbf', 'serviceurl', 'azp', 'tid'])]: hostile(random),
  };
  return `Bearer ${random.pick([`${encode(header)}.${body}`, `${head}.${encode(claims)}`])}.${signature}`;
}

function hostile(random: Random): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => '',
    () => ' ',
    () => random.below(2 ** 31),
    () => -1,
    () => 1e308,
    () => true,
    () => [],
    () => ({}),
    () => [[null]],
    () => ({ toString: 1, length: -1, valueOf: 'x' }),
    () => 'x'.repeat(random.below(5_000)),
    () => '\u0000\u202e\ud800',
    () => 'https://evil.example/',
    () => 'constructor',
    () => new Date(random.below(2 ** 31) * 1_000).toISOString(),
  ])();
}

/** An activity with something wrong in its structure, its bytes, or both. */
function damagedBody(random: Random): Buffer {
  const activity = anActivity(random.pick(KINDS));
  for (let changes = 1 + random.below(3); changes > 0; changes--) damageSomewhere(random, activity);
  const bytes = Buffer.from(JSON.stringify(activity));
  if (random.below(3) > 0) return bytes;
  const at = random.below(bytes.length);
  return random.pick([
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at + 1)]),
    () => Buffer.concat([bytes, bytes.subarray(at)]),
  ])();
}

function damageSomewhere(random: Random, holder: Record<string, unknown>): void {
  const name = random.pick([
    ...Object.keys(holder),
    random.pick(['locale', 'deliveryMode', 'replyToId', 'expiration', 'value']),
  ]);
  const inner = holder[name];
  const deeper = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.below(3) > 0;
  if (deeper) damageSomewhere(random, inner as Record<string, unknown>);
  else if (random.below(5) === 0) delete holder[name];
  else holder[name] = hostile(random);
}

/** Posts and reads only the status; a connection the server cut counts as 400, as Node itself answers what is no HTTP. */
function post(body: string | Buffer, authorization: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${door.url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function inParallel(times: number, work: () => Promise<number>): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  let left = times;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (left-- > 0) {
        const status = await work();
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
    }),
  );
  return counts;
}
