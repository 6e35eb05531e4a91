import { z } from 'zod';
import type { Channel } from './channel.ts';
import type { Delivery } from './delivery.ts';
import { checkCard } from './limits.ts';
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

/** @see Teams: create and send dialogs, the initial invoke request: `channelData.source` */
export function fromCompose<Invoked extends { channelData?: unknown }>(activity: Invoked): Invoked {
  return { ...activity, channelData: { ...(activity.channelData as object), source: { name: 'compose' } } };
}
