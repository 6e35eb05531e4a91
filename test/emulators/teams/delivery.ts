import { randomUUID } from 'node:crypto';
import type { Activity } from './activity.ts';

/** What came of handing one activity to the bot. */
export type Delivery = Readonly<{
  activity: Activity;
  /** HTTP status; 504 when the bot was too slow, 502 when it could not be reached. */
  status: number;
  /** The parsed JSON body, the text when it is none. */
  body: unknown;
}>;

export type DeliveryOptions = Readonly<{
  botUrl: string | (() => string);
  signChannelToken: (serviceUrl: string) => Promise<string>;
  answerMs: number;
}>;

/** Posts activities to the bot as the channel does and remembers them for redelivery. */
export function createDelivery({ botUrl, signChannelToken, answerMs }: DeliveryOptions) {
  const sent = new Map<string, Activity>();

  async function deliver(activity: Activity, token?: string | null): Promise<Delivery> {
    if (activity.id !== undefined) sent.set(activity.id, activity);
    const signed = token === undefined ? await signChannelToken(activity.serviceUrl ?? '') : token;
    try {
      const answer = await fetch(typeof botUrl === 'string' ? botUrl : botUrl(), {
        method: 'POST',
        headers: headers(activity, signed),
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(answerMs),
      });
      return { activity, status: answer.status, body: readBody(await answer.text()) };
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { activity, status: late ? 504 : 502, body: late ? 'Unable to reach app' : String(error) };
    }
  }

  return {
    deliver,
    /** Sends an activity once more with a fresh token, under its own id or under a new one. */
    async redeliver(id: string, { newId = false } = {}): Promise<Delivery> {
      const activity = sent.get(id);
      if (!activity) throw new Error(`no activity ${id} was delivered`);
      return deliver(newId ? { ...activity, id: `f:${randomUUID()}` } : activity);
    },
    sent: (): readonly Activity[] => [...sent.values()],
  };
}

/** Extra headers: "Request headers of the bot". `null` as token sends none. */
function headers(activity: Activity, token: string | null): Record<string, string> {
  const tenantId = activity.conversation?.tenantId;
  return {
    'content-type': 'application/json; charset=utf-8',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(tenantId && { 'x-ms-tenant-id': tenantId }),
    ...(activity.conversation?.id && { 'x-ms-conversation-id': activity.conversation.id }),
  };
}

function readBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
