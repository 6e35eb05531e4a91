import { describe, expect, it } from 'vitest';
import type { MessageId, TenantId, UserId } from '../../../services/identity.ts';
import { type Message, nextDelivery, QUIET_AFTER_LOST_ANSWER_MS } from '../../../services/messages/message.ts';

const now = new Date('2026-11-21T09:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

function aMessage(changes: Partial<Message> = {}): Message {
  return {
    id: 'm1' as MessageId,
    subjectKind: 'request',
    subjectId: 'q1',
    role: 'request.rep',
    recipient: { kind: 'person', tenantId: 't' as TenantId, userId: 'u' as UserId },
    state: 'due',
    wanted: 1,
    drawn: 0,
    attempts: 0,
    ...changes,
  };
}

const postedAt = { serviceUrl: 's', conversationId: 'c', activityId: 'a' };

describe('nextDelivery', () => {
  it.each([
    ['posts what is due', {}, 'post'],
    ['updates what was posted before', { postedAt, state: 'sent', wanted: 2, drawn: 1 }, 'update'],
    ['does nothing when what is wanted is shown', { postedAt, state: 'sent', drawn: 1 }, 'nothing'],
    ['does nothing while the recipient has no app', { state: 'waiting' }, 'nothing'],
    ['does nothing once Teams refused for good', { state: 'undeliverable' }, 'nothing'],
    ['waits after a lost answer', { state: 'ambiguous', attempts: 1, sendingSince: ago(1_000) }, 'wait'],
    [
      'waits when a post was begun and its process died',
      { state: 'sending', attempts: 1, sendingSince: ago(1) },
      'wait',
    ],
    [
      'is quiet twice as long after the second lost answer',
      { state: 'ambiguous', attempts: 2, sendingSince: ago(QUIET_AFTER_LOST_ANSWER_MS) },
      'wait',
    ],
    [
      'posts once more after the quiet time',
      { state: 'ambiguous', attempts: 1, sendingSince: ago(QUIET_AFTER_LOST_ANSWER_MS) },
      'post',
    ],
    [
      'gives up after the eighth lost answer',
      { state: 'ambiguous', attempts: 8, sendingSince: ago(24 * QUIET_AFTER_LOST_ANSWER_MS) },
      'give-up',
    ],
  ] as const)('%s', (_name, changes, kind) => {
    expect(nextDelivery(aMessage(changes), now).kind).toBe(kind);
  });
});

it('looks again soon at a post that a colleague has begun a moment ago', () => {
  const begun = aMessage({ state: 'sending', attempts: 1, sendingSince: ago(1_000) });
  expect(nextDelivery(begun, now)).toEqual({ kind: 'wait', ms: 5_000 });
});
