import { type PlainButton, plainButtons } from '../notice/card.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export type SayView = Readonly<{
  /** A sentence of the catalogue; what people typed went through `plain` on the way in. */
  text: string;
  buttons?: readonly PlainButton[];
}>;

/**
 * Says one sentence as a card: plain messages ignore right-to-left, and a refusal often needs a button for the next step.
 */
export function sayCard({ text, buttons = [] }: SayView, wording: Wording): AdaptiveCard {
  const made = plainButtons(buttons);
  return draw({ text, buttons: made, hasButtons: made.length > 0 }, wording, text);
}

const draw = prepare(template);
