import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../services/identity.ts';
import { decide, nextLookMs, observe, parseApprovers, withdraw } from '../../../services/relationships/relationship.ts';
import { aRequest, CONTOSO, refusalOf, robin } from './a-request.ts';

const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna', signInName: 'Anna@contoso.example' };
const bo = { tenantId: CONTOSO, userId: 'bo' as UserId, name: 'Bo', signInName: 'bo@contoso.example' };
const start = new Date('2026-11-21T09:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const DAY = 86_400_000;

describe('decide', () => {
  it('records the first answer with who gave it, and binds the sign-in name to the person', () => {
    const decided = decide(aRequest(), { decision: 'approve', by: anna, at: later(1) });
    expect(decided.state).toBe('approved');
    expect(decided.decision?.by).toEqual({ tenantId: CONTOSO, userId: 'anna', name: 'Anna' });
    expect(decided.approvers[0]).toEqual({ signInName: 'anna@contoso.example', userId: 'anna', name: 'Anna' });
  });

  it('changes nothing when the same answer comes again, from whichever approver', () => {
    const once = decide(aRequest(), { decision: 'approve', by: anna, at: later(1) });
    expect(decide(once, { decision: 'approve', by: anna, at: later(2) })).toBe(once);
    expect(decide(once, { decision: 'approve', by: bo, at: later(2) })).toBe(once);
  });

  it('lets the first of two contrary answers win', () => {
    const declined = decide(aRequest(), { decision: 'decline', by: anna, reason: 'no', at: later(1) });
    expect(refusalOf(() => decide(declined, { decision: 'approve', by: bo, at: later(2) })).code).toBe(
      'already-decided',
    );
    expect(declined.decision?.reason).toBe('no');
  });

  it.each([
    ['somebody of another tenant', { ...anna, tenantId: robin.tenantId }, 'request-not-found'],
    [
      'a colleague nobody asked',
      { ...anna, userId: 'u' as UserId, signInName: 'ulla@contoso.example' },
      'not-an-approver',
    ],
    [
      'a colleague without a known sign-in name',
      { ...anna, userId: 'u' as UserId, signInName: undefined },
      'not-an-approver',
    ],
  ])('refuses %s', (_who, by, code) => {
    expect(refusalOf(() => decide(aRequest(), { decision: 'approve', by, at: later(1) })).code).toBe(code);
  });

  it('does not let a second account take over a sign-in name that is bound already', () => {
    const bound = aRequest({ approvers: [{ signInName: 'anna@contoso.example', userId: anna.userId, name: 'Anna' }] });
    const impostor = { ...anna, userId: 'other' as UserId };
    expect(refusalOf(() => decide(bound, { decision: 'approve', by: impostor, at: later(1) })).code).toBe(
      'not-an-approver',
    );
  });

  it('refuses the rep who asks, even as a guest with an approver’s name', () => {
    const self = aRequest({ requestedBy: { tenantId: CONTOSO, userId: anna.userId, name: 'Anna' } });
    expect(refusalOf(() => decide(self, { decision: 'approve', by: anna, at: later(1) })).code).toBe('not-an-approver');
  });

  it('is too late from the very moment of expiry', () => {
    const request = aRequest();
    expect(decide(request, { decision: 'approve', by: anna, at: later(30 * DAY - 1) }).state).toBe('approved');
    expect(refusalOf(() => decide(request, { decision: 'approve', by: anna, at: later(30 * DAY) })).code).toBe(
      'already-decided',
    );
  });

  it('is too late once the request was withdrawn', () => {
    const gone = withdraw(aRequest(), later(1));
    expect(refusalOf(() => decide(gone, { decision: 'approve', by: anna, at: later(2) })).code).toBe('already-decided');
  });
});

describe('observe', () => {
  it('believes only Partner Center: an open request becomes active when it shows the relationship', () => {
    const approved = decide(aRequest(), { decision: 'approve', by: anna, at: later(1) });
    expect(observe(approved, { isReseller: false, at: later(2) })).toBe(approved);
    expect(observe(approved, { isReseller: true, at: later(3) })).toMatchObject({
      state: 'active',
      activeAt: later(3),
    });
    expect(observe(aRequest(), { isReseller: true, at: later(3) }).state).toBe('active');
  });

  it('leaves a declined request declined whatever Partner Center shows', () => {
    const declined = decide(aRequest(), { decision: 'decline', by: anna, at: later(1) });
    expect(observe(declined, { isReseller: true, at: later(2) })).toBe(declined);
  });

  it('ends an active relationship that is gone, and expires an open request in time', () => {
    const active = observe(aRequest(), { isReseller: true, at: later(1) });
    expect(observe(active, { isReseller: false, at: later(2) }).state).toBe('ended');
    expect(observe(aRequest(), { isReseller: false, at: later(30 * DAY) }).state).toBe('expired');
  });
});

describe('nextLookMs', () => {
  it('looks soon after the approval, more rarely later, never past expiry, and not at all when closed', () => {
    const approved = decide(aRequest(), { decision: 'approve', by: anna, at: start });
    expect(nextLookMs(approved, later(0))).toBe(15_000);
    expect(nextLookMs(approved, later(DAY))).toBe(30 * 60_000);
    expect(nextLookMs(approved, later(30 * DAY - 1_000))).toBe(1_000);
    expect(nextLookMs(withdraw(approved, later(1)), later(2))).toBeUndefined();
  });
});

describe('parseApprovers', () => {
  it('takes commas, semicolons, spaces and lines, in any letter case, once each', () => {
    expect(parseApprovers('Anna@Contoso.example; bo@contoso.example\nanna@contoso.example')).toEqual([
      'anna@contoso.example',
      'bo@contoso.example',
    ]);
  });

  it.each([
    ['', 'no-approvers'],
    ['anna', 'approver-name-invalid'],
    ['anna@contoso', 'approver-name-invalid'],
    ['a@b@contoso.example', 'approver-name-invalid'],
    ['anna@-contoso.example', 'approver-name-invalid'],
    ['<anna@contoso.example>', 'approver-name-invalid'],
    [Array.from({ length: 11 }, (_, n) => `a${n}@contoso.example`).join(), 'approver-name-invalid'],
  ])('refuses %j', (text, code) => {
    expect(refusalOf(() => parseApprovers(text)).code).toBe(code);
  });
});
