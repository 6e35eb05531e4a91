import {
  type AuthenticateRequestResult,
  AuthenticationError,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { JWTPayload } from 'jose';
import { bearerToken, decodeUnverified, type Expected, tokenProblem } from './channel-claims.ts';
import { NoUserTokens } from './no-user-tokens.ts';
import { type Refusal, type RefusalReason, refuse } from './refusal.ts';
import type { SigningKey, SigningKeys } from './signing-keys.ts';
import { verifiedClaims } from './verified-claims.ts';

/** Where an activity claims to come from: what its token has to confirm. */
export type ClaimedSource = Readonly<{ channelId: string; serviceUrl: string }>;

export type Authenticated = Readonly<{ kind: 'authenticated'; result: AuthenticateRequestResult }>;

export type ChannelAuthenticationOptions = Expected &
  Readonly<{
    keys: SigningKeys;
    /** Audience of the bot's own tokens toward the connector. */
    botScope: string;
    connectors: ConnectorFactory;
    now: () => Date;
  }>;

/** The only channel whose activities we take, and therefore the only endorsement a key needs. */
const CHANNEL = 'msteams';

/**
 * Believes an activity when, and only when, the Bot Framework signed for it: RS256 by a key published and endorsed for
 * Teams, issued for this bot, in its lifetime, and for exactly the service URL the activity names.
 *
 * This takes the place of botbuilder's own check because that one also accepts tokens of any Entra tenant ("emulator"),
 * tokens without expiry and activities without channel or service URL, and keeps a list that strangers can make grow.
 *
 * @see Bot Framework: Authenticate requests from the Bot Connector service to your bot
 */
export class ChannelAuthentication extends BotFrameworkAuthentication {
  readonly #options: ChannelAuthenticationOptions;
  /** What was believed, by the very object it was said of, so that the front door and the adapter verify once. */
  readonly #believed = new WeakMap<object, Readonly<{ authorization: string; result: AuthenticateRequestResult }>>();

  constructor(options: ChannelAuthenticationOptions) {
    super();
    this.#options = options;
  }

  /** Checks a token against the activity it came with. A refusal is a value, so that nothing is thrown or printed for it. */
  async authenticate(source: ClaimedSource, authorization: string | undefined): Promise<Authenticated | Refusal> {
    const token = bearerToken(authorization);
    if (token === undefined || authorization === undefined) return refuse(401, 'no-bearer-token');
    const verified = await this.#verify(token, source);
    if (typeof verified === 'string') return refuse(401, verified);
    const result = this.#result(verified);
    this.#believed.set(source, { authorization, result });
    return { kind: 'authenticated', result };
  }

  /**
   * The adapter's way in.
   *
   * @throws AuthenticationError with status 401 when the token is not believed.
   */
  override async authenticateRequest(source: ClaimedSource, authorization: string): Promise<AuthenticateRequestResult> {
    const believed = this.#believed.get(source);
    if (believed?.authorization === authorization) return believed.result;
    const outcome = await this.authenticate(source, authorization);
    if (outcome.kind === 'refuse') throw new AuthenticationError('Unauthorized', 401);
    return outcome.result;
  }

  /** Streaming connections are not offered. */
  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new AuthenticationError('Unauthorized', 401);
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#options.connectors;
  }

  /** The adapter asks for one in every turn; ours makes no call. */
  override async createUserTokenClient(): Promise<UserTokenClient> {
    return new NoUserTokens();
  }

  async #verify(token: string, source: ClaimedSource): Promise<JWTPayload | RefusalReason> {
    const decoded = decodeUnverified(token);
    if (!decoded) return 'token-form';
    const problem = tokenProblem(decoded, this.#options, this.#options.now());
    if (problem) return problem;
    const key = await this.#options.keys.find(String(decoded.header.kid));
    if (key === 'unavailable') return 'keys-unavailable';
    if (key === 'unknown') return 'unknown-key';
    const claims = await verifiedClaims(token, key, this.#options.now());
    return claims ? (mismatch(claims, source, key) ?? claims) : 'signature';
  }

  #result(claims: JWTPayload): AuthenticateRequestResult {
    const { botScope, connectors } = this.#options;
    const named = Object.entries(claims).flatMap(([type, value]) => (typeof value === 'string' ? { type, value } : []));
    return { audience: botScope, claimsIdentity: new ClaimsIdentity(named, true), connectorFactory: connectors };
  }
}

function mismatch(claims: JWTPayload, source: ClaimedSource, key: SigningKey): RefusalReason | undefined {
  if (source.channelId !== CHANNEL) return 'channel';
  if (!key.endorsements.includes(CHANNEL)) return 'not-endorsed';
  return claims.serviceurl === source.serviceUrl ? undefined : 'service-url-mismatch';
}
