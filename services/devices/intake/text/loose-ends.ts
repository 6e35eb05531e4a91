import type { ProblemKind } from '../../device.ts';
import { readPkid } from '../../pkid.ts';
import { looksLikeHash } from '../hardware-hash.ts';
import type { ProblemDetails } from '../list-builder.ts';
import { shown } from '../secrets.ts';
import { looksLikeSerial, readSerial } from '../table/identifiers.ts';
import { isPlainLine } from './bare.ts';
import { isExplained, isPlainlyOther, looksLikePhone, withoutAddresses } from './explained.ts';
import { FOREIGN, SEEN, TAKEN } from './marks.ts';
import { type NumberRun, numberRuns } from './number-runs.ts';
import { type Parts, take } from './parts.ts';

/**
 * What must be so elsewhere for a loose end to be a damaged identifier: `nothing`, or `list` a PKID anywhere in the text, `block` one
 * in the same block of lines, `place` one in the same place of another line, `serial` one beside a serial number in
 * the same place of another line.
 */
export type Evidence = 'nothing' | 'list' | 'block' | 'place' | 'serial';

/** Something on a line that is no identifier as it stands and may have been one. */
export type LooseEnd = Readonly<{
  kind: ProblemKind;
  details: ProblemDetails;
  needs: Evidence;
  /** Which word of the line it is, from 0. */
  place: number;
  /** What else stands on other lines in its place and looks alike, such as order numbers of ten digits. */
  look: string;
}>;

/** Where on a line the things are that other lines are compared with. */
export type Layout = Readonly<{ pkidPlaces: readonly number[]; serialPlaces: readonly number[]; isPlain: boolean }>;

type Word = Readonly<{ text: string; start: number; end: number; place: number }>;
type Cut = Readonly<{ start: number; end: number; mark: string }>;
type Rest = { text: string; readonly parts: Parts; readonly isPlain: boolean; readonly ends: LooseEnd[]; cuts: Cut[] };

/** Looks through what is left of a line after everything certain was taken from it. */
export function looseEndsOf(left: string, parts: Parts, hasLabels: boolean): { looseEnds: LooseEnd[]; layout: Layout } {
  const text = withoutAddresses(withoutEnumerator(left));
  const rest: Rest = { text, parts, isPlain: isPlainLine(text) && !hasLabels, ends: [], cuts: [] };
  const isBare = parts.pkids.length === 0 && parts.problems.length === 0;
  for (const word of wordsOf(rest.text)) lookAtWord(word, rest);
  makeCuts(rest);
  const runs = numberRuns(rest.text);
  const several = runs.filter(({ digits }) => digits.length >= SHORTEST_NUMBER).length > 1;
  lookAtNumbers(runs, rest, isBare && !hasLabels, several);
  makeCuts(rest);
  const words = wordsOf(rest.text);
  serialBeside(words, rest, numberRuns(left).filter(({ digits }) => digits.length > 4).length);
  const layout = layoutOf(words, rest);
  if (isBare && parts.problems.length === 0) lookAtWhole(left, words, rest, layout);
  return { looseEnds: rest.ends, layout };
}

