import { describe, expect, it } from 'vitest';
import type { TenantId, UserId } from '../../../services/identity.ts';
import { delegate } from '../../../services/relationships/delegation.ts';
import type { RelationshipRequest } from '../../../services/relationships/relationship.ts';
import { aRequest as baseRequest, CONTOSO, refusalOf } from './a-request.ts';

const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna', signInName: 'anna@office.example' };
const at = new Date('2026-11-21T09:00:00Z');

const aRequest = (changes: Partial<RelationshipRequest> = {}) =>
  baseRequest({
    customer: { tenantId: CONTOSO, name: 'Contoso', domain: 'Contoso.example' },
    approvers: [{ signInName: anna.signInName }],
    ...changes,
  });

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
    expect(refusalOf(() => delegate(aRequest(), { by: anna, to, at })).code).toBe('approver-name-invalid');
  });

  it('is told the name that is none of a colleague, cut to what a sentence holds', () => {
    const to = `${'b'.repeat(60)}@${'evil'.repeat(10)}.example`;
    expect(() => delegate(aRequest(), { by: anna, to, at })).toThrow(
      expect.objectContaining({ details: { name: to.slice(0, 80) } }),
    );
  });

  it('changes nothing when a colleague among several is asked already', () => {
    const request = aRequest({ approvers: [{ signInName: anna.signInName }, { signInName: 'bo@contoso.example' }] });
    expect(delegate(request, { by: anna, to: 'bo@contoso.example', at })).toBe(request);
  });

  it('cannot ask an eleventh person', () => {
    const names = Array.from({ length: 9 }, (_, index) => ({ signInName: `a${index}@contoso.example` }));
    const ten = aRequest({ approvers: [{ signInName: anna.signInName }, ...names] });
    expect(refusalOf(() => delegate(ten, { by: anna, to: 'bo@contoso.example', at })).code).toBe(
      'approver-name-invalid',
    );
    const nine = aRequest({ approvers: ten.approvers.slice(0, 9) });
    expect(delegate(nine, { by: anna, to: 'bo@contoso.example', at }).approvers).toHaveLength(10);
  });

  it.each([
    [{ state: 'approved' }, anna, 'already-decided'],
    [{ expiresAt: at }, anna, 'already-decided'],
    [{}, { ...anna, tenantId: 'x' as TenantId }, 'request-not-found'],
    [{}, { ...anna, signInName: 'cleo@contoso.example' }, 'not-an-approver'],
  ] as const)('of %j has to be one who may answer', (changes, by, code) => {
    expect(refusalOf(() => delegate(aRequest(changes), { by, to: 'bo@contoso.example', at })).code).toBe(code);
  });
});
