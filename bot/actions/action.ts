import type { AdaptiveCard } from '../../cards/render.ts';
import type { Verb } from '../../cards/verbs.ts';
import type { PressReply, Turn } from '../../dialogs/turn.ts';

/** Handles one verb; `undefined` means that the payload is not ours. */
export type CardAction = (turn: Turn, data: unknown) => Promise<PressReply | undefined>;

/** Actions of one theme. */
export type ActionsFor = Readonly<Partial<Record<Verb, CardAction>>>;

/** An action whose payload must be read first: what cannot be read is not ours. */
export function action<Data>(
  parse: (data: unknown) => Data | undefined,
  run: (turn: Turn, data: Data) => Promise<PressReply>,
): CardAction {
  return async (turn, data) => {
    const read = parse(data ?? {});
    return read && run(turn, read);
  };
}

/** The card that was pressed becomes this one. */
export function shown(card: AdaptiveCard): PressReply {
  return { replace: card };
}

/** A new message: the card that was pressed stays as it is. */
export function newCard(card: AdaptiveCard): PressReply {
  return { replies: [{ card }] };
}

/** Said below; the card that was pressed stays as it is. */
export function below(replies: PressReply['replies']): PressReply {
  return { replies };
}
