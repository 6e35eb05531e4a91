import { IntlMessageFormat } from 'intl-messageformat';
import { inDirection } from '../text.ts';
import { en, type MessageKey } from './en.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import { sv } from './sv.ts';

export type { MessageKey } from './en.ts';

/** A whole language: the same keys as English. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** To add a language, write its file and name it here. */
const LANGUAGES = { en, fr, sv, he } satisfies Record<string, Catalogue>;
export type Language = keyof typeof LANGUAGES;

/** Each language by the name its readers know it by, with a capital as in a list. */
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(LANGUAGES).map((language) => [language, ownName(language)]),
);

/** What a message may be filled with. Text that people typed comes through `plain` or `bare` first. */
export type Values = Readonly<Record<string, string | number | Date>>;

/** One person's words: their language, their way of writing dates and numbers, their time zone. */
export type Wording = Readonly<{
  language: Language;
  rtl: boolean;
  /** A value the message needs and was not given reads as an ellipsis, a count as 0: words never fail. */
  say(key: MessageKey, values?: Values): string;
  /** Whether a key exists, for codes that come from outside, such as `device.<name>.cause`. */
  knows(key: string): key is MessageKey;
  date(date: Date): string;
  /** Date and time with the time zone named. */
  dateTime(date: Date): string;
  number(value: number): string;
}>;

/** Languages by name, for what goes through all of them. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = LANGUAGES;

/**
 * Finds the words for a person.
 *
 * @param locale as Teams gives it, such as `fr-CA` or the older `iw-IL`; anything unknown reads English.
 * @param timeZone IANA name; UTC when absent or unknown.
 */
export function createWording(locale: string, timeZone = 'UTC'): Wording {
  const tag = readLocale(locale);
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const key = `${tag.formats} ${zone}`;
  let wording = wordings.get(key);
  if (!wording) {
    if (wordings.size >= MAX_CACHED) wordings.clear();
    wording = wordingFrom(LANGUAGES[tag.language], { ...tag, timeZone: zone });
    wordings.set(key, wording);
  }
  return wording;
}

/** Makes a wording out of any catalogue; tests pass a pseudo language. */
export function wordingFrom(
  catalogue: Catalogue,
  { language, formats, timeZone }: { language: Language; formats: string; timeZone: string },
): Wording {
  const rtl = isRightToLeft(language);
  const messages = new Map<MessageKey, (values?: Values) => string>();
  const dates = new Intl.DateTimeFormat(formats, { dateStyle: 'medium', timeZone });
  const times = new Intl.DateTimeFormat(formats, { ...TIME_PARTS, timeZone });
  const numbers = new Intl.NumberFormat(formats);
  return {
    language,
    rtl,
    say(key, values) {
      let message = messages.get(key);
      if (!message) {
        message = compile(catalogue[key], formats, rtl);
        messages.set(key, message);
      }
      return message(values);
    },
    knows: (key): key is MessageKey => Object.hasOwn(catalogue, key),
    date: (date) => dates.format(date),
    dateTime: (date) => times.format(date),
    number: (value) => numbers.format(value),
  };
}

const TIME_PARTS = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

/** Locale and time zone come from clients: a bound keeps odd ones from filling the memory. */
const MAX_CACHED = 500;
const wordings = new Map<string, Wording>();

function readLocale(locale: string): { language: Language; formats: string } {
  try {
    const { language, region } = new Intl.Locale(locale); // turns the older `iw` into `he` by itself
    if (isLanguage(language)) return { language, formats: region ? `${language}-${region}` : language };
  } catch {
    // not a language tag at all: English below
  }
  return { language: 'en', formats: 'en' };
}

/** True for the code of a language there is a catalogue for. */
export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text);
}

function ownName(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** By the script a language is usually written in: Intl's own text direction is not in every version of Node we run on. */
function isRightToLeft(language: Language): boolean {
  return ['Hebr', 'Arab', 'Syrc', 'Thaa', 'Nkoo'].includes(new Intl.Locale(language).maximize().script ?? '');
}

const timeZones = new Map<string, boolean>();

function isTimeZone(name: string): boolean {
  const known = timeZones.get(name);
  if (known !== undefined) return known;
  if (timeZones.size >= MAX_CACHED) timeZones.clear();
  const valid = canFormatIn(name);
  timeZones.set(name, valid);
  return valid;
}

function canFormatIn(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Messages without arguments are most of a card: they stay the string they are. */
function compile(message: string, locale: string, rtl: boolean): (values?: Values) => string {
  if (!message.includes('{')) return () => message;
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  const missing = defaultsOf(format.getAst());
  return (values = {}) => String(format.format({ ...missing, ...isolated(values, rtl) }));
}

type Nodes = ReturnType<IntlMessageFormat['getAst']>;

function defaultsOf(nodes: Nodes): Record<string, string | number> {
  const found: Record<string, string | number> = {};
  for (const node of nodes) {
    if (!('value' in node) || node.type === LITERAL) continue;
    found[node.value] = 'options' in node || node.type === NUMBER ? 0 : '…';
    if ('options' in node)
      for (const option of Object.values(node.options)) Object.assign(found, defaultsOf(option.value));
  }
  return found;
}

/** Node types of the ICU parser's syntax tree, which has them as numbers. */
const LITERAL = 0;
const NUMBER = 2;

/** Keeps names, ids and sentences of another direction from being reordered into the words around them. */
function isolated(values: Values, rtl: boolean): Values {
  const result: Record<string, string | number | Date> = {};
  for (const [name, value] of Object.entries(values)) {
    // a link stays bare: programs that make it clickable would take the mark for a part of it
    result[name] = typeof value === 'string' && !value.startsWith('https://') ? inDirection(value, rtl) : value;
  }
  return result;
}
