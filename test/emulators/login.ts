import { z } from 'zod';
import type { Faults } from './faults.ts';
import { type Answer, CONTROL, createEmulatorServer, jsonOf, type Received } from './http.ts';
import type { Journal } from './journal.ts';
import {
  answerAuthorize,
  answerTokenRequest,
  type GivenCode,
  type LoginSettings,
  RefreshTokenSchema,
} from './login/grants.ts';
import { createKeyPair, createKeyRing, KeyRingSchema, publishedKeys } from './login/keys.ts';
import {
  BOT_FRAMEWORK,
  type ChannelTokenOptions,
  signAccessToken,
  signChannelToken,
  type Verification,
  type VerifiedToken,
  verifyAccessToken,
} from './login/tokens.ts';
import { createUserTokenService } from './login/user-tokens.ts';
import type { Route } from './routes.ts';
import { DEFAULT_WORLD, type World } from './world.ts';

export type LoginParts = Readonly<{
  journal: Journal;
  faults: Faults;
  world?: World;
  now?: () => number;
  routes?: readonly Route[];
}>;

/** Channels for which the channel key may sign. [bot connector authentication article] */
const ENDORSEMENTS = ['msteams'];

const SnapshotSchema = z.object({ ring: KeyRingSchema, refreshTokens: z.array(RefreshTokenSchema) });

export type LoginEmulator = Awaited<ReturnType<typeof createLoginEmulator>>;

/** Entra's token endpoint, the Bot Framework's login and its token service in one server. */
export async function createLoginEmulator({
  journal,
  faults,
  world = DEFAULT_WORLD,
  now = Date.now,
  routes = [],
}: LoginParts) {
  const settings: LoginSettings = { refresh: 'works', withoutMfa: false };
  const { appId, refreshToken } = world.partnerCenterApp;
  let state = { ring: await createKeyRing(), refreshTokens: [{ token: refreshToken, appId, withMfa: true }] };

  const codes: GivenCode[] = [];
  const sign = (claims: VerifiedToken) => signAccessToken(state.ring, claims, now());
  const verify = (authorization: string | undefined): Promise<Verification> =>
    verifyAccessToken(state.ring, authorization, now());
  const channelToken = (options: ChannelTokenOptions) => signChannelToken(state.ring, options, now());
  const token = (request: Received): Promise<Answer> =>
    answerTokenRequest(request, { world, settings, refreshTokens: state.refreshTokens, codes, sign, now });

  /** Reads the token with which a bot calls its connector: made for the Bot Framework, by the bot's own app. */
  async function verifyBotToken(authorization: string | undefined): Promise<Verification> {
    const verification = await verify(authorization);
    if (!verification.ok) return verification;
    const { aud, appid } = verification.token;
    return aud === BOT_FRAMEWORK && appid === world.botApp.appId ? verification : { ok: false, reason: 'invalid' };
  }
  const userTokens = createUserTokenService({
    world,
    sign,
    verify,
    verifyBotToken,
    origin: () => server.origin(),
    now,
  });

  const server = createEmulatorServer({
    service: 'login',
    journal,
    faults,
    routes: [
      { method: 'POST', path: '/:tenant/oauth2/v2.0/token', handle: token },
      { method: 'POST', path: '/:tenant/oauth2/token', handle: token },
      {
        method: 'GET',
        path: '/:tenant/oauth2/v2.0/authorize',
        handle: async (request) => answerAuthorize(request, { world, settings, codes }),
      },
      get('/v1/.well-known/openidconfiguration', () => channelMetadata(server.origin())),
      get('/v1/.well-known/keys', () => publishedKeys(state.ring.channel, ENDORSEMENTS)),
      get('/common/discovery/instance', () => instanceMetadata(server.origin(), world.partner.tenantId)),
      get('/:tenant/v2.0/.well-known/openid-configuration', ({ params }) => entraMetadata(server.origin(), params)),
      get('/:tenant/discovery/v2.0/keys', () => publishedKeys(state.ring.entra)),
      {
        method: 'POST',
        path: `${CONTROL}channel-token`,
        handle: (request) => answerChannelToken(request, channelToken),
      },
      { method: 'POST', path: `${CONTROL}login-settings`, handle: (request) => changeSettings(request, settings) },
      ...userTokens.routes,
      ...routes,
    ],
  });

  return {
    ...server,
    settings,
    verify,
    channelToken,
    /** A token for any service of the world, without asking for it over HTTP. */
    accessToken: sign,
    verifyBotToken,
    /** The Bot Framework's token service, and what people do on its pages. */
    userTokens,
    /** New keys sign from now on. The old ones stay published unless told otherwise. */
    async rollKeys({ forgetOld = false } = {}): Promise<void> {
      const [entra, channel] = await Promise.all([createKeyPair(), createKeyPair()]);
      const { ring } = state;
      const next = { entra: [entra, ...ring.entra], channel: [channel, ...ring.channel] };
      state = { ...state, ring: forgetOld ? { entra: [entra], channel: [channel] } : next };
    },
    snapshot: (): unknown => structuredClone(state),
    /** @throws ZodError when `json` is no snapshot of this emulator. */
    restore(json: unknown): void {
      state = SnapshotSchema.parse(json);
    },
  };
}

function get(path: string, body: (request: Received) => unknown): Route {
  return { method: 'GET', path, handle: (request) => ({ status: 200, body: body(request) }) };
}

/** [bot connector authentication article]; endpoints other than `jwks_uri` are not used by bots. */
function channelMetadata(origin: string): object {
  return {
    issuer: BOT_FRAMEWORK,
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: `${origin}/v1/.well-known/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
}

/** [OpenID Connect on the Microsoft identity platform] */
function entraMetadata(origin: string, params: Readonly<Record<string, string>>): object {
  const tenant = params.tenant ?? 'common';
  return {
    issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    end_session_endpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** What MSAL asks about an authority it does not know. (inferred from MSAL's requests) */
function instanceMetadata(origin: string, tenantId: string): object {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

const ChannelTokenSchema = z.object({
  serviceUrl: z.string(),
  appId: z.string(),
  claims: z.record(z.string(), z.unknown()).optional(),
  header: z.record(z.string(), z.string()).optional(),
});

async function answerChannelToken(
  request: Received,
  channelToken: (options: ChannelTokenOptions) => Promise<string>,
): Promise<Answer> {
  const parsed = ChannelTokenSchema.safeParse(jsonOf(request));
  if (!parsed.success) return { status: 400, body: { error: parsed.error.message } };
  return { status: 200, body: { token: await channelToken(parsed.data) } };
}

const SettingsSchema = z
  .object({ refresh: z.enum(['works', 'expired', 'mfa-required']), withoutMfa: z.boolean() })
  .partial();

function changeSettings(request: Received, settings: LoginSettings): Answer {
  const parsed = SettingsSchema.safeParse(jsonOf(request));
  if (!parsed.success) return { status: 400, body: { error: parsed.error.message } };
  return { status: 200, body: Object.assign(settings, parsed.data) };
}
