import { z } from 'zod';
import type { Card } from './activity.ts';
import type { Channel } from './channel.ts';
import type { Delivery } from './delivery.ts';
import { checkCard } from './limits.ts';
import { dataOf, findButton, type Inputs } from './press.ts';
import { invokeActivity, type Scene } from './shapes.ts';

/** @see Teams: respond to search command, results of one answer */
const MAX_RESULTS = 25;

const result = z.object({
  contentType: z.literal('application/vnd.microsoft.card.adaptive'),
  content: z.looseObject({ type: z.literal('AdaptiveCard') }),
  preview: z.object({
    contentType: z.literal('application/vnd.microsoft.card.thumbnail'),
    content: z.object({ title: z.string().min(1), text: z.string() }),
  }),
});
export type FoundCard = z.infer<typeof result>;

const answer = z.object({
  composeExtension: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('result'),
      attachmentLayout: z.enum(['list', 'grid']),
      attachments: z.array(result).max(MAX_RESULTS),
    }),
    z.object({ type: z.literal('message'), text: z.string().min(1) }),
  ]),
});

/** What a person sees who searches in the message extension: cards to pick, or a sentence. */
export type Searched =
  | Readonly<{ kind: 'cards'; cards: readonly FoundCard[]; delivery: Delivery }>
  | Readonly<{ kind: 'message'; text: string; delivery: Delivery }>;

/**
 * Searches in the message extension, as its first call does when `typed` is left out.
 *
 * @see Teams: respond to search command
 */
export async function searchExtension(
  channel: Channel,
  scene: Scene,
  { commandId, typed, skip = 0 }: Readonly<{ commandId: string; typed?: string; skip?: number }>,
): Promise<Searched> {
  const parameter = typed === undefined ? { name: 'initialRun', value: 'true' } : { name: 'query', value: typed };
  const value = { commandId, parameters: [parameter], queryOptions: { skip, count: MAX_RESULTS } };
  const delivery = await channel.deliver(fromCompose(invokeActivity(scene, 'composeExtension/query', value)));
  const { composeExtension } = answer.parse(delivery.body);
  if (composeExtension.type === 'message') return { kind: 'message', text: composeExtension.text, delivery };
  for (const { content } of composeExtension.attachments) {
    const unfit = checkCard(content);
    if (unfit) throw new Error(`Teams does not show such a card: ${JSON.stringify(unfit)}`);
  }
  return { kind: 'cards', cards: composeExtension.attachments, delivery };
}

const dialog = z.object({
  task: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('continue'),
      value: z.object({
        title: z.string().min(1),
        height: z.enum(['small', 'medium', 'large']),
        width: z.enum(['small', 'medium', 'large']),
        card: z.object({
          contentType: z.literal('application/vnd.microsoft.card.adaptive'),
          content: z.looseObject({ type: z.literal('AdaptiveCard') }),
        }),
      }),
    }),
    z.object({ type: z.literal('message'), value: z.string().min(1) }),
  ]),
});

/** A message in whose menu somebody chooses a command. */
export type MessageOfSomebody = Readonly<{
  html?: string;
  text?: string;
  /** Files that hang on it, by name or by their address in SharePoint. */
  files?: readonly string[];
}>;

/** The dialog a command opened, or a sentence in its place. */
export type Dialog =
  | Readonly<{ kind: 'card'; card: Card; delivery: Delivery; submit(name: string, inputs?: Inputs): Promise<Dialog> }>
  | Readonly<{ kind: 'message'; text: string; delivery: Delivery }>;

/**
 * Chooses a command in the menu of a message; `undefined` chooses it where there is none, in the compose box.
 *
 * @see Teams: create and send dialogs; respond to the dialog's submit action
 */
export async function chooseCommand(
  channel: Channel,
  scene: Scene,
  commandId: string,
  message: MessageOfSomebody | undefined,
): Promise<Dialog> {
  const shared = {
    commandId,
    commandContext: message ? 'message' : 'compose',
    context: { theme: 'default' },
    ...(message && { messagePayload: payloadOf(message) }),
  };
  const call = async (name: string, value: object): Promise<Dialog> => {
    const delivery = await channel.deliver(fromCompose(invokeActivity(scene, name, { ...shared, ...value })));
    const { task } = dialog.parse(delivery.body);
    if (task.type === 'message') return { kind: 'message', text: task.value, delivery };
    const card = task.value.card.content;
    const unfit = checkCard(card);
    if (unfit) throw new Error(`Teams does not show such a card: ${JSON.stringify(unfit)}`);
    const submit = (button: string, inputs: Inputs = {}) => {
      const found = findButton([card], button);
      if (found.action.type !== 'Action.Submit')
        throw new Error('a dialog of a message extension knows Action.Submit only');
      return call('composeExtension/submitAction', { data: dataOf(found, inputs) });
    };
    return { kind: 'card', card, delivery, submit };
  };
  return call('composeExtension/fetchTask', {});
}

function payloadOf({ html, text, files = [] }: MessageOfSomebody) {
  return {
    id: '1611060744833',
    replyToId: null,
    createdDateTime: '2026-11-21T08:52:24.833Z',
    deleted: false,
    importance: 'normal',
    locale: 'en-us',
    body: html === undefined ? { contentType: 'text', content: text ?? '' } : { contentType: 'html', content: html },
    from: { user: { userIdentityType: 'aadUser', id: 'b130c271-d2eb-45f9-83ab-9eb3fe3788bc', displayName: 'Olo' } },
    reactions: [],
    mentions: [],
    attachments: files.map((name) => ({
      id: name,
      contentType: 'reference',
      contentUrl: URL.canParse(name) ? name : `https://x.example/${name}`,
      name: name.split('/').at(-1) ?? name,
    })),
  };
}

/** @see Teams: create and send dialogs, the initial invoke request: `channelData.source` */
export function fromCompose<Invoked extends { channelData?: unknown }>(activity: Invoked): Invoked {
  return { ...activity, channelData: { ...(activity.channelData as object), source: { name: 'compose' } } };
}
