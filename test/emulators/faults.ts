import { z } from 'zod';
import { matchesGlob } from './glob.ts';

/**
 * What goes wrong with one request.
 *
 * - `status`: this answer instead of acting.
 * - `delay`: waits, before acting or (answer late, effect early) after it.
 * - `reset`: cuts the connection without acting.
 * - `resetAfterEffect`: acts, then cuts the connection: accepted, but the answer is lost.
 * - `garbage`: a 200 that is not JSON, without acting.
 * - `truncate`: acts, sends the first bytes of the answer, then cuts the connection.
 * - `stall`: never answers; `acts` tells whether the effect happened.
 */
const FaultEffectSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int(),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    kind: z.literal('delay'),
    delayMs: z.number().nonnegative(),
    when: z.enum(['before-acting', 'after-acting']).default('before-acting'),
  }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('resetAfterEffect') }),
  z.object({ kind: z.literal('garbage'), text: z.string().default('<!doctype html><title>Sorry</title>') }),
  z.object({ kind: z.literal('truncate'), bytes: z.number().int().nonnegative().default(20) }),
  z.object({ kind: z.literal('stall'), acts: z.boolean().default(false) }),
]);
export type FaultEffect = z.output<typeof FaultEffectSchema>;

/** A fault and the requests it hits. What is left out matches everything; `skip` lets that many pass first. */
export const FaultSchema = z.object({
  service: z.string().optional(),
  method: z.string().optional(),
  /** Path with `*` for any text. */
  path: z.string().default('*'),
  times: z.number().int().positive().default(1),
  skip: z.number().int().nonnegative().default(0),
  effect: FaultEffectSchema,
});
export type Fault = z.input<typeof FaultSchema>;

export type Faults = ReturnType<typeof createFaults>;

/** A script of faults, shared by all emulators. Faults are used up in the order in which they were added. */
export function createFaults() {
  const waiting: z.output<typeof FaultSchema>[] = [];
  return {
    /** @throws ZodError when the fault is not one. */
    add(fault: Fault): void {
      waiting.push(FaultSchema.parse(fault));
    },
    clear(): void {
      waiting.length = 0;
    },
    /** Those not used up yet. */
    pending: (): readonly z.output<typeof FaultSchema>[] => waiting,
    /** The fault for this request, which counts as used; `undefined` when all is well. */
    take(service: string, method: string, path: string): FaultEffect | undefined {
      for (const fault of waiting.filter((one) => fits(one, service, method, path))) {
        if (fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        fault.times -= 1;
        if (fault.times === 0) waiting.splice(waiting.indexOf(fault), 1);
        return fault.effect;
      }
      return undefined;
    },
  };
}

function fits(fault: z.output<typeof FaultSchema>, service: string, method: string, path: string): boolean {
  if (fault.service !== undefined && fault.service !== service) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return matchesGlob(fault.path, path);
}
