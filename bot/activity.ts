import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Place } from '../dialogs/turn.ts';
import { type Person, parseTenantId, parseUserId } from '../services/identity.ts';

/** An activity as far as we read it. The guard has checked where it comes from; here it is read, field by field. */
export type Heard = Readonly<{
  id?: string;
  /** When Teams sent it first: a second delivery bears the same time. */
  sentAt?: Date;
  type: string;
  name?: string;
  /** Without a name in events that bring none, such as installations. */
  speaker: Person;
  /** The speaker's id in Teams' own form, such as `29:…`. */
  account: string;
  /** The bot's id in Teams' own form. */
  bot: string;
  place: Place;
  locale?: string;
  timeZone?: string;
  text: string;
  html?: string;
  files: readonly Readonly<{ name: string; url: string; kind: 'list' | 'image' }>[];
  /** What a button sent, by Action.Execute or, from older clients, by Action.Submit; or a card that asks for itself. */
  pressed?: Readonly<{ verb: string; data: unknown; how: 'execute' | 'submit' | 'by-itself' }>;
  /** Any other invoke: its name and what came with it, unread. */
  invoked?: Readonly<{ name: string; value: unknown }>;
  /** `add` or `remove` of an installation. */
  installation?: string;
}>;

const FILE = 'application/vnd.microsoft.teams.file.download.info';
const MAX_FILES = 20;
/** Longest text of a message that is read, in characters. Teams itself stops at about 28 KB. */
const MAX_TEXT_CHARS = 100_000;

const schema = z.object({
  id: z.string().optional(),
  timestamp: z.coerce.date().optional().catch(undefined),
  type: z.string(),
  name: z.string().optional(),
  action: z.string().optional(),
  text: z.string().nullish(),
  locale: z.string().max(35).nullish(),
  serviceUrl: z.string(),
  from: z.object({ id: z.string(), name: z.string().nullish(), aadObjectId: z.string() }),
  recipient: z.object({ id: z.string() }),
  conversation: z
    .object({
      id: z.string(),
      conversationType: z.enum(['personal', 'groupChat', 'channel']).nullish(),
      tenantId: z.string().nullish(),
      isGroup: z.boolean().nullish(),
    })
    .nullish(),
  channelData: z.object({ tenant: z.object({ id: z.string() }).nullish() }).nullish(),
  entities: z.array(z.object({ type: z.string().nullish(), timezone: z.string().nullish() })).nullish(),
  attachments: z
    .array(
      z.object({
        contentType: z.string().nullish(),
        name: z.string().nullish(),
        content: z.unknown().optional(),
        contentUrl: z.string().nullish(),
      }),
    )
    .nullish(),
  value: z.unknown().optional(),
});

const fileContent = z.object({ downloadUrl: z.string() });
const executed = z.object({
  trigger: z.string().nullish(),
  action: z.object({ type: z.literal('Action.Execute'), verb: z.string(), data: z.unknown().optional() }),
});
const submitted = z.looseObject({ verb: z.string() });

/** Reads an activity; `undefined` when nobody we could answer is speaking (another bot, a guest without an object id). */
export function readActivity(activity: Partial<Activity>): Heard | undefined {
  const data = parsed(activity);
  if (!data) return undefined;
  const tenantId = parseTenantId(data.conversation?.tenantId ?? data.channelData?.tenant?.id ?? '');
  const userId = parseUserId(data.from.aadObjectId);
  if (!tenantId || !userId) return undefined;
  const place = placeOf(data);
  if (!place) return undefined;
  const attachments = data.attachments ?? [];
  return {
    id: data.id,
    sentAt: data.timestamp,
    type: data.type,
    name: data.name,
    speaker: { tenantId, userId, name: (data.from.name ?? '').slice(0, 200) },
    account: data.from.id,
    bot: data.recipient.id,
    place,
    locale: data.locale ?? undefined,
    timeZone: data.entities?.find(({ type }) => type === 'clientInfo')?.timezone ?? undefined,
    text: withoutMention((data.text ?? '').slice(0, MAX_TEXT_CHARS)),
    html: attachments.flatMap(({ contentType, content }) =>
      contentType === 'text/html' && typeof content === 'string' ? [content.slice(0, MAX_TEXT_CHARS * 4)] : [],
    )[0],
    files: attachments.flatMap(fileOf).slice(0, MAX_FILES),
    pressed: pressOf(data.type, data.name, data.value),
    invoked: invokeOf(data.type, data.name, data.value),
    installation: data.type === 'installationUpdate' ? data.action : undefined,
  };
}

/** Takes out what no database column of text can hold, wherever it stands: NUL and halves of surrogate pairs. */
function storable(activity: Partial<Activity>): unknown {
  const json = JSON.stringify(activity);
  if (!UNSTORABLE_ESCAPE.test(json)) return activity;
  return JSON.parse(json, (_name, value: unknown) =>
    typeof value === 'string' ? value.replace(UNSTORABLE, '') : value,
  );
}

/** How `JSON.stringify` writes them; it also finds some texts that are fine, which costs nothing but time. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** The parser compares lengths before it knows that a text is one; an object with a hostile `length` makes it throw. */
function parsed(activity: Partial<Activity>): z.infer<typeof schema> | undefined {
  try {
    return schema.safeParse(storable(activity)).data;
  } catch {
    return undefined;
  }
}

/** Calls of a message extension may come from any chat of the person, and in those of two people Teams names none. */
const FROM_ANYWHERE = /^composeExtension\//;

function placeOf({ type, name, conversation, serviceUrl }: z.infer<typeof schema>): Place | undefined {
  if (type === 'invoke' && name && FROM_ANYWHERE.test(name)) {
    return { kind: 'elsewhere', conversationId: conversation?.id ?? '', serviceUrl };
  }
  if (!conversation) return undefined;
  const { id, conversationType, isGroup } = conversation;
  const isChat = conversationType === 'groupChat' || isGroup;
  return {
    kind: conversationType === 'channel' ? 'channel' : isChat ? 'group' : 'personal',
    conversationId: id,
    serviceUrl,
  };
}

type Attachment = NonNullable<z.infer<typeof schema>['attachments']>[number];

function fileOf({ contentType, name, content, contentUrl }: Attachment): Heard['files'][number][] {
  if (contentType === FILE) {
    const { data } = fileContent.safeParse(content);
    return data ? [{ name: (name ?? 'file').slice(0, 200), url: data.downloadUrl, kind: 'list' }] : [];
  }
  if (contentType?.startsWith('image/') && contentUrl) {
    return [{ name: (name ?? 'picture').slice(0, 200), url: contentUrl, kind: 'image' }];
  }
  return [];
}

function pressOf(type: string, name: string | undefined, value: unknown): Heard['pressed'] {
  if (type === 'invoke' && name === 'adaptiveCard/action') {
    const { data } = executed.safeParse(value);
    const how = data?.trigger === 'automatic' ? 'by-itself' : 'execute';
    return data && { verb: data.action.verb, data: data.action.data, how };
  }
  if (type !== 'message') return undefined;
  const { data } = submitted.safeParse(value);
  return data && { verb: data.verb, data, how: 'submit' };
}

function invokeOf(type: string, name: string | undefined, value: unknown): Heard['invoked'] {
  return type === 'invoke' && name && name !== 'adaptiveCard/action' ? { name, value } : undefined;
}

/** In channels and groups the bot's mention stands in front of what was said. */
function withoutMention(text: string): string {
  return text.replace(/<at>[^<]{0,200}<\/at>/g, ' ').trim();
}
