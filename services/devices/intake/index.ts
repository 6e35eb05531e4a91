import type { Log } from '../../log.ts';
import type { ProblemKind } from '../device.ts';
import type { ListInput, ListReader } from '../ports.ts';
import { DEFAULT_LIMITS, type IntakeLimits } from './limits.ts';
import { workerEntry } from './pool/entry.ts';
import { createPool, type Failure, type Outcome } from './pool/pool.ts';
import { startProcess } from './pool/process-runner.ts';
import { startThread } from './pool/thread-runner.ts';
import { readPaste, refusedList } from './read-list.ts';
import { type Route, routeOf } from './route.ts';

export type ListReaderOptions = Readonly<{
  log?: Log;
  /** Threads for texts and tables. Pictures, PDFs and archives share one process besides. */
  workers?: number;
  limits?: Partial<IntakeLimits>;
  now?: () => Date;
  /** The built `worker.js`; only for running from another place. */
  entry?: URL;
}>;

const WORKERS = 1;

/**
 * Reads whatever a rep was handed: pastes, tables, workbooks, PDFs, photos and archives of them. Small pastes are read at
 * once; everything else in a warm worker, within limits on bytes, rows, pixels, pages, memory and time.
 */
export function createListReader(options: ListReaderOptions = {}): ListReader {
  const { log, workers = WORKERS, now = () => new Date(), entry = workerEntry() } = options;
  const limits: IntakeLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const pools = {
    thread: createPool((events) => startThread(entry, limits, events), workers, limits, true),
    process: createPool((events) => startProcess(entry, limits, events), 1, limits, false),
  };
  let held = 0;
  let waiting = 0;

  return {
    read: async (input) => {
      if (input.kind === 'text' && lengthOf(input) <= limits.inlineChars) return readPaste(input, limits);
      const route = routeOf(input, limits);
      if (route.to === 'nowhere') return refusedList(input.source, route.kind, route.details);
      if (held + route.bytes > limits.heldBytes || waiting >= limits.queueLength) return busy(input);
      held += route.bytes;
      waiting++;
      const began = now().getTime();
      try {
        return settled(input, route, await pools[route.to].run(input, route.timeoutMs), began);
      } finally {
        held -= route.bytes;
        waiting--;
      }
    },
    close: async () => {
      await Promise.all([pools.thread.close(), pools.process.close()]);
    },
  };

  function busy(input: ListInput) {
    log?.warn('list refused: too many at once', { waiting, held });
    return refusedList(input.source, 'unreadable', { what: 'busy' });
  }

  function settled(input: ListInput, route: Route, outcome: Outcome, began: number) {
    const fields = { kind: route.to, bytes: 'bytes' in route ? route.bytes : 0, ms: now().getTime() - began };
    if (outcome.kind === 'failed') {
      log?.warn('list could not be read', { ...fields, why: outcome.why });
      return refusedList(input.source, kindOf(outcome.why), { what: outcome.why });
    }
    log?.info('list read', { ...fields, devices: outcome.list.devices.length, problems: outcome.list.problems.length });
    return outcome.list;
  }
}

function kindOf(why: Failure): ProblemKind {
  return why === 'time' || why === 'memory' ? 'too_large' : 'unreadable';
}

function lengthOf({ text, html = '' }: Extract<ListInput, { kind: 'text' }>): number {
  return text.length + html.length;
}
