import { z } from 'zod';

const attachment = z.looseObject({
  contentType: z.string(),
  contentUrl: z.string().optional(),
  name: z.string().optional(),
  content: z.unknown().optional(),
});

const account = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
});

const activity = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  text: z.string().nullish(),
  replyToId: z.string().optional(),
  serviceUrl: z.string().optional(),
  channelId: z.string().optional(),
  locale: z.string().optional(),
  from: account.optional(),
  recipient: account.partial().optional(),
  conversation: z.looseObject({ id: z.string(), tenantId: z.string().optional() }).partial().optional(),
  attachments: z.array(attachment).nullish(),
  value: z.unknown().optional(),
  channelData: z.looseObject({}).optional(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
});

/** One Bot Framework activity, read as far as the channel must understand it; the rest is carried along. */
export type Activity = z.infer<typeof activity>;
export type Attachment = z.infer<typeof attachment>;

/** An Adaptive Card as JSON. */
export type Card = Readonly<Record<string, unknown>>;

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
export const FILE_TYPE = 'application/vnd.microsoft.teams.file.download.info';

/** Reads an activity; `undefined` when the JSON is none. */
export function parseActivity(json: unknown): Activity | undefined {
  return activity.safeParse(json).data;
}

/** Reads a JSON object; `undefined` for anything else. */
export function asCard(json: unknown): Card | undefined {
  return z.looseObject({}).safeParse(json).data;
}

/** The Adaptive Cards an activity carries. */
export function cardsOf(message: Pick<Activity, 'attachments'>): readonly Card[] {
  return (message.attachments ?? [])
    .filter(({ contentType }) => contentType === CARD_TYPE)
    .map(({ content }) => asCard(content) ?? {});
}
