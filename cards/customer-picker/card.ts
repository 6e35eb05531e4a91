import { button, inputButton } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { customerChoice } from '../customer-search.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const CHOOSE_CUSTOMER_VERB = 'register.customer';

/** Most customers in the list itself; the others are found by typing in it, or behind the command by older clients. */
export const MAX_CHOICES = 100;

export type CustomerPickerView = Readonly<{
  customers: readonly CustomerView[];
  /** Whether there are customers that are not in the list. */
  more: boolean;
  /** The customer chosen just now and why it cannot be. */
  refused?: Readonly<{ name: string; reason: string }>;
  /** What the customer is chosen for; `register` when absent. */
  purpose?: 'register' | 'remove';
}>;

/** Asks for which customer devices are to be registered, or removed, with search inside the list. */
export function customerPickerCard(view: CustomerPickerView, wording: Wording): AdaptiveCard {
  const { customers, more, refused } = view;
  const { titleKey, choose, cancel } = PURPOSES[view.purpose ?? 'register'];
  const title = wording.say(titleKey);
  const any = customers.length > 0;
  return draw(
    {
      title,
      text: wording.say(any ? 'picker.text' : 'picker.none'),
      refused: refused ? [{ sentence: refusal(refused, wording) }] : [],
      any,
      label: wording.say('picker.label'),
      placeholder: wording.say('picker.placeholder'),
      missing: wording.say('picker.missing'),
      choices: customers.slice(0, MAX_CHOICES).map(customerChoice),
      more: more || customers.length > MAX_CHOICES ? [wording.say('picker.more')] : [],
      buttons: [
        any
          ? inputButton(wording.say('picker.continue'), choose)
          : button(wording.say('command.request'), 'request.start'),
        button(wording.say('common.cancel'), cancel),
      ],
    },
    wording,
    title,
  );
}

const PURPOSES = {
  register: { titleKey: 'picker.title', choose: CHOOSE_CUSTOMER_VERB, cancel: 'register.cancel' },
  remove: { titleKey: 'picker.title.remove', choose: 'removal.customer', cancel: 'removal.cancel' },
} as const;

/** Reads the choice. */
export const parseChosenCustomer = reader({ customerId: id });

const draw = prepare(template);

function refusal({ name, reason }: { name: string; reason: string }, wording: Wording): string {
  return wording.say('picker.refused', { name: plain(name, MAX_NAME_CHARS), reason: plain(reason, 300) });
}
