import { describe, expect, it } from 'vitest';
import { afterPost, afterReadingBack, lookPauseMs } from '../../../services/devices/upload.ts';

const now = new Date('2026-11-21T09:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const MINUTE = 60_000;
const first = { attempts: 1, number: 1, firstSentAt: now, devices: 0 };

describe('afterPost', () => {
  it('follows an accepted upload by its tracking id, five seconds later', () => {
    expect(afterPost({ kind: 'accepted', trackingId: 't' }, first, now)).toEqual({
      state: 'accepted',
      pauseMs: 5_120,
      trackingId: 't',
    });
  });

  it('reads an unknown outcome back instead of repeating it', () => {
    expect(afterPost({ kind: 'ambiguous', reason: 'reset' }, first, now).state).toBe('reconciling');
  });

  it.each([
    [409, 'conflict'],
    [400, 'Batch already exists'],
  ])('reads back when the name is said to exist (%i %s)', (status, description) => {
    expect(afterPost({ kind: 'refused', status, description }, first, now)).toEqual({
      state: 'reconciling',
      pauseMs: lookPauseMs(0),
      problem: 'duplicate-name',
    });
  });

  it.each([
    [400, 'Batch is malformed'],
    [403, 'already exists'],
    [400, undefined],
  ])('takes any other refusal as one (%i %s)', (status, description) => {
    expect(afterPost({ kind: 'refused', status, description }, first, now).state).toBe('failed');
  });

  it('says that it waits for a sign-in, and nothing of other reasons', () => {
    const problemOf = (reason: string) => afterPost({ kind: 'not-sent', reason }, first, now);
    expect(problemOf('partner-center-sign-in')).toMatchObject({ state: 'queued', problem: 'partner-center-sign-in' });
    expect(problemOf('reset').problem).toBeUndefined();
  });

  it('repeats with the same ids what was throttled or never left, after the time asked for', () => {
    expect(afterPost({ kind: 'throttled', retryAfterMs: 7_000 }, first, now)).toEqual({
      state: 'queued',
      pauseMs: 7_000,
    });
    expect(afterPost({ kind: 'not-sent', reason: 'refused' }, { ...first, attempts: 20 }, now)).toEqual({
      state: 'queued',
      pauseMs: 300_000,
    });
  });

  it('fails with what Partner Center said when it refuses', () => {
    const said = { status: 403, code: '20002', description: 'x'.repeat(400), correlationId: 'c1' };
    expect(afterPost({ kind: 'refused', ...said }, first, now)).toEqual({
      state: 'failed',
      pauseMs: 0,
      problem: 'refused',
      problemDetails: { ...said, description: 'x'.repeat(300) },
    });
    expect(afterPost({ kind: 'refused', status: 400 }, first, now).problemDetails).toEqual({
      status: 400,
      code: '',
      description: '',
      correlationId: '',
    });
  });

  it('waits for a batch that was created a moment ago before adding to it', () => {
    const second = { ...first, number: 2 };
    expect(afterPost({ kind: 'refused', status: 404 }, second, now)).toEqual({ state: 'queued', pauseMs: 8_192 });
    expect(afterPost({ kind: 'refused', status: 404 }, { ...second, firstSentAt: ago(29 * MINUTE) }, now).state).toBe(
      'queued',
    );
    expect(afterPost({ kind: 'refused', status: 404 }, { ...second, firstSentAt: ago(30 * MINUTE) }, now).state).toBe(
      'failed',
    );
    expect(afterPost({ kind: 'refused', status: 400 }, second, now).state).toBe('failed');
    expect(afterPost({ kind: 'refused', status: 404 }, { ...second, firstSentAt: ago(31 * MINUTE) }, now).state).toBe(
      'failed',
    );
    expect(afterPost({ kind: 'refused', status: 404 }, first, now).state).toBe('failed');
  });
});

describe('afterReadingBack', () => {
  it('is accepted as soon as the batch shows', () => {
    expect(afterReadingBack({ looks: 0, sentAt: now, firstSentAt: now }, 'there', now).state).toBe('accepted');
  });

  it('posts again only after three looks over a quiet time of ten minutes', () => {
    const sentAt = ago(10 * MINUTE);
    expect(afterReadingBack({ looks: 2, sentAt, firstSentAt: sentAt }, 'absent', now).state).toBe('queued');
    expect(afterReadingBack({ looks: 1, sentAt, firstSentAt: sentAt }, 'absent', now).state).toBe('reconciling');
    expect(afterReadingBack({ looks: 9, sentAt: ago(9 * MINUTE), firstSentAt: sentAt }, 'absent', now).state).toBe(
      'reconciling',
    );
  });

  it('posts nothing again while Partner Center still works on the batch', () => {
    const sentAt = ago(60 * MINUTE);
    expect(afterReadingBack({ looks: 9, sentAt, firstSentAt: sentAt }, 'unclear', now).state).toBe('reconciling');
  });

  it('asks for a human after a day', () => {
    const upload = { looks: 9, sentAt: ago(MINUTE), firstSentAt: ago(24 * 60 * MINUTE) };
    expect(afterReadingBack(upload, 'absent', now)).toMatchObject({ state: 'needs-human', problem: 'outcome-unknown' });
  });

  it('looks later each time', () => {
    const pauseOf = (looks: number) =>
      afterReadingBack({ looks, sentAt: now, firstSentAt: now }, 'absent', now).pauseMs;
    expect([0, 1, 4].map(pauseOf)).toEqual([8_192, 13_107, 53_687]);
  });
});

it('looks after 5 s, then 1.6 times later each time, up to just under a minute', () => {
  const pauses = [0, 1, 2, 4, 5, 6, 50].map((looks) => lookPauseMs(looks));
  expect(pauses).toEqual([5_120, 8_192, 13_107, 33_554, 53_687, 55_000, 55_000]);
});

it('looks later at long lists, which take longer', () => {
  expect([0, 1].map((looks) => lookPauseMs(looks, 500))).toEqual([15_120, 24_192]);
});
