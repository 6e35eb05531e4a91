import type { Turn } from '../../dialogs/turn.ts';

/**
 * Answers an invoke that may come at every key and whose answer has a place of its own for a sentence: it needs no memory,
 * waits for no other turn of the conversation, and nothing is said in the chat.
 */
export type Lookup = Readonly<{
  /** The body that Teams expects; `undefined` means that the payload is not ours. */
  answer(turn: Turn, value: unknown): Promise<unknown>;
  /** The body that tells why there is none. */
  refuse(sentence: string): unknown;
}>;
