import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../services/errors.ts';
import type { RequestId, TenantId, UserId } from '../../../services/identity.ts';
import { delegate } from '../../../services/relationships/delegation.ts';
import type { RelationshipRequest } from '../../../services/relationships/relationship.ts';

const CONTOSO = '22222222-0000-4000-8000-000000000001' as TenantId;
const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna', signInName: 'anna@office.example' };
const at = new Date('2026-11-21T09:00:00Z');

function aRequest(changes: Partial<RelationshipRequest> = {}): RelationshipRequest {
  return {
    id: 'q1' as RequestId,
    reference: 'r'.repeat(22),
    customer: { tenantId: CONTOSO, name: 'Contoso', domain: 'Contoso.example' },
    route: 'direct',
    link: 'https://admin.microsoft.com/',
    requestedBy: { tenantId: '1' as TenantId, userId: 'robin' as UserId, name: 'Robin' },
    approvers: [{ signInName: anna.signInName }],
    state: 'sent',
    createdAt: at,
    expiresAt: new Date(at.getTime() + 1),
    reminders: [],
    version: 1,
    ...changes,
  };
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

describe('an approver who asks a colleague', () => {
  it.each(['bo@contoso.example', ' BO@Contoso.Example ', 'bo@office.example'])('adds %j and may still answer', (to) => {
    const { approvers } = delegate(aRequest(), { by: anna, to, at });
    expect(approvers).toEqual([{ signInName: anna.signInName }, { signInName: to.trim().toLowerCase() }]);
  });

  it('changes nothing when that colleague is asked already', () => {
    const request = aRequest();
    expect(delegate(request, { by: anna, to: 'Anna@office.example', at })).toBe(request);
  });

  it.each([
    'bo@evil.example',
    'bo@sub.contoso.example',
    'bo@contoso.example.evil.example',
    'bo@contoso.example, cleo@contoso.example',
    'robin_northwind.example#EXT#@contoso.example',
    'bo',
  ])('cannot ask %j', (to) => {
    expect(codeOf(() => delegate(aRequest(), { by: anna, to, at }))).toBe('approver-name-invalid');
  });

  it('cannot ask an eleventh person', () => {
    const names = Array.from({ length: 9 }, (_, index) => ({ signInName: `a${index}@contoso.example` }));
    const ten = aRequest({ approvers: [{ signInName: anna.signInName }, ...names] });
    expect(codeOf(() => delegate(ten, { by: anna, to: 'bo@contoso.example', at }))).toBe('approver-name-invalid');
    const nine = aRequest({ approvers: ten.approvers.slice(0, 9) });
    expect(delegate(nine, { by: anna, to: 'bo@contoso.example', at }).approvers).toHaveLength(10);
  });

  it.each([
    [{ state: 'approved' }, anna, 'already-decided'],
    [{ expiresAt: at }, anna, 'already-decided'],
    [{}, { ...anna, tenantId: 'x' as TenantId }, 'request-not-found'],
    [{}, { ...anna, signInName: 'cleo@contoso.example' }, 'not-an-approver'],
  ] as const)('of %j has to be one who may answer', (changes, by, code) => {
    expect(codeOf(() => delegate(aRequest(changes), { by, to: 'bo@contoso.example', at }))).toBe(code);
  });
});
