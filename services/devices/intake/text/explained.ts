import { FOREIGN, SEEN } from './marks.ts';
import type { NumberRun } from './number-runs.ts';

const DATES: readonly RegExp[] = [
  // 2026-11-05, 05.11.2026, 5/11/26, and with a time behind: the hour is glued to the run of digits.
  /^(?:19|20)\d{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])(?:[ T]\d{1,2})?$/,
  /^(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)?\d{2}(?:[ ,]{1,2}\d{1,2})?$/,
  /^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
];
const CURRENCY_BEFORE = /(?:[$€£¥₪]|\b(?:eur|usd|gbp|sek|nok|dkk|chf|ils|nis|pln|kr|rs)\.?) ?$/i;
const CURRENCY_BEHIND = /^ ?(?:[$€£¥₪%]|(?:eur|usd|gbp|sek|nok|dkk|chf|ils|nis|pln|kr|euro?s?|dollars?)\b|ש"ח)/i;
/** 12,345.00 and 12.345,00: thousands, and a fraction of two digits that a PKID has not. */
const AMOUNT = /^\d{1,3}(?:([ ,.'])\d{3}){1,3}(?!\1)[.,]\d{2}$/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** How far in front of a number a label such as "Order" may stand, in characters, to be about it. */
const LABEL_REACH = 40;

/**
 * True when the prose around a number, or its own form, says that it is something else than an identifier: a date, a
 * telephone number, an amount, an address on the network, or what a label in front announces.
 */
export function isExplained(run: NumberRun, line: string): boolean {
  const { text, start, end } = run;
  const before = line.slice(Math.max(0, start - LABEL_REACH), start);
  const behind = line.slice(end, end + 12);
  return (
    DATES.some((date) => date.test(text)) ||
    isInternational(before) ||
    AMOUNT.test(text) ||
    ADDRESS.test(text) ||
    CURRENCY_BEFORE.test(before) ||
    CURRENCY_BEHIND.test(behind) ||
    isAnnounced(run, before)
  );
}

/** +46 70 123 45 67 and (0)70-123 45 67, of which only the digits are looked at. */
function isInternational(before: string): boolean {
  return /\+[( ]{0,2}$/.test(before) || /(?:\+\d{1,3} ?)?\(0?$/.test(before);
}

/** A telephone number written in groups: 0046 70 123 45 67, 070-123 45 67. */
export function looksLikePhone({ text, digits, grouping }: NumberRun): boolean {
  return grouping === 'other' && (/^00/.test(digits) || (/^0\d/.test(text) && digits.length <= 11));
}

/** A label stood near and no other number came between. One digit more or less than a PKID is too near to believe it. */
function isAnnounced({ digits }: NumberRun, before: string): boolean {
  if (digits.length >= 12 && digits.length <= 14) return false;
  const at = before.lastIndexOf(FOREIGN);
  return at >= 0 && !/\d{4}/.test(before.slice(at));
}

const WEB_OR_MAIL = /(?:https?:\/\/|www\.)\S{1,2000}|[^\s,;<>()]{1,100}@[^\s,;<>()]{1,100}/gi;

/** Blanks out addresses of web pages and mail boxes, which are full of numbers. */
export function withoutAddresses(text: string): string {
  return text.includes('@') || /\/\/|www\./i.test(text)
    ? text.replace(WEB_OR_MAIL, ({ length }) => SEEN.padEnd(length))
    : text;
}

/** A word that no identifier could be: a file, a GUID. */
export function isPlainlyOther(word: string): boolean {
  return (
    /\.(?:csv|tsv|txt|xlsx?|ods|pdf|zip|png|jpe?g|heic|docx?|html?|msg|eml)$/i.test(word) ||
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(word)
  );
}
