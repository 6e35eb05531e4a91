import { describe, expect, it } from 'vitest';
import { localTime, nextWorkingMoment } from '../../../services/messages/hours.ts';

describe('working hours', () => {
  it.each([
    ['in the middle of the day', 'Europe/Stockholm', '2026-11-18T10:00:00Z', '2026-11-18T10:00:00Z'],
    ['before nine', 'Europe/Stockholm', '2026-11-18T05:20:00Z', '2026-11-18T08:00:00Z'],
    ['at five', 'Europe/Stockholm', '2026-11-18T16:00:00Z', '2026-11-19T08:00:00Z'],
    ['on Friday evening', 'Europe/Stockholm', '2026-11-20T17:00:00Z', '2026-11-23T08:00:00Z'],
    ['on Sunday in Israel', 'Asia/Jerusalem', '2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z'],
    ['on Friday in Israel', 'Asia/Jerusalem', '2026-11-20T09:00:00Z', '2026-11-22T07:00:00Z'],
    ['over the end of summer time', 'Europe/Paris', '2026-10-23T16:00:00Z', '2026-10-26T08:00:00Z'],
    ['half an hour beside the others', 'Asia/Kolkata', '2026-11-18T02:00:00Z', '2026-11-18T03:30:00Z'],
    ['across the date line', 'Pacific/Auckland', '2026-11-18T10:00:00Z', '2026-11-18T20:00:00Z'],
    ['without a time zone', undefined, '2026-11-18T08:00:00Z', '2026-11-18T09:00:00Z'],
    ['in a time zone nobody knows', 'Mars/Olympus', '2026-11-18T08:00:00Z', '2026-11-18T09:00:00Z'],
  ])('%s', (_when, timeZone, at, expected) => {
    expect(nextWorkingMoment(new Date(at), timeZone)).toEqual(new Date(expected));
  });
});

it('reads somebody’s clock', () => {
  const time = localTime(new Date('2026-11-18T23:30:00Z'), 'Asia/Tokyo');
  expect(time).toEqual({ date: '2026-11-19', weekday: 'Thu', minutes: 8 * 60 + 30 });
});
