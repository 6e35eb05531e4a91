import type { ProblemKind } from './device.ts';
import { plainText } from './intake/characters.ts';
import { hasProductKey, MASKED_KEY, shown } from './intake/secrets.ts';

/** Digits of a PKID. No public document describes a check digit or a range, so none is checked. */
export const PKID_DIGITS = 13;

/** What one value, known to stand where a PKID belongs, turned out to be. */
export type PkidReading =
  | Readonly<{ kind: 'none' }>
  /** `confirm` says why a person must look before this PKID may be used. */
  | Readonly<{ kind: 'pkid'; pkid: string; confirm?: ProblemKind }>
  | Readonly<{ kind: 'refused'; problem: ProblemKind; details: Readonly<Record<string, string | number>> }>;

const NONE: PkidReading = { kind: 'none' };
const ZEROS = '0'.repeat(PKID_DIGITS);

/** True for exactly 13 ASCII digits. */
export function isThirteenDigits(text: string): boolean {
  if (text.length !== PKID_DIGITS) return false;
  for (let i = 0; i < PKID_DIGITS; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/**
 * Reads a value as a PKID: 13 digits kept as text. Digits of other scripts, grouping (spaces, thousands separators,
 * hyphens), Excel's text marks and an exact exponent are undone; whatever could be another number carries `confirm`;
 * nothing is guessed in silence.
 */
export function readPkid(value: string): PkidReading {
  if (isThirteenDigits(value)) return judged(value);
  const text = unwrapped(plainText(value));
  if (isAbsent(text)) return NONE;
  if (hasProductKey(text)) return refused('not_a_pkid', MASKED_KEY);
  if (EXPONENT.test(text)) return fromExponent(text);
  return fromDigits(text);
}

/** A PKID with the doubt that its digits alone raise. */
function judged(pkid: string): PkidReading {
  if (pkid === ZEROS) return refused('placeholder_value', pkid);
  return looksInvented(pkid) ? { kind: 'pkid', pkid, confirm: 'suspicious_value' } : { kind: 'pkid', pkid };
}

/** Five zeros at the end are what a spreadsheet leaves of digits it rounded away: one in 100,000 true PKIDs has them. */
function looksInvented(pkid: string): boolean {
  if (pkid.charCodeAt(PKID_DIGITS - 1) === 48 && pkid.endsWith('00000')) return true;
  const [first, second] = [pkid.charCodeAt(0), pkid.charCodeAt(1)];
  if (first === second) return pkid === pkid.charAt(0).repeat(PKID_DIGITS);
  return second === first + 1 && (pkid === '1234567890123' || pkid === '0123456789012');
}

/** Undoes `="330…"`, a leading apostrophe, quotes around, a label in front and trailing punctuation. */
function unwrapped(text: string): string {
  return text
    .replace(/^[\s"'`=(<[{]+/, '')
    .replace(/^(?:PKID|Windows product ID|product key ID)(?: (?:no|nr))?[\s.:#=-]*(?=\d)/i, '')
    .replace(/[\s"'`)>\]};,.]{1,20}$/, '');
}

const ABSENT = new Set([
  '',
  '-',
  '--',
  '---',
  'n/a',
  'na',
  'none',
  'null',
  'nil',
  '#n/a',
  'undefined',
  'k.a',
  '/',
  '?',
]);

function isAbsent(text: string): boolean {
  return text.length < 10 && ABSENT.has(text.trim().toLowerCase());
}

const EXPONENT = /^\d[.,]?\d{0,17}[eE]\+?\d{1,3}$/;

/** Twelve digits behind the point are all 13 digits of the number; with fewer the rest is lost. */
function fromExponent(text: string): PkidReading {
  const [mantissa = '', exponent = ''] = text.toLowerCase().split('e');
  const digits = mantissa.replace(/[.,]/, '');
  if (Number(exponent) === PKID_DIGITS - 1 && digits.length === PKID_DIGITS) return judged(digits);
  return refused('scientific_notation_lossy', text);
}

const GROUPED = /^\+?\d(?:[ ,.'_-]{0,2}\d){0,30}$/;
const WITHOUT_FRACTION = /^(\d{13})[.,]0{1,4}$/;

function fromDigits(text: string): PkidReading {
  const whole = WITHOUT_FRACTION.exec(text)?.[1];
  if (whole) return judged(whole);
  if (!GROUPED.test(text)) return fromMixed(text);
  const digits = text.replace(/[^0-9]/g, '');
  if (digits.length !== PKID_DIGITS) return refused('wrong_length', text, { length: digits.length });
  const reading = judged(digits);
  return text.startsWith('+') && reading.kind === 'pkid' ? { ...reading, confirm: 'suspicious_value' } : reading;
}

/** Letters that are misread or mistyped for digits. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  I: '1',
  l: '1',
  i: '1',
  '|': '1',
  S: '5',
  B: '8',
  Z: '2',
};
const MOST_LOOK_ALIKES = 3;

function fromMixed(text: string): PkidReading {
  const compact = text.replace(/[ ,.'_-]/g, '');
  if (/^[xX*#?0_.-]{6,30}$/.test(text) || /^<.{1,30}$|^(?:pkid|sample|example|test|tbd|todo)\b/i.test(text)) {
    return refused('placeholder_value', text);
  }
  const digits = [...compact].map((char) => LOOK_ALIKES[char] ?? char).join('');
  const changed = [...compact].filter((char) => LOOK_ALIKES[char] !== undefined).length;
  if (!isThirteenDigits(digits) || changed > MOST_LOOK_ALIKES) return refused('not_a_pkid', text);
  return { kind: 'pkid', pkid: digits, confirm: 'ambiguous_character' };
}

function refused(problem: ProblemKind, value: string, more: Record<string, number> = {}): PkidReading {
  return { kind: 'refused', problem, details: { value: shown(value), ...more } };
}
