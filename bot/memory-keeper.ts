import type { Storage } from 'botbuilder';
import { z } from 'zod';
import type { Memory } from '../dialogs/turn.ts';
import type { BatchId, RemovalId } from '../services/identity.ts';
import type { Log } from '../services/log.ts';
import type { Heard } from './activity.ts';

/** Keeps what each conversation is in the middle of. */
export interface MemoryKeeper {
  /**
   * Runs a turn with the memory of its speaker in its conversation, one turn at a time, and stores what changed.
   *
   * @param keeps false for people whose turns leave nothing behind: they get an empty memory and cost no storage.
   */
  with<T>(heard: Heard, keeps: boolean, turn: (memory: Memory) => Promise<T>): Promise<T>;
}

const memorySchema = z.object({
  eTag: z.string().optional(),
  removalId: z
    .string()
    .transform((id) => id as RemovalId)
    .optional(),
  batchId: z
    .string()
    .transform((id) => id as BatchId)
    .optional(),
  request: z
    .object({
      draftId: z.string(),
      wish: z.object({
        customer: z.string(),
        approvers: z.string(),
        route: z.enum(['direct', 'through-distributor']),
        note: z.string().optional(),
      }),
    })
    .optional(),
  live: z.object({ thing: z.string(), messageId: z.string() }).optional(),
});

/**
 * Memory over a botbuilder Storage. Turns of one conversation wait for each other in this process; between processes the
 * eTag tells when another turn was faster, and then its memory stays: what counts is in the database anyway.
 */
export function createMemoryKeeper(storage: Storage, log: Log): MemoryKeeper {
  const running = new Map<string, Promise<unknown>>();

  async function inOrder<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = running.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    running.set(key, mine);
    try {
      return await mine;
    } finally {
      if (running.get(key) === mine) running.delete(key);
    }
  }

  async function save(key: string, memory: Memory, eTag: string | undefined): Promise<void> {
    try {
      await storage.write({ [key]: { ...memory, ...(eTag && { eTag }) } });
    } catch (error) {
      log.warn('another turn of this conversation was faster; its memory stays', { error });
    }
  }

  return {
    with(heard, keeps, turn) {
      if (!keeps) return turn({});
      const key = `memory/${heard.speaker.tenantId}/${heard.speaker.userId}/${heard.place.conversationId}`;
      return inOrder(key, async () => {
        const { eTag, ...memory } = memorySchema.catch({}).parse((await storage.read([key]))[key] ?? {});
        const before = JSON.stringify(memory);
        const result = await turn(memory);
        if (JSON.stringify(memory) !== before) await save(key, memory, eTag);
        return result;
      });
    },
  };
}
