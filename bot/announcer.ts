import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import type { AdaptiveCard } from '../cards/render.ts';
import { createWording, type Wording } from '../cards/wording/wording.ts';
import type { Log } from '../services/log.ts';
import type { Message } from '../services/messages/message.ts';
import type { Address, Chat, ChatOutcome } from '../services/messages/ports.ts';
import type { KnownPerson } from '../services/people/people-store.ts';
import { localeOf } from '../services/people/settings.ts';

export type AnnouncerParts = Readonly<{
  connectors: Readonly<{
    admits(serviceUrl: string): boolean;
    create(serviceUrl: string): Promise<Pick<ConnectorClient, 'conversations'>>;
  }>;
  /** Draws a message from its subject as it is now; `undefined` when there is nothing left to say. */
  draw(message: Message, wording: Wording): Promise<AdaptiveCard | undefined>;
  /** Whom a message is for, so that it is drawn in their language. */
  findPerson(who: Message['recipient'] & { kind: 'person' }): Promise<KnownPerson | undefined>;
  log: Log;
}>;

/** Shows messages in Teams without anybody having spoken first. */
export function createAnnouncer(parts: AnnouncerParts): Chat {
  async function drawFor(message: Message): Promise<Partial<Activity> | undefined> {
    const person = message.recipient.kind === 'person' ? await parts.findPerson(message.recipient) : undefined;
    const locale = message.recipient.kind === 'person' ? localeOf(person) : (message.recipient.locale ?? 'en');
    const card = await parts.draw(message, createWording(locale, person?.timeZone));
    return card && cardActivity(card);
  }

  /** Addresses are stored, and whoever can write the database can alter them: looked at again whenever one is used. */
  function isTeams({ id, role }: Message, { serviceUrl }: Readonly<{ serviceUrl: string }>): boolean {
    if (parts.connectors.admits(serviceUrl)) return true;
    parts.log.error('a stored address does not lead to Teams; nothing is sent there', { message: id, role });
    return false;
  }

  return {
    async post(message: Message, to: Address): Promise<ChatOutcome> {
      if (!isTeams(message, to)) return ELSEWHERE;
      const activity = await drawFor(message);
      if (!activity) return { kind: 'pointless' };
      return attempt(parts.log, async () => {
        const client = await parts.connectors.create(to.serviceUrl);
        const sent = await client.conversations.sendToConversation(to.conversationId, activity);
        return sent.id ? { kind: 'done', activityId: sent.id } : { kind: 'ambiguous', reason: 'no id in the answer' };
      });
    },

    async update(message, at): Promise<ChatOutcome> {
      if (!isTeams(message, at)) return ELSEWHERE;
      const activity = await drawFor(message);
      if (!activity) return { kind: 'pointless' };
      return attempt(parts.log, async () => {
        const client = await parts.connectors.create(at.serviceUrl);
        await client.conversations.updateActivity(at.conversationId, at.activityId, { ...activity, id: at.activityId });
        return { kind: 'done', activityId: at.activityId };
      });
    },
  };
}

const ELSEWHERE: ChatOutcome = { kind: 'refused', reason: 'rejected' };

/** A message that is one card. Never text beside it: Teams would split it in two and tell no id. */
export function cardActivity(card: AdaptiveCard): Partial<Activity> {
  return {
    type: 'message',
    summary: card.fallbackText,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

async function attempt(log: Log, call: () => Promise<ChatOutcome>): Promise<ChatOutcome> {
  try {
    return await call();
  } catch (error) {
    const outcome = outcomeOf(error);
    log.warn('Teams did not take a message', { outcome: outcome.kind, error });
    return outcome;
  }
}

const failure = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  body: z.object({ error: z.object({ code: z.string().optional() }).optional() }).nullish(),
  response: z.object({ headers: z.unknown() }).nullish(),
});

/**
 * What an error of the connector client means for the message. Creating an activity is not idempotent: only 429 and 412
 * are certainly undelivered; a 5xx, a time-out or a reset may have arrived.
 *
 * @see Teams: send proactive messages, status codes; rate limiting
 */
export function outcomeOf(error: unknown): ChatOutcome {
  const { data } = failure.safeParse(error);
  const status = data?.statusCode;
  const code = data?.body?.error?.code ?? data?.code ?? '';
  if (status === 429 || status === 412) return { kind: 'later', retryAfterMs: retryAfterMs(data?.response?.headers) };
  if (status === 403) return { kind: 'refused', reason: REFUSAL[code] ?? 'not-installed' };
  if (status === 404) return { kind: 'gone' };
  if (status !== undefined && status >= 400 && status < 500 && status !== 408)
    return { kind: 'refused', reason: 'rejected' };
  return { kind: 'ambiguous', reason: status ? `status ${status}` : code || 'no answer' };
}

const REFUSAL: Readonly<Record<string, Extract<ChatOutcome, { kind: 'refused' }>['reason']>> = {
  ConversationBlockedByUser: 'blocked',
  BotDisabledByAdmin: 'disabled',
  BotNotInConversationRoster: 'not-installed',
};

/** Longest wait we believe, in ms, and what is waited when nothing is said. */
const MAX_WAIT_MS = 3_600_000;
const DEFAULT_WAIT_MS = 2_000;

function retryAfterMs(headers: unknown): number {
  const seconds = Number(readHeader(headers, 'retry-after') ?? Number.NaN);
  if (!Number.isFinite(seconds) || seconds < 0) return DEFAULT_WAIT_MS;
  return Math.min(Math.max(seconds * 1_000, 250), MAX_WAIT_MS);
}

function readHeader(headers: unknown, name: string): unknown {
  const isReadable = typeof headers === 'object' && headers !== null && 'get' in headers;
  return isReadable && typeof headers.get === 'function' ? headers.get(name) : undefined;
}
