import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../services/identity.ts';
import type { RelationshipRequest } from '../../../services/relationships/relationship.ts';
import {
  awaited,
  isReminderDue,
  remind,
  remindersOf,
  requestOfReminder,
} from '../../../services/relationships/reminders.ts';
import { aRequest as baseRequest, CONTOSO, refusalOf } from './a-request.ts';

const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna' };
const start = new Date('2026-11-16T09:00:00Z');
const DAY = 86_400_000;
const day = (days: number) => new Date(start.getTime() + days * DAY);

const aRequest = (changes: Partial<RelationshipRequest> = {}) =>
  baseRequest({
    approvers: [{ signInName: 'anna@contoso.example', userId: anna.userId }, { signInName: 'bo@contoso.example' }],
    createdAt: start,
    expiresAt: day(30),
    ...changes,
  });

describe('reminding', () => {
  it('is noted with its time, twice in seven days and no more', () => {
    const twice = remind(remind(aRequest(), day(1)), day(2));
    expect(twice.reminders).toEqual([day(1), day(2)]);
    const refusal = refusalOf(() => remind(twice, day(7.9)));
    expect(refusal).toMatchObject({ code: 'reminded-enough', details: { date: day(8) } });
    expect(remind(twice, day(8)).reminders).toHaveLength(3);
  });

  it.each(['active', 'declined', 'expired', 'withdrawn', 'ended'] as const)('is refused once it is %s', (state) => {
    expect(refusalOf(() => remind(aRequest({ state }), day(1))).code).toBe('already-decided');
  });

  it('is refused when the time is over, also before anybody has looked', () => {
    expect(refusalOf(() => remind(aRequest(), day(30))).details).toEqual({ outcome: 'expired' });
  });

  it('goes to everybody who was asked, and after the approval to who has to accept', () => {
    expect(awaited(aRequest())).toHaveLength(2);
    const approved = aRequest({ state: 'approved', decision: { decision: 'approve', by: anna, at: day(1) } });
    expect(awaited(approved).map(({ userId }) => userId)).toEqual([anna.userId]);
  });

  it('makes each reminder a message of its own that leads back to its request', () => {
    const subjects = remindersOf(aRequest({ reminders: [day(1), day(2)] }));
    expect(new Set(subjects.map(({ id }) => id)).size).toBe(2);
    expect(subjects.map(({ id }) => requestOfReminder(id))).toEqual(['q1', 'q1']);
  });
});

describe('a reminder of Tarmac’s own', () => {
  it('is due three days after the question, once', () => {
    expect(isReminderDue(aRequest(), day(2.9))).toBe(false);
    expect(isReminderDue(aRequest(), day(3))).toBe(true);
    expect(isReminderDue(remind(aRequest(), day(3)), day(20))).toBe(false);
  });

  it('is not needed after a rep has reminded', () => {
    expect(isReminderDue(remind(aRequest(), day(1)), day(5))).toBe(false);
  });

  it('is due once more three days after the approval, while Microsoft’s own step is left', () => {
    const decision = { decision: 'approve', by: anna, at: day(5) } as const;
    const approved = aRequest({ state: 'approved', decision, reminders: [day(3)] });
    expect(isReminderDue(approved, day(7))).toBe(false);
    expect(isReminderDue(approved, day(8))).toBe(true);
    expect(isReminderDue({ ...approved, state: 'active' }, day(8))).toBe(false);
  });
});
