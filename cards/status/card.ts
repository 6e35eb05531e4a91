import { button } from '../buttons.ts';
import { status } from '../facts.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export type StatusView = Readonly<{
  openRequests: number;
  openBatches: number;
  /** Devices being taken out of Autopilot, or waiting for a second person; all of them, and those the reader may open. */
  openRemovals: number;
  removals: readonly Readonly<{ removalId: string; customer: Readonly<{ name: string }> }>[];
  /** Whether Partner Center still knows us, and what to do if not. */
  signIn: Readonly<{ ok: boolean; sentence: string }>;
}>;

/** Shows what is open and whether the bot can do its work. */
export function statusCard(view: StatusView, wording: Wording): AdaptiveCard {
  const { openRequests, openBatches, openRemovals, signIn } = view;
  const title = wording.say('status.title');
  const removals = openRemovals > 0 ? [status('Accent', wording.say('status.removals', { count: openRemovals }))] : [];
  const rows = [
    status(openRequests > 0 ? 'Accent' : 'Default', wording.say('status.requests', { count: openRequests })),
    status(openBatches > 0 ? 'Accent' : 'Default', wording.say('status.batches', { count: openBatches })),
    ...removals,
    signIn.ok
      ? status('Good', wording.say('status.signIn.ok'))
      : status('Attention', wording.say('status.signIn.broken')),
  ];
  return draw(
    {
      title,
      rows,
      sentences: signIn.sentence ? [plain(signIn.sentence, 300)] : [],
      buttons: [
        ...view.removals.slice(0, MAX_REMOVALS).map((each) => removalButton(each, wording)),
        button(wording.say('command.customers'), 'customers.list'),
        button(wording.say('command.batches'), 'batches.list'),
      ],
    },
    wording,
    [title, ...rows.map(({ text }) => text)].join('. '),
  );
}

const draw = prepare(template);

/** More would bury the rest; whoever has to answer has a card of each in the chat. */
const MAX_REMOVALS = 3;
/** A name longer than a button is cut short. */
const MAX_BUTTON_NAME_CHARS = 24;

function removalButton({ removalId, customer }: StatusView['removals'][number], wording: Wording) {
  const name = bare(customer.name, MAX_BUTTON_NAME_CHARS);
  return button(wording.say('status.removal', { customer: name }), 'removal.open', { removalId });
}
