import type { AdaptiveCard } from '../cards/render.ts';
import type { Audience } from '../cards/welcome/card.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { ServiceError } from '../services/errors.ts';
import type { BatchId } from '../services/identity.ts';
import type { RequestWish } from '../services/relationships/preparation.ts';
import type { Deciding } from '../services/relationships/relationship.ts';

/** Where something was said. Files, lists and decisions belong in a personal chat. */
export type Place = Readonly<{
  /** `elsewhere` is any chat the bot need not be part of: what a message extension is called from. */
  kind: 'personal' | 'group' | 'channel' | 'elsewhere';
  conversationId: string;
  serviceUrl: string;
}>;

/** One turn: who speaks, where, and in which words they are answered. */
export type Turn = Readonly<{
  speaker: Deciding;
  /** Read when first asked for: most presses do not need it. */
  audience(): Promise<Audience>;
  place: Place;
  /** Teams' id of what was said or pressed: goes into the audit. */
  activityId?: string;
  wording: Wording;
  /** What this conversation is in the middle of. Dialogs change it; the host keeps it between turns. */
  memory: Memory;
}>;

/** What a conversation is in the middle of: ids and what was typed so far, never decisions. Plain JSON. */
export type Memory = {
  /** The list that pasted text and attached files go into. */
  batchId?: BatchId;
  /** A relationship request being written. */
  request?: { draftId: string; wish: RequestWish };
};

/** Something the bot says. */
export type Reply = Readonly<{ card: AdaptiveCard } | { text: string }>;

/** How a press is answered: its card is replaced, or a short text is shown; and more may be said. */
export type PressReply = Readonly<{ replace?: AdaptiveCard; notice?: string; replies?: readonly Reply[] }>;

/** What was said: text, possibly with Teams' rich form, and files that can be fetched. */
export type Said = Readonly<{ text: string; html?: string; files: readonly AttachedFile[] }>;

/** A file as Teams announces it. Fetching checks the host, the size and the content. */
export type AttachedFile = Readonly<{ name: string; fetch(): Promise<Uint8Array> }>;

/**
 * What is between a customer and the partner happens in somebody's own chat: in a group or channel others read along,
 * among them guests.
 *
 * @throws ServiceError `personal-chat-only` anywhere else.
 */
export function requirePersonal({ place }: Turn): void {
  if (place.kind !== 'personal') throw new ServiceError('personal-chat-only', `not in a ${place.kind}`);
}
