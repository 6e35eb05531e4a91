import type { AdaptiveCard } from '../cards/render.ts';
import type { Audience } from '../cards/welcome/reader.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { ServiceError } from '../services/errors.ts';
import type { BatchId, RemovalId } from '../services/identity.ts';
import type { RequestWish } from '../services/relationships/preparation.ts';
import type { Deciding } from '../services/relationships/relationship.ts';

/** Where something was said. Files, lists and decisions belong in a personal chat. */
export type Place = Readonly<{
  /** `elsewhere` is any chat the bot need not be part of: what a message extension is called from. */
  kind: 'personal' | 'group' | 'channel' | 'elsewhere';
  conversationId: string;
  serviceUrl: string;
}>;

/** Where somebody signs in, as Teams' sign-in card wants it. */
export type SignInOffer = Readonly<{
  link: string;
  connectionName: string;
  /** With it, Teams signs the person in without a word where that is possible. */
  exchange?: Readonly<{ id?: string | null; uri?: string | null; providerId?: string | null }>;
}>;

/**
 * Teams' single sign-on for the person of this turn. Tokens are theirs: used at once, kept nowhere.
 * Throws ServiceError `sign-in-unavailable`.
 */
export interface SignIn {
  /** The connection set up for it: what Teams sends names it, too. */
  readonly connectionName: string;
  /** A token Microsoft has for them, or gives for the code at the end of their sign-in; `undefined`: they must sign in. */
  token(code?: string): Promise<string | undefined>;
  /** A token for the one their Teams client sent; `undefined` when their consent is missing. */
  exchange(clientToken: string): Promise<string | undefined>;
  /** Signs them out of the bot. */
  forget(): Promise<void>;
  offer(): Promise<SignInOffer>;
}

/** One turn: who speaks, where, and in which words they are answered. */
export type Turn = Readonly<{
  speaker: Deciding;
  /** Read when first asked for: most presses do not need it. */
  audience(): Promise<Audience>;
  place: Place;
  /** Teams' id of what was said or pressed: goes into the audit. */
  activityId?: string;
  wording: Wording;
  /** The speaker's, as Teams tells it: an IANA name. */
  timeZone?: string;
  /** Absent where single sign-on is not set up. */
  signIn?: SignIn;
  /** What this conversation is in the middle of. Dialogs change it; the host keeps it between turns. */
  memory: Memory;
}>;

/** What a conversation is in the middle of: ids and what was typed so far, never decisions. Plain JSON. */
export type Memory = {
  /** The list that pasted text and attached files go into. */
  batchId?: BatchId;
  /** The removal that pasted text and attached files go into; never at the same time as a list to register. */
  removalId?: RemovalId;
  /** A relationship request being written. */
  request?: { draftId: string; wish: RequestWish };
  /** The newest card of a thing that grows, by Teams' id of its message. The host keeps it. */
  live?: { thing: string; messageId: string };
};

/** Something the bot says. */
export type Reply = Readonly<
  | { card: AdaptiveCard; live?: Live }
  | { text: string }
  | { signIn: SignInOffer & Readonly<{ text: string; button: string }> }
  | { offer: FileOffer }
  | { saved: SavedFile }
>;

/** Of a thing that grows in a conversation only the newest card can be pressed: the one before it becomes `closed`. */
export type Live = Readonly<{ thing: string; closed: AdaptiveCard }>;

/** A file somebody may have, once they agree: Teams asks them. `context` comes back with the answer, unprotected. */
export type FileOffer = Readonly<{
  name: string;
  description: string;
  sizeInBytes: number;
  context: Readonly<Record<string, string>>;
}>;

/** A file that was put into somebody's OneDrive, as Teams named it. */
export type SavedFile = Readonly<{ contentUrl: string; name: string; uniqueId: string; fileType: string }>;

/** How a press is answered: its card is replaced, or a short text is shown; and more may be said. */
export type PressReply = Readonly<{ replace?: AdaptiveCard; notice?: string; replies?: readonly Reply[] }>;

/** What was said: text, possibly with Teams' rich form, and files that can be fetched. */
export type Said = Readonly<{ text: string; html?: string; files: readonly AttachedFile[] }>;

/**
 * A file as Teams announces it, or as a link names it; fetching tells what it is really called. Fetching checks the host,
 * the size and the content.
 */
export type AttachedFile = Readonly<{ name: string; fetch(): Promise<Readonly<{ name: string; bytes: Uint8Array }>> }>;

/**
 * What is between a customer and the partner happens in somebody's own chat: in a group or channel others read along,
 * among them guests.
 *
 * @throws ServiceError `personal-chat-only` anywhere else.
 */
export function requirePersonal({ place }: Turn): void {
  if (place.kind !== 'personal') throw new ServiceError('personal-chat-only', `not in a ${place.kind}`);
}
