import { describe, expect, it } from 'vitest';
import type { TenantId, UserId } from '../../../services/identity.ts';
import { noteRoles, rolesNoted } from '../../../services/relationships/approver-roles.ts';
import { decide, type RelationshipRequest } from '../../../services/relationships/relationship.ts';
import { aRequest as baseRequest, CONTOSO } from './a-request.ts';

const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna', signInName: 'anna@contoso.example' };
const at = new Date('2026-11-21T09:00:00Z');
const reading = { roles: ['billing-administrator'], at } as const;
const minutesLater = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

const aRequest = (changes: Partial<RelationshipRequest> = {}) =>
  baseRequest({
    approvers: [{ signInName: 'bo@contoso.example' }, { signInName: anna.signInName }],
    expiresAt: minutesLater(60),
    ...changes,
  });

describe('noting what Entra says about an approver', () => {
  it('binds it to that approver alone', () => {
    const request = aRequest();
    const after = noteRoles(request, anna, reading);
    expect(after.approvers).toEqual([
      { signInName: 'bo@contoso.example' },
      { signInName: anna.signInName, userId: 'anna', name: 'Anna', roles: reading },
    ]);
    expect(rolesNoted(request, after)).toBe(true);
    expect(rolesNoted(request, request)).toBe(false);
  });

  it.each([
    ['somebody who was not asked', { ...anna, signInName: 'ulla@contoso.example' }],
    ['the same name in another tenant', { ...anna, tenantId: '3' as TenantId }],
    ['a guest', { ...anna, signInName: 'anna_else#EXT#@contoso.example' }],
  ])('changes nothing for %s', (_who, person) => {
    const request = aRequest();
    expect(noteRoles(request, person, reading)).toBe(request);
  });

  it.each(['active', 'declined', 'expired', 'withdrawn', 'ended'] as const)(
    'changes nothing when it is %s',
    (state) => {
      const request = aRequest({ state });
      expect(noteRoles(request, anna, reading)).toBe(request);
    },
  );

  it('changes nothing once the time to answer is over', () => {
    const request = aRequest();
    expect(noteRoles(request, anna, { ...reading, at: minutesLater(60) })).toBe(request);
    expect(noteRoles(request, anna, { ...reading, at: minutesLater(59) })).not.toBe(request);
  });

  it('takes the same from several clients as one reading, and another or a later one as news', () => {
    const known = noteRoles(aRequest(), anna, reading);
    expect(noteRoles(known, anna, { ...reading, at: minutesLater(9) })).toBe(known);
    expect(noteRoles(known, anna, { ...reading, at: minutesLater(10) })).not.toBe(known);
    expect(noteRoles(known, anna, { roles: [], at: minutesLater(1) }).approvers[1]?.roles).toMatchObject({ roles: [] });
  });
});

describe('the evidence of an answer', () => {
  it('has what Entra says now, else what it said when the approver signed in, else nothing', () => {
    const known = noteRoles(aRequest(), anna, reading);
    const answer = { decision: 'approve', by: anna, at: minutesLater(5) } as const;
    const now = { roles: ['global-administrator'], at: minutesLater(5) } as const;
    expect(decide(known, { ...answer, roles: now }).decision?.roles).toBe(now);
    expect(decide(known, answer).decision?.roles).toBe(reading);
    expect(decide(aRequest(), answer).decision).not.toHaveProperty('roles');
  });

  it('does not take one approver’s role for another’s', () => {
    const bo = { tenantId: CONTOSO, userId: 'bo' as UserId, name: 'Bo', signInName: 'bo@contoso.example' };
    const known = noteRoles(aRequest(), anna, reading);
    expect(decide(known, { decision: 'approve', by: bo, at }).decision).not.toHaveProperty('roles');
  });
});
