import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../services/errors.ts';
import type { RemovalId, TenantId, UserId } from '../../../services/identity.ts';
import {
  ANSWER_WITHIN_MS,
  concerned,
  decide,
  isExpired,
  isRemovalEnded,
  isTypedRight,
  MAX_ATTEMPTS,
  REMOVAL_DEVICE_STATES,
  REMOVAL_STATES,
  type Removal,
  type RemovalCounts,
  type RemovalDecision,
  readBackPauseMs,
  removalVerdict,
} from '../../../services/removals/removal.ts';

const NORTHWIND = 'northwind' as TenantId;
const ROBIN = { tenantId: NORTHWIND, userId: 'robin' as UserId, name: 'Robin' };
const SAM = { tenantId: NORTHWIND, userId: 'sam' as UserId, name: 'Sam' };
const NOW = new Date('2026-11-21T09:00:00Z');
const CONTOSO = { tenantId: 'contoso' as TenantId, name: 'Contoso', domain: 'Contoso.example' };

function aRemoval(changes: Partial<Removal> = {}): Removal {
  return {
    id: 'r1' as RemovalId,
    customer: CONTOSO,
    requestedBy: ROBIN,
    state: 'asked',
    lookedInto: [],
    createdAt: NOW,
    askedAt: NOW,
    expiresAt: new Date(NOW.getTime() + 1),
    step: 1,
    version: 1,
    ...changes,
  };
}

const anAnswer = (changes: Partial<RemovalDecision> = {}): RemovalDecision => ({
  answer: 'confirm',
  by: SAM,
  at: NOW,
  ...changes,
});

function counts(changes: Partial<RemovalCounts>): RemovalCounts {
  const none = Object.fromEntries(REMOVAL_DEVICE_STATES.map((state) => [state, 0])) as Record<
    (typeof REMOVAL_DEVICE_STATES)[number],
    number
  >;
  return { ...none, total: 0, ...changes };
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ServiceError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('a second person’s answer', () => {
  it('begins the removal, or ends it, and is kept', () => {
    const yes = anAnswer();
    expect(decide(aRemoval(), yes)).toEqual({ ...aRemoval(), state: 'removing', decision: yes });
    const no = anAnswer({ answer: 'refuse', reason: 'not these' });
    expect(decide(aRemoval(), no)).toEqual({ ...aRemoval(), state: 'refused', decision: no, finishedAt: NOW });
  });

  it('given again by the same person changes nothing', () => {
    const decided = decide(aRemoval(), anAnswer());
    expect(decide(decided, anAnswer({ at: new Date(NOW.getTime() + 99) }))).toBe(decided);
  });

  it.each([
    ['another answer', anAnswer({ answer: 'refuse' })],
    ['somebody else', anAnswer({ by: ROBIN })],
    ['the same id in another tenant', anAnswer({ by: { ...SAM, tenantId: 'x' as TenantId } })],
  ])('comes too late after the first: %s', (_what, answer) => {
    const decided = decide(aRemoval(), anAnswer());
    expect(codeOf(() => decide(decided, answer))).toBe('already-decided');
  });

  it.each(REMOVAL_STATES.filter((state) => state !== 'asked'))('is not taken in the state %s', (state) => {
    expect(codeOf(() => decide(aRemoval({ state }), anAnswer()))).toBe('already-decided');
  });

  it('is taken until its time is over, to the millisecond', () => {
    const late = anAnswer({ at: new Date(NOW.getTime() + 1) });
    expect(codeOf(() => decide(aRemoval(), late))).toBe('already-decided');
    expect(codeOf(() => decide(aRemoval({ expiresAt: undefined }), late))).toBe('nothing thrown');
  });
});

it('expires while it is asked, and only then', () => {
  const later = new Date(NOW.getTime() + 1);
  expect(isExpired(aRemoval(), NOW)).toBe(false);
  expect(isExpired(aRemoval(), later)).toBe(true);
  expect(isExpired(aRemoval({ expiresAt: undefined }), later)).toBe(false);
  expect(isExpired(aRemoval({ state: 'removing' }), later)).toBe(false);
  expect(ANSWER_WITHIN_MS).toBe(3 * 86_400_000);
});

describe('what has to be typed', () => {
  it.each(['40', ' 40 ', '4 0', '4.0', '4,0', '4’0', 'contoso.example', ' CONTOSO.EXAMPLE '])('may be %j', (typed) => {
    expect(isTypedRight(typed, 40, CONTOSO)).toBe(true);
  });

  it.each(['', '41', '4', '400', 'contoso', 'yes', 'forty', '-40', 'contoso.example.'])('is not %j', (typed) => {
    expect(isTypedRight(typed, 40, CONTOSO)).toBe(false);
  });

  it('is never nothing, even for a customer without a domain', () => {
    for (const domain of ['', ' ']) expect(isTypedRight('', 40, { ...CONTOSO, domain })).toBe(false);
  });
});

it('has ended in every state but three', () => {
  const open = REMOVAL_STATES.filter((state) => !isRemovalEnded(state));
  expect(open).toEqual(['draft', 'asked', 'removing']);
});

it('is about the devices that Partner Center lists', () => {
  expect(concerned(counts({ total: 9, absent: 3, unchecked: 2 }))).toBe(4);
});

it.each([
  [{ waiting: 1, unknown: 1 }, undefined],
  [{ removing: 1, removed: 3 }, undefined],
  [{ checking: 1, failed: 1 }, undefined],
  [{ unknown: 1, failed: 1 }, 'needs-human'],
  [{ failed: 1, removed: 3 }, 'done-with-errors'],
  [{ removed: 3, gone: 1, absent: 2 }, 'done'],
] as const)('with %j ends as %s', (changes, state) => {
  expect(removalVerdict(counts(changes))).toBe(state);
});

it('reads back later each time, an hour at most, and not for ever', () => {
  expect([0, 1, 3, 20].map(readBackPauseMs)).toEqual([5_000, 10_000, 40_000, 3_600_000]);
  expect(MAX_ATTEMPTS).toBe(12);
});
