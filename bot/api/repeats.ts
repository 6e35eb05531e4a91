import { createHash } from 'node:crypto';
import { ServiceError } from '../../services/errors.ts';
import {
  beginCall,
  type Call,
  finishCall,
  forgetCall,
  type KeptAnswer,
} from '../../services/idempotency/call-store.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import { type CallProblem, type Problem, problem } from './problem.ts';

/** A key its caller chose: what two of them make of it never meets, because the caller stands beside it. */
const KEY = /^[A-Za-z0-9._:-]{8,200}$/;

type Asked = Readonly<{ caller: string; key: string | undefined; says: readonly (string | Uint8Array)[] }>;
type Outcome = KeptAnswer & Readonly<{ isRepeat: boolean }>;

/**
 * Runs a call that changes something at most once per key. A repeat gets the first answer; one whose outcome was never
 * written (the process died in between) is not begun again: the caller is told to look.
 */
export function createRepeats(db: Queryable, now: () => Date) {
  return {
    async once({ caller, key, says }: Asked, run: () => Promise<KeptAnswer>): Promise<Outcome | Problem> {
      if (key === undefined || !KEY.test(key)) return problem('key-missing');
      const call: Call = { caller, key, fingerprint: fingerprintOf(says) };
      const known = await beginCall(db, call, now());
      if (known.kind === 'answered') return { ...known.answer, isRepeat: true };
      if (known.kind !== 'new')
        return problem(known.kind === 'other' ? 'key-reused' : ('outcome-unknown' satisfies CallProblem));
      try {
        const answer = await run();
        await finishCall(db, call, answer);
        return { ...answer, isRepeat: false };
      } catch (error) {
        if (error instanceof ServiceError) await forgetCall(db, call); // refused, and rolled back: nothing was done
        throw error;
      }
    },
  };
}

function fingerprintOf(says: Asked['says']): string {
  const hash = createHash('sha256');
  for (const part of says) hash.update(`${part.length} `).update(part);
  return hash.digest('hex');
}
