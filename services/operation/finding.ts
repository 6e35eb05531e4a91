import { z } from 'zod';

/** What is looked at when an installation is examined. Words: `doctor.check.…` in the catalogues. */
export const CHECKS = [
  'settings',
  'database',
  'bot',
  'bot-token',
  'graph-token',
  'graph-permissions',
  'graph-lookup',
  'groups',
  'partner-center-app',
  'webhook',
  'partner-center-user',
  'waiting-work',
  'installed',
  'approvers',
  'events',
] as const;
export type Check = (typeof CHECKS)[number];

/** What can be found. Words: `doctor.found.…`, filled with the finding's values. */
export const FOUND = [
  'failed',
  'settings-complete',
  'settings-wrong',
  'database-new',
  'database-locked',
  'database-empty',
  'database-current',
  'database-behind',
  'database-in-use',
  'bot-ready',
  'bot-not-ready',
  'bot-silent',
  'bot-token',
  'certificate',
  'graph-token',
  'permission-unknown',
  'permission-granted',
  'permission-optional',
  'permission-missing',
  'lookup',
  'lookup-none',
  'groups-nobody',
  'groups-reps',
  'partner-center-app',
  'webhook',
  'webhook-none',
  'webhook-elsewhere',
  'webhook-events',
  'user',
  'user-since',
  'user-without-factor',
  'user-unread',
  'waiting-work',
  'installed',
  'customers-reached',
  'customers-without',
  'approvers-some',
  'approvers-none',
  'events',
  'events-late',
  'events-given-up',
] as const;
export type Found = (typeof FOUND)[number];

/** What to do about a problem. Words: `doctor.advice.…`. */
export const ADVICE = [
  'settings',
  'database-reach',
  'database-write',
  'bot-log',
  'bot-sign-in',
  'certificate',
  'permission',
  'lookup',
  'groups',
  'webhook',
  'webhook-other',
  'waiting-work',
  'install',
  'events',
  'events-given-up',
  'credential',
  'configuration',
  'token-mismatch',
  'sign-in',
  'second-factor',
  'seal-key',
  'partner-center-refused',
  'partner-center-unavailable',
  'graph-unavailable',
  'other',
] as const;
export type Advice = (typeof ADVICE)[number];

/** What fills a sentence: names, counts, and moments as ISO texts under `since`. Never secrets. */
export type FindingValues = Readonly<Record<string, string | number>>;

/** What one check found, in no language yet. A problem says what to do about it. */
export type Finding = Readonly<
  { check: Check; found: Found; values: FindingValues } & (
    | { outcome: 'ok' | 'not-checked' }
    | { outcome: 'problem'; advice: Advice }
  )
>;

export function ok(check: Check, found: Found, values: FindingValues = {}): Finding {
  return { check, outcome: 'ok', found, values };
}

export function notChecked(check: Check, found: Found, values: FindingValues = {}): Finding {
  return { check, outcome: 'not-checked', found, values };
}

export function problem(check: Check, found: Found, advice: Advice, values: FindingValues = {}): Finding {
  return { check, outcome: 'problem', found, advice, values };
}

/** Whether nothing is wrong. What could not be checked is no problem. */
export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ outcome }) => outcome !== 'problem');
}

const shared = {
  check: z.enum(CHECKS),
  found: z.enum(FOUND),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
};

/** Reads findings that were stored; fails for those of a newer version that found something else. */
export const findingsColumn = z.array(
  z.discriminatedUnion('outcome', [
    z.object({ ...shared, outcome: z.literal('ok') }),
    z.object({ ...shared, outcome: z.literal('not-checked') }),
    z.object({ ...shared, outcome: z.literal('problem'), advice: z.enum(ADVICE) }),
  ]),
);
