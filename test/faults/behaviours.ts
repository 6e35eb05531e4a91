import type { Behaviour } from '../emulators/partner-center/behaviour.ts';

const MINUTE_MS = 60_000;
const UNORDERED = { pageSize: 1, shuffled: true, changedCase: true } as const;

/**
 * The server behaviours an upload must survive, by letter; where the real one is not known, all of them. Request ids
 * are ignored wherever that is the harder case.
 */
export const BEHAVIOURS: Readonly<Record<string, Partial<Behaviour>>> = {
  'as documented': {},
  '(a) repeats by MS-RequestId': { sameRequestId: 'replay' },
  '(b) 409 for a taken name': { sameRequestId: 'ignore', duplicateBatch: 'conflict' },
  '(c) 400 for a taken name': { sameRequestId: 'ignore', duplicateBatch: 'bad-request' },
  '(d) accepts again, devices are then 806': { sameRequestId: 'ignore', duplicateBatch: 'accept' },
  '(e) list lags 9 minutes': { sameRequestId: 'ignore', duplicateBatch: 'accept', listLagMs: 9 * MINUTE_MS },
  '(e) list lags 30 minutes': { sameRequestId: 'ignore', duplicateBatch: 'conflict', listLagMs: 30 * MINUTE_MS },
  '(f) paged, unordered, other letter case': { sameRequestId: 'ignore', batchList: UNORDERED },
  '(g) 202 without Location': { sameRequestId: 'ignore', location: 'none' },
  '(g) 202 with an unusable Location': { sameRequestId: 'ignore', location: 'unusable' },
  '(h) states fall back': { statusRegressions: 3, timing: { queuedMs: 20_000, processingMs: 40_000 } },
  '(i) visible but empty for 5 minutes': { sameRequestId: 'ignore', emptyForMs: 5 * MINUTE_MS },
  'ten minutes of work': { sameRequestId: 'ignore', timing: { queuedMs: 120_000, processingMs: 480_000 } },
  'forgets tracking ids': { sameRequestId: 'ignore', forgetsTrackingIds: true },
  'results in another order': { results: 'shuffled', endWithFailures: 'finished_with_errors' },
  'results twice': { results: 'doubled', countField: 'none' },
  'one result missing': { results: 'first-missing' },
};
