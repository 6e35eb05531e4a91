import { z } from 'zod';
import type { SignIn } from '../../dialogs/turn.ts';
import { ServiceError } from '../../services/errors.ts';
import { type Answer, exchange, type Fetch, jsonOf } from '../../services/login/exchange.ts';
import type { Heard } from '../activity.ts';

export type UserTokensOptions = Readonly<{
  /** Origin of the Bot Framework token service, without a trailing slash. */
  tokenUrl: string;
  connectionName: string;
  appId: string;
  /** A current token of the bot for the Bot Framework. */
  botToken: () => Promise<string>;
  fetch?: Fetch;
  timeoutMs: number;
}>;

const CHANNEL = 'msteams';
const MAX_ANSWER_BYTES = 128 * 1024;

const tokenAnswer = z.object({ token: z.string().min(1) });
const offerAnswer = z.object({
  signInLink: z.string(),
  tokenExchangeResource: z
    .object({ id: z.string().nullish(), uri: z.string().nullish(), providerId: z.string().nullish() })
    .nullish(),
});

type Call = Readonly<{
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query: Record<string, string>;
  body?: unknown;
}>;

/**
 * Users' tokens, kept by the Bot Framework token service and handed out to the bot for the person who speaks. They are
 * passed on to their one use and never stored or logged here.
 *
 * @see Bot Framework REST: token service (botsignin, usertoken); Teams: Enable SSO for your bot
 */
export function createUserTokens(options: UserTokensOptions): (heard: Heard) => SignIn {
  const { tokenUrl, connectionName, appId, botToken, timeoutMs } = options;

  async function call({ method, path, query, body }: Call): Promise<Answer> {
    const url = `${tokenUrl}/api/${path}?${new URLSearchParams(query)}`;
    const headers = { authorization: `Bearer ${await botToken()}`, 'content-type': 'application/json' };
    const request = { method, url, headers, timeoutMs, maxBytes: MAX_ANSWER_BYTES };
    const reply = await exchange(
      { ...request, ...(body !== undefined && { body: JSON.stringify(body) }) },
      options.fetch,
    );
    if (reply.kind !== 'answered') throw unavailable(reply.reason);
    return reply;
  }

  return (heard) => {
    const user = { userId: heard.account, connectionName, channelId: CHANNEL };
    return {
      connectionName,

      async token(code) {
        const query = { ...user, ...(code !== undefined && { code }) };
        return tokenIn(await call({ method: 'GET', path: 'usertoken/GetToken', query }));
      },

      async exchange(clientToken) {
        const body = { token: clientToken };
        return tokenIn(await call({ method: 'POST', path: 'usertoken/exchange', query: user, body }));
      },

      async forget() {
        const { status } = await call({ method: 'DELETE', path: 'usertoken/SignOut', query: user });
        if (status !== 404 && !isSuccess(status)) throw unavailable(`status ${status}`);
      },

      async offer() {
        const query = { state: stateOf(heard, connectionName, appId) };
        const reply = await call({ method: 'GET', path: 'botsignin/GetSignInResource', query });
        const { data } = offerAnswer.safeParse(jsonOf(reply));
        if (!isSuccess(reply.status) || !data || !isOwnLink(data.signInLink, tokenUrl)) {
          throw unavailable(`no place to sign in, status ${reply.status}`);
        }
        return { link: data.signInLink, connectionName, exchange: data.tokenExchangeResource ?? undefined };
      },
    };
  };
}

/** The token in an answer; none when the person has to sign in or to consent first, which is no failure. */
function tokenIn(reply: Answer): string | undefined {
  if (reply.status >= 400 && reply.status < 500 && reply.status !== 401 && reply.status !== 429) return undefined;
  const { data } = tokenAnswer.safeParse(jsonOf(reply));
  if (isSuccess(reply.status) && data) return data.token;
  throw unavailable(`status ${reply.status}`);
}

/** People are sent only where the Bot Framework signs them in. */
function isOwnLink(link: string, tokenUrl: string): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname, origin } = new URL(link);
  return origin === new URL(tokenUrl).origin || (protocol === 'https:' && SIGN_IN_HOSTS.test(hostname));
}

const SIGN_IN_HOSTS = /^token\.botframework\.(?:com|azure\.us|azure\.cn)$/;

/** Tells the token service which conversation a sign-in belongs to. */
function stateOf({ account, bot, place, id }: Heard, connectionName: string, msAppId: string): string {
  const conversation = {
    activityId: id,
    user: { id: account },
    bot: { id: bot },
    conversation: { id: place.conversationId },
    channelId: CHANNEL,
    serviceUrl: place.serviceUrl,
  };
  return Buffer.from(JSON.stringify({ connectionName, conversation, msAppId })).toString('base64');
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function unavailable(reason: string): ServiceError {
  return new ServiceError('sign-in-unavailable', `the token service did not help: ${reason}`);
}
