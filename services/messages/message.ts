import type { MessageId, TenantId, UserId } from '../identity.ts';

/** What a message shows. One role draws one way in every state of its subject. */
export const MESSAGE_ROLES = [
  'request.rep',
  'request.approver',
  'request.notice-rep',
  'request.notice-approver',
  'batch.draft-rep',
  'request.notice-channel',
  'request.ended-rep',
  'request.ended-approver',
  'request.ended-channel',
  'reminder',
  'batch.rep',
  'batch.channel',
  'batch.notice-rep',
  'batch.notice-customer',
  'batch.notice-channel',
  'profile.notice',
  'sign-in.parked',
  'sign-in.works',
  'events.given-up',
  'removal.rep',
  'removal.remover',
  'removal.notice-rep',
  'removal.notice-remover',
  'examination',
  'alarm.notice',
  'digest.rep',
  'digest.customer',
  'digest.channel',
] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];
/** One message a day instead of one for each batch. */
export type DigestRole = Extract<MessageRole, `digest.${string}`>;

/** What a message is about: a thing of the domain, or one reminder of a request. */
export const SUBJECT_KINDS = [
  'request',
  'batch',
  'removal',
  'profile',
  'reminder',
  'sign-in',
  'events',
  'examination',
  'alarm',
  'digest',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Where a message goes: a person's own chat with the bot, or a conversation that is known already. */
export type Recipient = Readonly<
  | { kind: 'person'; tenantId: TenantId; userId?: UserId; signInName?: string }
  | { kind: 'conversation'; tenantId: TenantId; conversationId: string; serviceUrl: string; locale?: string }
>;

/**
 * How far a message got.
 * - `waiting`: its recipient has not installed the app, or is not known yet.
 * - `due`: to be posted or brought up to date.
 * - `sending`: a post was begun; found again after a crash it is as unknown as `ambiguous`.
 * - `ambiguous`: the answer to a post was lost; it may have arrived.
 * - `undeliverable`: Teams refuses it for good; `problem` says why.
 */
export type DeliveryState = 'waiting' | 'due' | 'sending' | 'sent' | 'ambiguous' | 'undeliverable';

/** One message we keep up to date: one live card per thing and recipient. */
export type Message = Readonly<{
  id: MessageId;
  subjectKind: SubjectKind;
  subjectId: string;
  role: MessageRole;
  recipient: Recipient;
  state: DeliveryState;
  /** Counts what should be shown; `drawn` follows it. */
  wanted: number;
  drawn: number;
  /** Posts tried whose answer was lost, or is still awaited; those that Teams put off do not count. */
  attempts: number;
  sendingSince?: Date;
  postedAt?: Readonly<{ serviceUrl: string; conversationId: string; activityId: string }>;
  problem?: string;
  /** Does not wait for the end of anybody's quiet hours. */
  urgent?: boolean;
}>;

/**
 * A post whose answer was lost is not repeated before this time, which doubles with each lost answer up to four hours.
 *
 * @see Teams: creating an activity is not idempotent
 */
export const QUIET_AFTER_LOST_ANSWER_MS = 10 * 60_000;
const LONGEST_QUIET_MS = 4 * 3_600_000;
/** After that many lost answers in a row, most of a day, the message is left alone: some copy very probably arrived. */
const MAX_LOST_ANSWERS = 8;
/** A post begun less than this ago is probably still under way in a colleague's hands; how soon to look again. */
const UNDER_WAY_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;

/** What to do with a message now. */
export type NextDelivery =
  | Readonly<{ kind: 'nothing' }>
  | Readonly<{ kind: 'post' }>
  | Readonly<{ kind: 'update' }>
  | Readonly<{ kind: 'wait'; ms: number }>
  | Readonly<{ kind: 'give-up' }>;

/** Decides from the row alone, so that a job that runs twice, late or after a crash does the same. */
export function nextDelivery(message: Message, now: Date): NextDelivery {
  if (message.drawn >= message.wanted || message.state === 'undeliverable' || message.state === 'waiting') {
    return { kind: 'nothing' };
  }
  if (message.postedAt) return { kind: 'update' };
  if (message.state !== 'sending' && message.state !== 'ambiguous') return { kind: 'post' };
  const sinceMs = now.getTime() - (message.sendingSince ?? now).getTime();
  if (message.state === 'sending' && sinceMs < UNDER_WAY_MS) return { kind: 'wait', ms: LOOK_AGAIN_MS };
  const quietMs = Math.min(QUIET_AFTER_LOST_ANSWER_MS * 2 ** (message.attempts - 1), LONGEST_QUIET_MS) - sinceMs;
  if (quietMs > 0) return { kind: 'wait', ms: quietMs };
  return message.attempts >= MAX_LOST_ANSWERS ? { kind: 'give-up' } : { kind: 'post' };
}
