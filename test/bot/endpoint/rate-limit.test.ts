import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../bot/endpoint/rate-limit.ts';
import { isLocal, sourceAddress } from '../../../bot/endpoint/source-address.ts';

describe('a rate limit', () => {
  it('lets a burst through, then only as many as have grown back', () => {
    let clock = 0;
    const limit = createRateLimit({ burst: 3, perSecond: 2, now: () => new Date(clock) });
    const take = (times: number): boolean[] => Array.from({ length: times }, () => limit.take('a'));
    expect(take(4)).toEqual([true, true, true, false]);
    expect(limit.allows('a')).toBe(false);
    expect(limit.take('b')).toBe(true);
    clock = 1_000;
    expect(take(3)).toEqual([true, true, false]);
    clock = 60_000;
    expect(take(4)).toEqual([true, true, true, false]);
  });

  it('forgets the source longest silent when there are too many', () => {
    const limit = createRateLimit({ burst: 1, perSecond: 0, maxSources: 2, now: () => new Date(0) });
    limit.take('a');
    limit.take('b');
    limit.take('a');
    limit.take('c');
    expect(['a', 'b', 'c'].map((source) => limit.allows(source))).toEqual([false, true, false]);
  });

  it('gives nothing for a clock that was set back', () => {
    let clock = 10_000;
    const limit = createRateLimit({ burst: 1, perSecond: 1, now: () => new Date(clock) });
    limit.take('a');
    clock = 0;
    expect(limit.take('a')).toBe(false);
  });
});

describe('where a request comes from', () => {
  it.each([
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['8.8.8.8', '1.1.1.1', '8.8.8.8'],
    ['10.0.0.2', '1.1.1.1, 9.9.9.9', '9.9.9.9'],
    ['127.0.0.1', '9.9.9.9', '9.9.9.9'],
    ['::ffff:10.0.0.2', '9.9.9.9', '9.9.9.9'],
    ['10.0.0.2', '', '10.0.0.2'],
    ['10.0.0.2', 'x'.repeat(65), '10.0.0.2'],
  ])('%s with X-Forwarded-For %s is %s', (remoteAddress, forwarded, source) => {
    expect(sourceAddress({ headers: { 'x-forwarded-for': forwarded }, remoteAddress })).toBe(source);
  });

  it.each([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['10.0.0.2', {}, false],
    ['8.8.8.8', {}, false],
    [undefined, {}, false],
    ['127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, false],
    ['127.0.0.1', { forwarded: 'for=8.8.8.8' }, false],
    ['127.0.0.1', { 'x-real-ip': '8.8.8.8' }, false],
  ])('%s with %j is local: %s', (remoteAddress, headers, local) => {
    expect(isLocal({ headers, remoteAddress })).toBe(local);
  });
});
