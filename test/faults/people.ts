import { noteShown } from '../../services/audit/shown.ts';
import { ServiceError } from '../../services/errors.ts';
import type { BatchId, Person, RemovalId, RequestId } from '../../services/identity.ts';
import type { Tenant } from '../../services/relationships/ports.ts';
import type { Bot } from './process.ts';
import type { World } from './trial.ts';

/** What one person does once. Done again after an answer was lost it changes nothing more. */
export type Step<T> = (bot: Bot) => Promise<T>;
export type Approver = Person & Readonly<{ signInName: string }>;

/** A rep asks a customer; which request that made, also when the answer to it was lost. */
export function asking(
  { memory, robin }: World,
  customer: Tenant,
  approver: Approver,
): Step<{ id: RequestId; reference: string }> {
  const wish = { customer: customer.domain, approvers: approver.signInName, route: 'direct' } as const;
  return async (bot) => {
    await bot.relationships.send(wish, robin).catch((error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== 'request-open-already') throw error;
    });
    const sent = memory.tables.among('requests', customer.tenantId).at(-1);
    return { id: String(sent?.id) as RequestId, reference: String(sent?.reference) };
  };
}

/** An approver presses a button of the card. */
export function answering(reference: string, decision: 'approve' | 'decline', by: Approver): Step<unknown> {
  return (bot) => bot.relationships.answer(reference, { decision, by, shown: async () => SHOWN });
}

/** A rep pastes a list into a batch. */
export function adding({ robin }: World, id: BatchId, pkids: readonly string[]): Step<void> {
  return async (bot) => {
    if ((await bot.batches.counts(id)).total > 0) return; // the turn's answer was lost, not its work
    await bot.batches.add(id, { kind: 'text', source: 'list', text: pkids.join('\n') }, robin);
  };
}

/** A rep confirms, under the name that the bot proposed where they type none, or adds the list to a batch that is there. */
export function confirming({ robin }: World, id: BatchId, name?: string, addTo?: string): Step<void> {
  return async (bot) => {
    const batch = await bot.batches.find(id);
    if (batch.state === 'draft') await bot.batches.confirm(id, robin, name ?? batch.name, addTo ? { addTo } : {});
  };
}

/** A rep pastes a list of devices to be removed. A line that is there already is not added again. */
export function listing({ robin }: World, id: RemovalId, pkids: readonly string[]): Step<unknown> {
  return (bot) => bot.removals.add(id, { kind: 'text', source: 'list', text: pkids.join('\n') }, robin);
}

/** A rep types how many devices they mean, and asks for a second person's answer. */
export function askingToRemove({ robin }: World, id: RemovalId): Step<void> {
  return async (bot) => {
    if ((await bot.removals.find(id)).state !== 'draft') return; // the turn's answer was lost, not its work
    await bot.removals.ask(id, robin, String((await bot.removals.counts(id)).found));
  };
}

/** A second person types how many devices it is about, and answers. */
export function deciding({ sam }: World, id: RemovalId, answer: 'confirm' | 'refuse'): Step<unknown> {
  return async (bot) => {
    const typed = String((await bot.removals.counts(id)).waiting);
    await bot.removals.decide(id, { answer, by: sam }, typed);
  };
}

/** What the approver read, for the record. */
const SHOWN = noteShown('en', ['May Northwind sell to you?']);
