import type { BatchState } from '../devices/batch.ts';
import type { RequestState } from '../relationships/relationship.ts';

/** What a ticket system may want to hear of. Names never change; new ones may come. */
export const EVENT_TYPES = [
  'request.approved',
  'request.declined',
  'relationship.active',
  'relationship.ended',
  'batch.finished',
  'batch.needs_human',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Ids, states and counts; never names of people, and no device. */
export type EventData = Readonly<Record<string, string | number | Readonly<Record<string, number>>>>;

export type NewEvent = Readonly<{ type: EventType; data: EventData }>;

/** `due`: to be sent, or sent again. `given-up`: its receiver never took it; somebody has to look. */
export type EventState = 'due' | 'sent' | 'given-up';

export type OutgoingEvent = NewEvent &
  Readonly<{ id: string; state: EventState; createdAt: Date; attempts: number; problem?: string }>;

/** Which event a state of a request brings with it, if any. */
export const EVENT_OF_REQUEST: Readonly<Partial<Record<RequestState, EventType>>> = {
  approved: 'request.approved',
  declined: 'request.declined',
  active: 'relationship.active',
  ended: 'relationship.ended',
};

/** Which event the end of a batch brings with it. */
export function eventOfBatch(state: BatchState): EventType {
  return state === 'needs-human' ? 'batch.needs_human' : 'batch.finished';
}

/** How long an event is offered. @see Standard Webhooks, retry schedule: about three days */
const OFFERED_MS = 3 * 86_400_000;

/** What an answer means. 410 says that nobody there wants events any more; anything else but 2xx is tried again. */
export function verdictOn(status: number | undefined, createdAt: Date, now: Date): EventState {
  if (status !== undefined && status >= 200 && status < 300) return 'sent';
  return status === 410 || now.getTime() - createdAt.getTime() >= OFFERED_MS ? 'given-up' : 'due';
}

/** The body as it is signed and sent. */
export function bodyOf({ type, createdAt, data }: Pick<OutgoingEvent, 'type' | 'createdAt' | 'data'>): string {
  return JSON.stringify({ type, timestamp: createdAt.toISOString(), data });
}