/** The number of a line in a list, `3.` or `(3)`, counts the devices and is none. */
function withoutEnumerator(text: string): string {
  return text.replace(/^[^\p{L}\p{N}\ue000-\ue002+]{0,8}\d{1,4}[.):](?=\s|$)/u, '');
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: raw, index } of text.matchAll(/[^\s,;|()[\]{}"<>=]+/g)) {
    if (!/[\p{L}\p{N}?#\ue000-\ue002]/u.test(raw)) continue;
    words.push({ text: raw, start: index, end: index + raw.length, place: words.length });
  }
  return words;
}

/** The fewest digits in a word of digits and other characters that may be a damaged PKID. */
const FEWEST_DIGITS = 9;
const MOST_OTHERS = 3;
const SHORTEST = 10;
const LONGEST = 17;
/** What a spreadsheet shows for a value it could not compute or had no room for. */
const CELL_ERROR = /^#(?:N\/A|REF|VALUE|NAME|DIV\/0|NUM|NULL|NV|BEZUG|WERT|VALEUR|SAKNAS)(?![A-Za-z0-9])/i;
const ABSENT = /^(?:n\/?a|none|null|nil|tbd|missing|unknown|undefined|\?+)[.!]?$/i;

function lookAtWord(word: Word, rest: Rest): void {
  const text = word.text.replace(/^[^0-9A-Za-z*?#_]+|[^0-9A-Za-z*?#_]+$/g, '');
  const core = text.replace(/^[*_]+|[*_]+$/g, '');
  if (looksLikeHash(text)) takeHash(word, text, rest);
  else if (CELL_ERROR.test(core) || isHashes(core, rest.isPlain)) addEnd(word, 'cell_error', 'list', {}, rest);
  else if (ABSENT.test(core)) addEnd(word, 'missing_pkid', 'place', { value: '' }, rest);
  else if (isPlainlyOther(text)) blank(word, rest);
  else if (!/^[\d .,'\u00b7-]*$/.test(text) && !isAnnounced(word, rest)) lookAtMixed(word, text, rest);
}

/** How far in front of a word its label may stand, in characters. */
const LABEL_REACH = 12;

/** Right behind a label such as `VAT`. */
function isAnnounced({ start }: Word, { text }: Rest): boolean {
  const before = text.slice(Math.max(0, start - LABEL_REACH), start);
  const at = before.lastIndexOf(FOREIGN);
  return at >= 0 && /^[^0-9A-Za-z]*$/.test(before.slice(at + 1));
}

/** A word of digits and other characters. */
function lookAtMixed(word: Word, text: string, rest: Rest): void {
  const bare = text.replace(/^[#_]+|_+$/g, '');
  if (mayBePkid(bare)) takeOrDoubt(word, bare, rest);
  else if (/(?<!\d)\d{13}(?!\d)/.test(bare)) addEnd(word, 'not_a_pkid', 'list', { value: shown(text) }, rest);
}

/** A cell too narrow for its number shows signs; a few of them begin a heading. */
function isHashes(text: string, isPlain: boolean): boolean {
  return /^#+$/.test(text) && text.length >= (isPlain ? 4 : 7);
}

function takeHash(word: Word, text: string, rest: Rest): void {
  rest.parts.fields.hash ??= text;
  blank(word, rest);
}

/** Nearly all digits and about as long as a PKID, and beginning like one: serial numbers begin with letters. */
function mayBePkid(text: string): boolean {
  const digits = text.replace(/[^0-9]/g, '').length;
  if (digits < FEWEST_DIGITS || text.length < SHORTEST || text.length > LONGEST) return false;
  return text.length - digits <= MOST_OTHERS && /^[0-9OoQIlBSZ*?_]/.test(text) && !isTime(text);
}

function isTime(text: string): boolean {
  return /^\d{1,2}:\d{2}(?::\d{2}|$)/.test(text) || /^20\d{6}T?\d{4,6}Z?$/.test(text);
}

function takeOrDoubt(word: Word, text: string, rest: Rest): void {
  const reading = readPkid(text);
  if (reading.kind === 'pkid') {
    take(reading, text, rest.parts, reading.confirm ?? 'suspicious_value');
    blank(word, rest, TAKEN);
  } else if (reading.kind === 'refused') addEnd(word, reading.problem, 'list', reading.details, rest);
}

function addEnd(word: Word, kind: ProblemKind, needs: Evidence, details: ProblemDetails, rest: Rest): void {
  rest.ends.push({ kind, details, needs, place: word.place, look: 'word' });
  blank(word, rest);
}

function blank({ start, end }: Readonly<{ start: number; end: number }>, rest: Rest, mark = SEEN): void {
  rest.cuts.push({ start, end, mark });
}

/** Puts marks where something was read, all at once: a line may be one long list. Later places stay where they are. */
function makeCuts(rest: Rest): void {
  let text = '';
  let at = 0;
  for (const { start, end, mark } of rest.cuts) {
    text += rest.text.slice(at, start) + mark.padEnd(end - start);
    at = end;
  }
  rest.text = text + rest.text.slice(at);
  rest.cuts = [];
}

function lookAtNumbers(runs: readonly NumberRun[], rest: Rest, isBare: boolean, several: boolean): void {
  const words = wordsOf(rest.text);
  let place = 0;
  for (const run of runs) {
    while ((words[place]?.end ?? run.start + 1) <= run.start) place++;
    lookAtNumber(run, place, rest, { isBare, several });
  }
}

function lookAtNumber(
  run: NumberRun,
  place: number,
  rest: Rest,
  { isBare, several }: { isBare: boolean; several: boolean },
): void {
  const needs = isExplained(run, rest.text) ? undefined : evidenceFor(run, rest, isBare);
  const reading = readPkid(run.text);
  if (needs && reading.kind === 'pkid') take(reading, run.text, rest.parts, 'ambiguous_candidate');
  else if (needs === 'nothing' && !several) take(reading, run.text, rest.parts);
  else if (needs && reading.kind === 'refused') {
    rest.ends.push({ kind: reading.problem, details: reading.details, needs, place, look: `${run.digits.length}` });
  }
  blank(run, rest);
}

const SHORTEST_NUMBER = 8;

/** What it takes to believe that a number of another length was meant to be a PKID. */
function evidenceFor(run: NumberRun, rest: Rest, isBare: boolean): Evidence | undefined {
  const { digits, grouping } = run;
  const { length } = digits;
  if (looksLikePhone(run)) return rest.isPlain ? 'block' : 'place';
  if (length === 13 || length < 4) return length === 13 ? 'nothing' : undefined;
  if (length < SHORTEST_NUMBER) return rest.isPlain && isBare && grouping === 'none' ? 'block' : 'place';
  const isNear = length === 12 || length === 14;
  if (rest.isPlain) {
    if (grouping === 'other' && length < 11) return 'block';
    return isBare ? 'nothing' : 'list';
  }
  if (isNear) return isBare && grouping === 'none' ? 'nothing' : 'list';
  if (grouping !== 'none') return undefined;
  if ((length >= 11 && length <= 15) || length === 26) return 'list';
  return length <= 10 ? 'block' : undefined;
}

/** A serial number that stands alone beside a PKID or a hash. */
function serialBeside(words: readonly Word[], { parts }: Rest, numbers: number): void {
  const beside = parts.pkids.length === 1 ? numbers === 0 : parts.pkids.length === 0 && parts.fields.hash !== undefined;
  if (!beside || parts.fields.serial !== undefined) return;
  const [only, ...more] = words.filter(({ text }) => /[A-Za-z]/.test(text));
  if (only && more.length === 0 && looksLikeSerial(only.text)) parts.fields.serial = readSerial(only.text);
}

function layoutOf(words: readonly Word[], { isPlain }: Rest): Layout {
  const pkidPlaces = words.filter(({ text }) => text.includes(TAKEN)).map(({ place }) => place);
  const serial = words.find(({ text }) => looksLikeSerial(text.replace(/[.:]$/, '')));
  // Counted from both ends, because a missing PKID moves what stands behind it.
  const serialPlaces = serial ? [serial.place, serial.place - words.length] : [];
  return { pkidPlaces, serialPlaces, isPlain };
}

/** Words of letters that a row of a list may have, such as a model; more make it a sentence. */
const MOST_WORDS = 3;

/** A line on which nothing was found: a serial number whose PKID is missing, an empty item, digits torn apart. */
function lookAtWhole(left: string, words: readonly Word[], rest: Rest, { serialPlaces }: Layout): void {
  const { ends, parts, isPlain } = rest;
  const none = { place: 0, look: 'line' };
  if (parts.pkids.length > 0 || Object.keys(parts.fields).length > 0) return;
  if (ends.length > 0 && words.every(({ text }) => text === SEEN) && ends.every(({ kind }) => kind === 'missing_pkid'))
    ends.push({ ...none, kind: 'missing_pkid', details: { value: '' }, needs: 'block' });
  if (/^\s*\(?\d{1,4}[.)]\s*[-?]*\s*$/.test(left))
    ends.push({ ...none, kind: 'missing_pkid', details: { value: '' }, needs: 'block' });
  if ((left.match(/(?<!\S)\p{L}{2,}/gu)?.length ?? 0) <= MOST_WORDS)
    for (const place of serialPlaces) {
      const value = shown(words.at(place)?.text ?? '');
      ends.push({ kind: 'missing_pkid', details: { value }, needs: 'serial', place, look: 'serial' });
    }
  if (isPlain && ends.length === 0 && isTornApart(left))
    ends.push({ ...none, kind: 'not_a_pkid', details: { value: shown(left) }, needs: 'block' });
}

function isTornApart(line: string): boolean {
  const digits = line.replace(/[^0-9]/g, '').length;
  if (digits < FEWEST_DIGITS || digits > 30 || /(?<!\d)\d{1,2}:\d{2}(?!\d)/.test(line)) return false;
  const runs = numberRuns(line);
  return runs.length > 1 && !runs.some((run) => isExplained(run, line));
}
