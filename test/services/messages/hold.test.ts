import { describe, expect, it } from 'vitest';
import { holdMs } from '../../../services/messages/hold.ts';

const HOUR = 3_600_000;
const at = (time: string) => new Date(`2026-11-18T${time}:00Z`);
const overNight = { timeZone: 'UTC', settings: { quiet: { from: '20:00', until: '07:00' } } } as const;

describe('a digest', () => {
  const daily = { timeZone: 'Europe/Stockholm', settings: { digestAt: '08:00' } };
  const hold = (opened: string, now: string, hours: typeof daily = daily) => {
    const [openedAt, at] = [new Date(opened), new Date(now)];
    return new Date(at.getTime() + holdMs({ role: 'digest.rep' }, hours, at, openedAt)).toISOString();
  };

  it.each([
    ['in the evening', '2026-11-18T19:00:00Z', '2026-11-19T07:00:00.000Z'],
    ['a minute before its hour', '2026-11-18T06:59:00Z', '2026-11-18T07:00:00.000Z'],
    ['on the stroke of it', '2026-11-18T07:00:20Z', '2026-11-19T07:00:00.000Z'],
    ['on the eve of summer time', '2027-03-27T12:00:00Z', '2027-03-28T06:00:00.000Z'],
  ])('opened %s leaves at the next stroke of its hour', (_when, opened, expected) => {
    expect(hold(opened, opened)).toBe(expected);
  });

  it('that is late leaves now, and so does one nobody wants daily any more', () => {
    expect(hold('2026-11-18T19:00:00Z', '2026-11-20T12:00:00Z')).toBe('2026-11-20T12:00:00.000Z');
    const never = { ...daily, settings: {} } as typeof daily;
    expect(hold('2026-11-18T19:00:00Z', '2026-11-18T19:00:00Z', never)).toBe('2026-11-18T19:00:00.000Z');
  });
});

describe('quiet hours', () => {
  it.each([
    ['before they begin', '19:59', 0],
    ['when they begin', '20:00', 11 * HOUR],
    ['after midnight', '02:00', 5 * HOUR],
    ['when they end', '07:00', 0],
  ])('let a notice wait: %s', (_when, time, expected) => {
    expect(holdMs({ role: 'batch.notice-rep' }, overNight, at(time))).toBe(expected);
  });

  it('are on the reader’s own clock', () => {
    expect(holdMs({ role: 'batch.notice-rep' }, { ...overNight, timeZone: 'Asia/Tokyo' }, at('12:00'))).toBe(10 * HOUR);
  });

  it('may lie within one day', () => {
    const atNoon = { timeZone: 'UTC', settings: { quiet: { from: '12:00', until: '13:00' } } };
    expect(holdMs({ role: 'batch.notice-rep' }, atNoon, at('12:30'))).toBe(HOUR / 2);
    expect(holdMs({ role: 'batch.notice-rep' }, atNoon, at('13:00'))).toBe(0);
  });

  it.each([
    'profile.notice',
    'removal.notice-rep',
    'removal.notice-remover',
    'sign-in.works',
    'events.given-up',
    'batch.notice-customer',
  ] as const)('hold up %s, which nobody asked for just now, unless it is urgent', (role) => {
    expect(holdMs({ role }, overNight, at('22:00'))).toBe(9 * HOUR);
    expect(holdMs({ role, urgent: true }, overNight, at('22:00'))).toBe(0);
  });

  it.each(['batch.rep', 'batch.draft-rep', 'request.approver', 'removal.remover', 'examination'] as const)(
    'do not hold up %s, the card somebody waits for',
    (role) => {
      expect(holdMs({ role }, overNight, at('22:00'))).toBe(0);
    },
  );

  it('come on top of working hours for reminders', () => {
    const mornings = { timeZone: 'UTC', settings: { quiet: { from: '08:00', until: '11:00' } } };
    expect(holdMs({ role: 'reminder' }, mornings, at('08:00'))).toBe(3 * HOUR);
  });
});
