import { button } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const CANCEL_REGISTERING_VERB = 'register.cancel';

export type AskForListView = Readonly<{
  batchId: string;
  customer: Readonly<{ name: string }>;
  /** Whether to say which identifiers to prefer; for who has done this often it is noise. */
  tip: boolean;
}>;

/** Asks for a list of devices: how to hand it over, what is accepted, what is best. */
export function askForListCard({ batchId, customer, tip }: AskForListView, wording: Wording): AdaptiveCard {
  const title = wording.say('list.ask.title', { customer: plain(customer.name, MAX_NAME_CHARS) });
  const text = wording.say('list.ask.text');
  return draw(
    {
      title,
      text,
      accepted: wording.say('list.ask.accepted'),
      tips: tip ? [wording.say('list.ask.prefer')] : [],
      buttons: [button(wording.say('common.cancel'), CANCEL_REGISTERING_VERB, { batchId })],
    },
    wording,
    `${title}. ${text}`,
  );
}

/** Reads which list to give up; without an id, whatever is under way in this chat. */
export const parseCancelRegistering = reader({ batchId: id.optional() });

const draw = prepare(template);
