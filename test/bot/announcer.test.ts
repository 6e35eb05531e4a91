import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../bot/announcer.ts';

const answered = (statusCode: number, code?: string, retryAfter?: string) => ({
  statusCode,
  body: { error: { code } },
  response: { headers: new Headers(retryAfter ? { 'retry-after': retryAfter } : {}) },
});

describe('what an error of Teams means for a message', () => {
  it.each([
    [answered(429, 'Throttled', '3'), { kind: 'later', retryAfterMs: 3_000 }],
    [answered(429, 'Throttled', 'soon'), { kind: 'later', retryAfterMs: 2_000 }],
    [answered(429, 'Throttled', '999999999'), { kind: 'later', retryAfterMs: 3_600_000 }],
    [answered(412, 'PreconditionFailed'), { kind: 'later', retryAfterMs: 2_000 }],
    [answered(403, 'BotNotInConversationRoster'), { kind: 'refused', reason: 'not-installed' }],
    [answered(403, 'ConversationBlockedByUser'), { kind: 'refused', reason: 'blocked' }],
    [answered(403, 'BotDisabledByAdmin'), { kind: 'refused', reason: 'disabled' }],
    [answered(404, 'ConversationNotFound'), { kind: 'gone' }],
    [answered(413, 'MessageSizeTooBig'), { kind: 'refused', reason: 'rejected' }],
    [answered(400, 'BadSyntax'), { kind: 'refused', reason: 'rejected' }],
  ])('%j', (error, outcome) => {
    expect(outcomeOf(error)).toEqual(outcome);
  });

  it.each([
    answered(500),
    answered(502),
    answered(503),
    answered(504),
    answered(408),
    { code: 'ECONNRESET' },
    new Error('?'),
  ])('a lost answer may have been delivered: %j', (error) => {
    expect(outcomeOf(error)).toMatchObject({ kind: 'ambiguous' });
  });
});
