/** The working day, in hours of the reader's clock. Our own rule. */
const DAY_BEGINS = 9;
const DAY_ENDS = 17;

/**
 * The next moment in somebody's working hours: now, if they are at work.
 *
 * @param timeZone IANA name as Teams tells it; without one, or with one nobody knows, it is UTC.
 */
export function nextWorkingMoment(at: Date, timeZone: string | undefined): Date {
  const weekend = FRIDAY_AND_SATURDAY.has(timeZone ?? '') ? ['Fri', 'Sat'] : ['Sat', 'Sun'];
  return nextMoment(at, timeZone, ({ weekday, minutes }) => {
    return !weekend.includes(weekday) && minutes >= DAY_BEGINS * 60 && minutes < DAY_ENDS * 60;
  });
}

/** Where people work from Sunday to Thursday. @see Unicode CLDR, supplemental week data */
const FRIDAY_AND_SATURDAY: ReadonlySet<string> = new Set([
  'Asia/Jerusalem',
  'Asia/Tel_Aviv',
  'Asia/Riyadh',
  'Asia/Kuwait',
  'Asia/Qatar',
  'Asia/Bahrain',
  'Asia/Amman',
  'Asia/Baghdad',
  'Asia/Damascus',
  'Asia/Aden',
  'Africa/Cairo',
  'Africa/Algiers',
  'Africa/Tripoli',
  'Africa/Khartoum',
]);

/** What somebody's clock shows. `minutes` count from midnight. */
export type LocalTime = Readonly<{ date: string; weekday: string; minutes: number }>;

/** What a clock in that time zone shows at a moment; in UTC where the zone is not known. */
export function localTime(at: Date, timeZone: string | undefined): LocalTime {
  const parts = Object.fromEntries(
    clockIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, weekday = '', hour, minute } = parts;
  return { date: `${year}-${month}-${day}`, weekday, minutes: Number(hour) * 60 + Number(minute) };
}

const QUARTER_MS = 15 * 60_000;
const WEEK_MS = 7 * 86_400_000;

/** The first moment that fits, now or at a quarter of an hour within the next week: so no rule of summer time is needed. */
export function nextMoment(at: Date, timeZone: string | undefined, fits: (time: LocalTime) => boolean): Date {
  if (fits(localTime(at, timeZone))) return at;
  const begin = Math.ceil(at.getTime() / QUARTER_MS) * QUARTER_MS;
  for (let ms = begin; ms < begin + WEEK_MS; ms += QUARTER_MS) {
    if (fits(localTime(new Date(ms), timeZone))) return new Date(ms);
  }
  return at;
}

/** Zones come from clients: a bound keeps odd ones from filling the memory. */
const MAX_CLOCKS = 200;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone = 'UTC'): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  if (clocks.size >= MAX_CLOCKS) clocks.clear();
  const clock = makeClock(timeZone) ?? clockIn('UTC');
  clocks.set(timeZone, clock);
  return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch {
    return undefined;
  }
}
