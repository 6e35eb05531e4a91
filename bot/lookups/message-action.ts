import { z } from 'zod';
import type { AdaptiveCard } from '../../cards/render.ts';
import type { MessageListDialog, OtherMessage } from '../../dialogs/message-list-dialog.ts';
import { ServiceError } from '../../services/errors.ts';
import type { createSharedLinks } from '../shared-links.ts';
import type { Lookup } from './lookup.ts';

/** Longest message that is read, in characters. Teams itself stops at about 28 KB. */
const MAX_CHARS = 400_000;

const schema = z.object({
  commandId: z.literal('registerMessage'),
  messagePayload: z
    .object({
      body: z.object({ contentType: z.enum(['html', 'text']).nullish(), content: z.string().nullish() }).nullish(),
      attachments: z
        .array(z.object({ contentType: z.string().nullish(), contentUrl: z.string().max(4_000).nullish().catch(null) }))
        .nullish(),
    })
    .nullish(),
  data: z.unknown().optional(),
});

/**
 * The two halves of the message action: the dialog that shows what is in the message, and what its button does.
 *
 * @see Teams: create and send dialogs, `composeExtension/fetchTask`; respond to the dialog, `composeExtension/submitAction`
 */
export function createMessageAction(messageList: MessageListDialog, sharedLinks: ReturnType<typeof createSharedLinks>) {
  const fetchTask: Lookup = {
    async answer(turn, value) {
      const call = readCall(value, sharedLinks);
      return call && dialogOf(turn.wording.say('messageList.title'), await messageList.look(turn, call.message));
    },
    refuse,
  };
  const submitAction: Lookup = {
    async answer(turn, value) {
      const call = readCall(value, sharedLinks);
      const card = call && (await messageList.take(turn, call.message, call.data));
      return card && dialogOf(turn.wording.say('messageList.title'), card);
    },
    refuse,
  };
  return { 'composeExtension/fetchTask': fetchTask, 'composeExtension/submitAction': submitAction };
}

/** @throws ServiceError `message-not-passed` when Teams called without the message, as it does from the compose box. */
function readCall(
  value: unknown,
  sharedLinks: ReturnType<typeof createSharedLinks>,
): Readonly<{ message: OtherMessage; data: unknown }> | undefined {
  const { data } = schema.safeParse(value);
  if (!data) return undefined;
  const { body, attachments } = data.messagePayload ?? {};
  if (!body) throw new ServiceError('message-not-passed', 'no message came with the call');
  const content = (body.content ?? '').slice(0, MAX_CHARS);
  const attached = (attachments ?? []).filter(({ contentType }) => contentType === 'reference');
  const links = attached.flatMap(({ contentUrl }) => contentUrl ?? []);
  const isHtml = body.contentType === 'html';
  const said = sharedLinks(isHtml ? '' : content, isHtml ? content : undefined, links);
  return { message: { ...said, hasFiles: attached.length > 0 && said.files.length === 0 }, data: data.data };
}

function dialogOf(title: string, card: AdaptiveCard) {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
  return { task: { type: 'continue', value: { title, height: 'medium', width: 'medium', card: attachment } } };
}

function refuse(sentence: string) {
  return { task: { type: 'message', value: sentence } };
}
