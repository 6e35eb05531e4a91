import { RETRY_AFTER_S } from './invariants.ts';
import type { LineFault } from './line.ts';
import type { ChatFault } from './memory-chat.ts';
import type { Random } from './random.ts';
import type { TrialOptions } from './trial.ts';

const LINE: readonly LineFault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, retryAfterS: 5 },
  { kind: 'status', status: 408 },
  { kind: 'status', status: 429, retryAfterS: RETRY_AFTER_S },
  { kind: 'status', status: 401 },
  { kind: 'cut-before' },
  { kind: 'cut-after' },
  { kind: 'cut-after' },
  { kind: 'garbage-after' },
  { kind: 'never-left' },
];
const CHAT: readonly ChatFault[] = ['later', 'later', 'lost', 'answer-lost'];

/** This share of all calls to Partner Center and to Teams goes wrong, each in a way of its own. */
export function mixedFaults(share: number): Pick<TrialOptions, 'lineFaults' | 'chatFaults'> {
  const happens = (random: Random) => random.chance(share);
  return {
    lineFaults: (random) => (happens(random) ? random.pick(LINE) : undefined),
    chatFaults: (random) => (happens(random) ? random.pick(CHAT) : undefined),
  };
}

/** The first POST of devices is accepted, and its answer lost. */
export function firstPostUnanswered(): Pick<TrialOptions, 'lineFaults'> {
  let isFirst = true;
  return {
    lineFaults: (_random, method, path) => {
      if (method !== 'POST' || !isFirst || !/deviceBatches/i.test(path)) return undefined;
      isFirst = false;
      return { kind: 'cut-after' };
    },
  };
}
