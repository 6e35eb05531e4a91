import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { type Answer, jsonOf, type Received } from '../http.ts';
import type { Route } from '../routes.ts';
import { personMri } from '../teams/ids.ts';
import { type EmulatedPerson, type EmulatedTenant, tenantsOf, type World } from '../world.ts';
import type { Verification, VerifiedToken } from './tokens.ts';

const GRAPH = 'https://graph.microsoft.com';

export type UserTokensParts = Readonly<{
  world: World;
  sign(claims: VerifiedToken): Promise<string>;
  verify(authorization: string | undefined): Promise<Verification>;
  verifyBotToken(authorization: string | undefined): Promise<Verification>;
  origin(): string;
  now(): number;
}>;

type Somebody = Readonly<{ person: EmulatedPerson; tenant: EmulatedTenant }>;

/**
 * The Bot Framework token service as a bot with one sign-in connection sees it: tokens by Teams user id and connection.
 * [Bot Framework REST: token service] Error codes, and 400 for consent that is missing, are inferred from the clients.
 */
export function createUserTokenService(parts: UserTokensParts) {
  const { world, sign, verify, verifyBotToken, origin } = parts;
  const consented = new Set<string>();
  const codes = new Map<string, Somebody>();
  const kept = new Map<string, string>();

  const guarded = (method: string, path: string, handle: Route['handle']): Route => ({
    method,
    path,
    async handle(request) {
      const verification = await verifyBotToken(request.headers.authorization);
      return verification.ok ? handle(request) : refuse(401, 'Unauthorized', 'The bot is not known.');
    },
  });

  function accessToken({ person, tenant }: Somebody): Promise<string> {
    const appid = world.botApp.appId;
    return sign({ aud: GRAPH, tid: tenant.tenantId, oid: person.id, appid, upn: person.upn, scp: 'User.Read' });
  }

  function answer(request: Received, token: string): Answer {
    const connectionName = request.url.searchParams.get('connectionName');
    const expiration = new Date(parts.now() + 3_600_000).toISOString();
    return { status: 200, body: { channelId: 'msteams', connectionName, token, expiration } };
  }

  async function keep(request: Received, who: Somebody): Promise<Answer> {
    const token = await accessToken(who);
    kept.set(keyOf(request), token);
    return answer(request, token);
  }

  function signInResource(request: Received): Answer {
    const state = StateSchema.safeParse(decoded(request.url.searchParams.get('state')));
    if (!state.success) return refuse(400, 'BadArgument', 'The state cannot be read.');
    const tokenExchangeResource = { id: randomUUID(), uri: `api://botid-${world.botApp.appId}`, providerId: null };
    const signInLink = `${origin()}/api/oauth/signin?signin=${randomUUID()}`;
    return { status: 200, body: { signInLink, tokenExchangeResource } };
  }

  /** The token that comes out is its owner's, whoever the bot says is asking; that is for the bot to notice. */
  async function exchange(request: Received): Promise<Answer> {
    const read = ExchangeSchema.safeParse(jsonOf(request));
    if (!read.success) return refuse(400, 'BadArgument', 'There is no token.');
    const verification = await verify(`Bearer ${read.data.token}`);
    const isForBot = verification.ok && verification.token.aud === audienceOf(world);
    const who = isForBot ? somebody(world, ({ person }) => person.id === verification.token.oid) : undefined;
    if (!who) return refuse(400, 'InvalidToken', 'The token cannot be exchanged.');
    if (!consented.has(who.person.id)) return refuse(400, 'ConsentRequired', 'The user must consent first.');
    return keep(request, who);
  }

  async function getToken(request: Received): Promise<Answer> {
    const code = request.url.searchParams.get('code');
    if (code !== null) {
      const who = codes.get(code);
      codes.delete(code);
      return who ? keep(request, who) : refuse(404, 'NotFound', 'The code is not known.');
    }
    const token = kept.get(keyOf(request));
    return token === undefined ? refuse(404, 'NotFound', 'The user is not signed in.') : answer(request, token);
  }

  return {
    routes: [
      guarded('GET', '/api/botsignin/GetSignInResource', signInResource),
      guarded('POST', '/api/usertoken/exchange', exchange),
      guarded('GET', '/api/usertoken/GetToken', getToken),
      guarded('DELETE', '/api/usertoken/SignOut', (request) => {
        kept.delete(keyOf(request));
        return { status: 204 };
      }),
    ],

    /** The person agrees that the bot may read their profile. */
    consent: (person: EmulatedPerson) => void consented.add(person.id),

    /** What a Teams client gets for its user without asking them: a token for the bot's app. */
    clientToken(person: EmulatedPerson): Promise<string> {
      const tenant = somebody(world, (one) => one.person.id === person.id)?.tenant;
      if (!tenant) throw new Error(`${person.name} is in no tenant`);
      const names = { appid: TEAMS_CLIENT, upn: person.upn, scp: 'access_as_user' };
      return sign({ aud: audienceOf(world), tid: tenant.tenantId, oid: person.id, ...names });
    },

    /** The person signs in on the page behind the link, and consents; Teams then brings this code to the bot. */
    signInByHand(person: EmulatedPerson): string {
      const who = somebody(world, (one) => one.person.id === person.id);
      if (!who) throw new Error(`${person.name} is in no tenant`);
      consented.add(person.id);
      const code = String(codes.size + 100_000 + kept.size);
      codes.set(code, who);
      return code;
    },

    /** The token kept for somebody is one that Microsoft no longer takes. */
    spoil(person: EmulatedPerson): void {
      for (const [key, token] of kept) if (decodeJwt(token).oid === person.id) kept.set(key, `${token}spoilt`);
    },

    /** For whom a token is kept, as `29:…` ids. */
    signedIn: (): readonly string[] => [...kept.keys()].map((key) => key.split(' ')[0] ?? ''),
    /** The id a person has in Teams for this bot. */
    idOf: (person: EmulatedPerson, { tenantId }: Pick<EmulatedTenant, 'tenantId'>): string =>
      personMri(world.botApp.appId, tenantId, person.id),
  };
}

/** Teams on a desktop or a phone. [Teams: Enable SSO for your bot] */
const TEAMS_CLIENT = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';

const ExchangeSchema = z.object({ token: z.string() });
const StateSchema = z.object({
  connectionName: z.string(),
  msAppId: z.string(),
  conversation: z.object({
    user: z.object({ id: z.string() }),
    bot: z.object({ id: z.string() }),
    conversation: z.object({ id: z.string() }),
    channelId: z.literal('msteams'),
    serviceUrl: z.string(),
  }),
});

function decoded(state: string | null): unknown {
  try {
    return JSON.parse(Buffer.from(state ?? '', 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

function audienceOf({ botApp }: World): string {
  return `api://botid-${botApp.appId}`;
}

function somebody(world: World, isMeant: (one: Somebody) => boolean): Somebody | undefined {
  return tenantsOf(world)
    .flatMap((tenant) => tenant.people.map((person) => ({ person, tenant })))
    .find(isMeant);
}

function keyOf({ url }: Received): string {
  return `${url.searchParams.get('userId')} ${url.searchParams.get('connectionName')}`;
}

function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } }, effect: `refused: ${code}` };
}
