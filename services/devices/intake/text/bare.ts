import type { ProblemKind } from '../../device.ts';
import { isThirteenDigits, PKID_DIGITS, readPkid } from '../../pkid.ts';
import { isEan } from '../table/column-profile.ts';
import { FOREIGN, TAKEN } from './marks.ts';
import { type NumberRun, numberRuns } from './number-runs.ts';
import { type Parts, take } from './parts.ts';

type Span = Readonly<{ start: number; end: number }>;

/** Takes from text without labels what looks like a PKID in every way; returns the text with marks in their places. */
export function takeBare(unlabelled: string, parts: Parts): string {
  const plain = isPlainLine(unlabelled);
  const text = takeAll(unlabelled, EXPONENT, isAny, parts);
  const runs = numberRuns(text).filter(({ digits }) => digits.length === PKID_DIGITS && !/^0+$/.test(digits));
  const unclear = parts.pkids.length > 0 || isUnclear(runs, plain);
  for (const run of runs) take(readPkid(run.digits), run.text, parts, doubtOf(run, text, unclear, plain));
  return takeAll(marked(text, runs), LOOK_ALIKE, isNearlyDigits, parts);
}

/** True for a line of numbers and signs only, two letters at most: a row of a list rather than a sentence. */
export function isPlainLine(text: string): boolean {
  return text.replace(/[0-9\ue000-\ue002\s,;|.:()[\]{}"'#*+•·‣▪◦–_/\\=>-]/g, '').length <= 2;
}

/** Two bare numbers of which one may be the EAN: in a sentence always, in a list of numbers when one fits an EAN. */
function isUnclear(runs: readonly NumberRun[], plain: boolean): boolean {
  if (runs.length < 2) return false;
  if (!plain) return true;
  return runs.length === 2 && runs.filter(({ digits }) => isEan(digits)).length === 1;
}

/** How near a word such as "call" must stand to make a number doubtful, in characters. */
const CALLED = 8;

function doubtOf(run: NumberRun, text: string, unclear: boolean, plain: boolean): ProblemKind | undefined {
  if (text[run.start - 1] === '+') return 'suspicious_value';
  if (unclear || text.slice(Math.max(0, run.start - CALLED), run.start).includes(FOREIGN)) return 'ambiguous_candidate';
  return run.grouping === 'other' && !(plain && isPlainlyGrouped(run)) ? 'ambiguous_candidate' : undefined;
}

/**
 * One kind of separator throughout and groups as people make them, and neither a phone number (00…) nor an ISBN (978, 979).
 * `987 4500012341` may be two numbers.
 */
function isPlainlyGrouped({ text, digits }: NumberRun): boolean {
  const groups = text.split(/[^0-9]/);
  if (groups.length < 3 || groups.some(({ length }) => length > 5)) return false;
  return new Set(text.match(/[^0-9]/g)).size === 1 && !/^(?:00|97[89])/.test(digits);
}

/** A number as a spreadsheet shortens it; with the twelfth power only, where nothing says that it was a PKID. */
const EXPONENT = /(?<![0-9A-Za-z.])\d(?:[.,]\d{1,17}[eE]\+?12|[.,]?\d{0,17}[eE]\+1\d)(?![0-9A-Za-z])/g;
/** Thirteen characters, nearly all digits, with a letter that is easily taken for one. */
const LOOK_ALIKE = /(?<![0-9A-Za-z_/+-])[0-9OoQIlBSZ]{13}(?![0-9A-Za-z_/+-])/g;
const FEWEST_DIGITS = 10;

function isNearlyDigits(value: string): boolean {
  return !isThirteenDigits(value) && value.replace(/[^0-9]/g, '').length >= FEWEST_DIGITS;
}

const isAny = () => true;

function takeAll(text: string, pattern: RegExp, fits: (value: string) => boolean, parts: Parts): string {
  const spans: Span[] = [];
  for (const { 0: value, index } of text.matchAll(pattern)) {
    if (!fits(value)) continue;
    take(readPkid(value), value, parts);
    spans.push({ start: index, end: index + value.length });
  }
  return marked(text, spans);
}

/** The text with a mark in place of each span. */
function marked(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let rest = '';
  let at = 0;
  for (const { start, end } of spans) {
    rest += `${text.slice(at, start)} ${TAKEN} `;
    at = end;
  }
  return rest + text.slice(at);
}
