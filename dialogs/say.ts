import { sayCard } from '../cards/say/card.ts';
import type { MessageKey, Values } from '../cards/wording/wording.ts';
import type { Reply, Turn } from './turn.ts';

/** One sentence. Right-to-left languages need a card for it: Teams shows plain messages left-to-right only. */
export function say(turn: Turn, key: MessageKey, values?: Values): Reply {
  const text = turn.wording.say(key, values);
  return turn.wording.rtl ? { card: sayCard({ text }, turn.wording) } : { text };
}
