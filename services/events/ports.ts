import type { Transaction } from '../storage/ports.ts';
import type { NewEvent } from './event.ts';

/** Tells the outside of something, in the transaction in which it comes true: both are stored or neither is. */
export type Announce = (tx: Transaction, event: NewEvent) => Promise<void>;

/** How one POST of an event ended. `lost`: no answer that we could read; it may have arrived. */
export type Delivered = Readonly<{ kind: 'answered'; status: number } | { kind: 'lost'; reason: string }>;

/** The one address events are sent to. Never throws for what happens on the way. */
export type EventReceiver = (headers: Readonly<Record<string, string>>, body: string) => Promise<Delivered>;
