import type { Log } from '../log.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import type { Message, Recipient } from './message.ts';

/** A chat that is known: learnt from what Teams sent us, never made up. */
export type Address = Readonly<{ serviceUrl: string; conversationId: string; tenantId: string }>;

/** How a call to Teams ended. A create that may have arrived is `ambiguous`; an update never is, it can be repeated. */
export type ChatOutcome =
  | Readonly<{ kind: 'done'; activityId: string }>
  | Readonly<{ kind: 'later'; retryAfterMs: number }>
  | Readonly<{ kind: 'ambiguous'; reason: string }>
  | Readonly<{ kind: 'gone' }>
  /** Nothing is left to say: nothing was sent, and nothing will be. */
  | Readonly<{ kind: 'pointless' }>
  | Readonly<{ kind: 'refused'; reason: 'not-installed' | 'blocked' | 'disabled' | 'rejected' }>;

/** Shows messages in Teams. Draws each from its subject as it is now, in the recipient's language. */
export interface Chat {
  post(message: Message, to: Address): Promise<ChatOutcome>;
  update(message: Message, at: NonNullable<Message['postedAt']>): Promise<ChatOutcome>;
}

/** What it takes to tell those who can mend it that something is wrong, once and durably. */
export type TellingPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  /** Who can mend it and can be reached now. */
  whomToTell: () => Promise<readonly Recipient[]>;
  now: () => Date;
  newId: () => string;
  log: Log;
}>;
