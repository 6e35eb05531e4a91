import { button } from '../buttons.ts';
import { status } from '../facts.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export type StatusView = Readonly<{
  openRequests: number;
  openBatches: number;
  /** Whether Partner Center still knows us, and what to do if not. */
  signIn: Readonly<{ ok: boolean; sentence: string }>;
}>;

/** Shows what is open and whether the bot can do its work. */
export function statusCard({ openRequests, openBatches, signIn }: StatusView, wording: Wording): AdaptiveCard {
  const title = wording.say('status.title');
  const rows = [
    status(openRequests > 0 ? 'Accent' : 'Default', wording.say('status.requests', { count: openRequests })),
    status(openBatches > 0 ? 'Accent' : 'Default', wording.say('status.batches', { count: openBatches })),
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
        button(wording.say('command.customers'), 'customers.list'),
        button(wording.say('command.batches'), 'batches.list'),
      ],
    },
    wording,
    [title, ...rows.map(({ text }) => text)].join('. '),
  );
}

const draw = prepare(template);
