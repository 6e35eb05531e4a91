import { describe, expect, it } from 'vitest';
import type { TenantId, UserId } from '../../../services/identity.ts';
import {
  bind,
  decide,
  findApprover,
  nextLookMs,
  parseApprovers,
  type RelationshipRequest,
  type RequestState,
  withdraw,
} from '../../../services/relationships/relationship.ts';
import { aRequest as baseRequest, CONTOSO, refusalOf } from './a-request.ts';

const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna', signInName: 'anna@contoso.example' };
const bo = { tenantId: CONTOSO, userId: 'bo' as UserId, name: 'Bo', signInName: 'bo@contoso.example' };
const start = new Date('2026-11-21T09:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const MINUTE = 60_000;
const DAY = 86_400_000;

const aRequest = (changes: Partial<RelationshipRequest> = {}) =>
  baseRequest({
    approvers: [{ signInName: anna.signInName, userId: anna.userId, name: 'Anna' }, { signInName: bo.signInName }],
    ...changes,
  });

describe('an answer', () => {
  it.each([
    ['approve', 'approved'],
    ['decline', 'declined'],
  ] as const)('"%s" makes the request %s', (decision, state) => {
    expect(decide(aRequest(), { decision, by: anna, at: start })).toMatchObject({ state, decision: { decision } });
  });

  it('keeps a reason only with a refusal, and none where none was given', () => {
    const reason = 'Not now';
    const kept = (decision: 'approve' | 'decline', given?: string) =>
      decide(aRequest(), { decision, by: anna, at: start, reason: given }).decision;
    expect(kept('decline', reason)).toMatchObject({ reason });
    expect(kept('approve', reason)).not.toHaveProperty('reason');
    expect(kept('decline')).not.toHaveProperty('reason');
    expect(kept('decline', '')).not.toHaveProperty('reason');
  });

  it.each([
    ['withdrawn', 'approve'],
    ['expired', 'approve'],
    ['declined', 'approve'],
    ['approved', 'decline'],
    ['active', 'decline'],
    ['ended', 'decline'],
  ] as const)('to a request that is %s comes too late to %s, and says what it is', (state, decision) => {
    const given = decision === 'approve' ? 'decline' : 'approve';
    const request = aRequest({ state, decision: { decision: given, by: anna, at: start } });
    const refusal = refusalOf(() => decide(request, { decision, by: anna, at: start }));
    expect(refusal).toMatchObject({ code: 'already-decided', details: { outcome: state } });
    expect(refusal.message).toBe(`q1 is ${state}`);
  });

  it('that was taken back with the request does not count as given, even when it is repeated', () => {
    const request = aRequest({ state: 'withdrawn', decision: { decision: 'approve', by: anna, at: start } });
    const refusal = refusalOf(() => decide(request, { decision: 'approve', by: anna, at: start }));
    expect(refusal.details).toEqual({ outcome: 'withdrawn' });
  });

  it('comes too late at the very moment of expiry, and in time 1 ms before', () => {
    const answer = { decision: 'approve', by: anna } as const;
    expect(refusalOf(() => decide(aRequest(), { ...answer, at: later(30 * DAY) })).details).toEqual({
      outcome: 'expired',
    });
    expect(decide(aRequest(), { ...answer, at: later(30 * DAY - 1) }).state).toBe('approved');
  });

  it.each([
    ['somebody of another tenant', { ...anna, tenantId: 'x' as TenantId }, 'request-not-found'],
    ['a colleague', { ...anna, userId: 'cleo' as UserId, signInName: 'cleo@contoso.example' }, 'not-an-approver'],
    ['somebody without a sign-in name', { ...bo, signInName: undefined }, 'not-an-approver'],
    ['a guest whom the request names', { ...anna, signInName: 'a_x.example#EXT#@contoso.example' }, 'not-an-approver'],
  ])('of %s is refused', (_who, by, code) => {
    expect(refusalOf(() => decide(aRequest(), { decision: 'approve', by, at: start })).code).toBe(code);
  });

  it('of the one who asks is refused even when the request names them', () => {
    const asked = aRequest({ requestedBy: { tenantId: CONTOSO, userId: anna.userId, name: 'Anna' } });
    expect(refusalOf(() => decide(asked, { decision: 'approve', by: anna, at: start })).code).toBe('not-an-approver');
  });
});

describe('an approver', () => {
  it('is found by object id, or by a sign-in name that nobody is bound to', () => {
    expect(findApprover(aRequest(), { ...anna, signInName: 'renamed@contoso.example' })?.userId).toBe('anna');
    expect(findApprover(aRequest(), { ...bo, signInName: 'BO@Contoso.example' })?.signInName).toBe(bo.signInName);
    expect(findApprover(aRequest(), { ...bo, signInName: anna.signInName })).toBeUndefined();
    expect(findApprover(aRequest(), { ...anna, tenantId: 'x' as TenantId })).toBeUndefined();
  });

  it('is bound once and for good', () => {
    const request = aRequest();
    const [first, second] = request.approvers;
    if (!first || !second) throw new Error('two approvers');
    expect(bind(request, first, bo)).toBe(request);
    const bound = bind(request, second, bo);
    expect(bound.approvers).toEqual([first, { signInName: bo.signInName, userId: 'bo', name: 'Bo' }]);
  });
});

describe('taking back', () => {
  it.each(['sent', 'approved'] as const)('a request that is %s closes it', (state) => {
    expect(withdraw(aRequest({ state }), start).state).toBe('withdrawn');
  });

  it('twice changes nothing', () => {
    const request = aRequest({ state: 'withdrawn' });
    expect(withdraw(request, start)).toBe(request);
  });

  it.each(['active', 'declined', 'expired', 'ended'] as const)('one that is %s is too late', (state) => {
    const refusal = refusalOf(() => withdraw(aRequest({ state }), start));
    expect(refusal).toMatchObject({ code: 'already-decided', details: { outcome: state }, message: `q1 is ${state}` });
  });
});

describe('the next look at Partner Center', () => {
  const approvedAt = (state: RequestState, ms: number) =>
    nextLookMs(aRequest({ state, decision: { decision: 'approve', by: anna, at: start } }), later(ms));

  it.each([
    ['sent', 0, 30 * MINUTE],
    ['sent', 30 * DAY - 5 * MINUTE, 5 * MINUTE],
    ['sent', 31 * DAY, 0],
    ['approved', 0, MINUTE / 4],
    ['approved', 20 * MINUTE, 5 * MINUTE],
    ['approved', 10 * DAY, 30 * MINUTE],
    ['approved', 30 * DAY - MINUTE, MINUTE],
  ] as const)('of one that is %s, %i ms after it began, is in %i ms', (state, ms, expected) => {
    expect(approvedAt(state, ms)).toBe(expected);
  });

  it('of one without a noted decision is soon', () => {
    expect(nextLookMs(aRequest({ state: 'approved' }), later(DAY))).toBe(MINUTE / 4);
  });

  it.each(['active', 'declined', 'expired', 'withdrawn', 'ended'] as const)('of one that is %s is none', (state) => {
    expect(approvedAt(state, 0)).toBeUndefined();
  });
});

describe('the names of approvers', () => {
  it.each([
    ['a@b.c', ['a@b.c']],
    ['A@B.example,b@b.example', ['a@b.example', 'b@b.example']],
    [' a@b.example ;; b@b.example\n,\tc@b.example ', ['a@b.example', 'b@b.example', 'c@b.example']],
    ['a@b.example a@B.EXAMPLE', ['a@b.example']],
    ['o’brien+x@sub.b-c.example', ['o’brien+x@sub.b-c.example']],
  ])('%j are read', (text, names) => expect(parseApprovers(text)).toEqual(names));

  it.each(['', ' ', ',;\n'])('%j are none', (text) => {
    expect(refusalOf(() => parseApprovers(text))).toMatchObject({
      code: 'no-approvers',
      message: 'no approvers given',
    });
  });

  it.each([
    'anna',
    '@b.example',
    'a@b',
    'a@b.example.',
    'a@.example',
    'a@-b.example',
    'a@b-.example',
    'a@b.-c',
    'a@b.c-',
    'a@b..c',
    'a@b.example>',
    'a(x)@b.example',
    'mailto:a@b.example',
    'a/b@b.example',
    '*a*@b.example',
    '${a}@b.example',
    'a\\@b.example',
    'a@b@c.example',
    `${'a'.repeat(65)}@b.example`,
    'x#EXT#@b.example',
  ])('%j is no name', (name) => {
    const refusal = refusalOf(() => parseApprovers(`good@b.example, ${name}`));
    expect(refusal).toMatchObject({
      code: 'approver-name-invalid',
      details: { name: name.toLowerCase().slice(0, 80) },
    });
  });

  it('are at most 254 characters long each', () => {
    const domain = (length: number) => `${'d'.repeat(length - 'a@'.length - '.e'.length)}.e`;
    expect(parseApprovers(`a@${domain(254)}`)).toHaveLength(1);
    const refusal = refusalOf(() => parseApprovers(`a@${domain(255)}`));
    expect(refusal.details).toEqual({ name: `a@${domain(255)}`.slice(0, 80) });
    expect(refusal.message).toBe('not a sign-in name');
  });

  it('are at most ten', () => {
    const names = Array.from({ length: 11 }, (_, index) => `a${index}@b.example`);
    expect(parseApprovers(names.slice(0, 10).join())).toHaveLength(10);
    const refusal = refusalOf(() => parseApprovers(names.join()));
    expect(refusal).toMatchObject({ details: { name: 'a10@b.example' }, message: 'too many approvers' });
  });
});
