import type { ListInput } from '../../ports.ts';
import type { IntakeLimits } from '../limits.ts';
import type { Packets } from './wire.ts';

/** One list to be read, as it is sent to a worker. */
export type Job = Readonly<{ id: number; input: ListInput; limits: IntakeLimits }>;
export type Answer = Readonly<
  { kind: 'ready' } | { kind: 'read'; id: number; packets: Packets } | { kind: 'failed'; id: number; reason: string }
>;
/** Why a worker ended by itself. */
export type Ending = 'memory' | 'crash';

/** A worker that takes one job at a time. */
export interface Runner {
  send(job: Job): void;
  /** Ends it at once, whatever it is doing. */
  stop(): Promise<void>;
  /** Keeps the process alive only while a job runs. */
  busy(is: boolean): void;
}

export type RunnerEvents = Readonly<{ answer(answer: Answer): void; ended(why: Ending): void }>;
export type StartRunner = (events: RunnerEvents) => Runner;
