import { z } from 'zod';
import type { Snapshot } from '../../cards/snapshot/card.ts';
import { SHARED, type ShareDialog } from '../../dialogs/share-dialog.ts';
import type { Lookup } from './lookup.ts';

/** Most results of one answer; Teams asks again for what comes after them. */
const MAX_RESULTS = 15;
const MAX_QUERY_CHARS = 100;
const MAX_SKIP = 1_000;

const schema = z.object({
  commandId: z.enum(SHARED),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown().optional() })).nullish(),
  queryOptions: z.object({ skip: z.number().int().min(0).max(MAX_SKIP).nullish() }).nullish(),
});

/**
 * The search of the message extension: what is picked is put into the chat as a snapshot. Without any words typed it shows
 * the most recent things.
 *
 * @see Teams: respond to search command, `composeExtension/query`
 */
export function createSharedSearch(share: ShareDialog): Lookup {
  return {
    async answer(turn, value) {
      const { data } = schema.safeParse(value);
      if (!data) return undefined;
      const query = typedIn(data.parameters ?? []);
      const offset = data.queryOptions?.skip ?? 0;
      const found = await share.find(turn, data.commandId, { query, limit: MAX_RESULTS, offset });
      if (found.length === 0 && offset === 0) return sentence(turn.wording.say(EMPTY[data.commandId]));
      return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: found.map(attachment) } };
    },
    refuse: sentence,
  };
}

/** Devices are found by their whole number, so there are none before it is typed. */
const EMPTY = { customers: 'share.none', batches: 'share.none', devices: 'share.noDevice' } as const;

function sentence(text: string) {
  return { composeExtension: { type: 'message', text } };
}

/** The one parameter of each command. The first call has one named `initialRun` instead, and no words. */
function typedIn(parameters: readonly { name: string; value?: unknown }[]): string {
  const typed = parameters.find(({ name }) => name === 'query')?.value;
  return typeof typed === 'string' ? typed.trim().slice(0, MAX_QUERY_CHARS) : '';
}

function attachment({ title, text, card }: Snapshot) {
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: card,
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: withoutTags(title), text: withoutTags(text) },
    },
  };
}

/** Thumbnail cards read simple HTML. */
function withoutTags(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('&', '＆');
}
