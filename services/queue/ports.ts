import type { Transaction } from '../storage/ports.ts';

/** Queues, each with one kind of work. A payload is an id and nothing else: the row it names decides what is left to do. */
export const QUEUES = [
  'deliver',
  'relationship',
  'upload',
  'removal',
  'profile-change',
  'profile-apply',
  'upkeep',
  'sign-in',
  'event',
  'examination',
  'alarm',
] as const;
export type QueueName = (typeof QUEUES)[number];

export type Job = Readonly<{
  queue: QueueName;
  /** The row this job is about. */
  id: string;
  /**
   * A job with the same queue, id and step that still waits makes enqueueing again harmless; a later step is a new job.
   */
  step: number;
  /** Not before this moment; at once when absent. */
  startAt?: Date;
}>;

/** Durable jobs: at least once, never exactly once. What a handler does must be safe to begin again. */
export interface Jobs {
  /** Enqueues together with the rows of the transaction: both are there or neither is. */
  enqueue(tx: Transaction, jobs: readonly Job[]): Promise<void>;
  /**
   * Starts working a queue, `concurrency` jobs at a time. A handler that throws is tried again after a growing pause
   * (seconds to 5 minutes), without limit: giving up is the domain's decision.
   */
  work(
    queue: QueueName,
    concurrency: number,
    handler: (job: { id: string; step: number }) => Promise<void>,
  ): Promise<void>;
  /** How many jobs wait or run, by queue: for readiness and metrics. */
  counts(): Promise<Readonly<Record<QueueName, number>>>;
  /** Takes no new jobs and waits for the running ones, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}
