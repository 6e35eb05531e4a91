import { isThirteenDigits, readPkid } from '../../pkid.ts';
import { looksLikeHash } from '../hardware-hash.ts';
import { readName, readSerial } from '../table/identifiers.ts';
import type { Labelled } from './labels.ts';
import { FOREIGN, TAKEN } from './marks.ts';
import { numberRuns } from './number-runs.ts';
import { type Parts, take } from './parts.ts';

/**
 * Takes the labelled values into `parts`. What comes back is the rest of the line, with a mark where something was taken,
 * so that it can be read on its own.
 */
export function withoutLabelled(line: string, labels: readonly Labelled[], parts: Parts): string {
  let rest = '';
  let at = 0;
  for (const label of labels) {
    rest += `${line.slice(at, label.start)} ${takeLabelled(label, line, parts)}`;
    at = label.valueEnd;
  }
  return rest + line.slice(at);
}

/** Returns what of the text behind the label does not belong to it. */
function takeLabelled(
  { kind, valueStart, valueEnd, firm, announcesOne }: Labelled,
  line: string,
  parts: Parts,
): string {
  const text = line.slice(valueStart, valueEnd);
  if (kind === 'pkid') {
    const rest = withoutPkids(text, announcesOne, parts);
    parts.hasLabelledPkid ||= parts.pkids.length > 0;
    return rest;
  }
  if (kind === 'other') return withoutOther(text, firm);
  if (kind !== 'serial' && !firm) return text;
  const end = kind === 'serial' ? wordEnd(text) : cellEnd(text);
  const value = text.slice(0, end);
  const taken = kind === 'hash' ? takeHash(value, parts) : takeName(kind, value, parts);
  return taken ? `\t${text.slice(end)}` : text;
}

function takeName(kind: 'serial' | 'manufacturer' | 'model', value: string, parts: Parts): boolean {
  const read = kind === 'serial' ? readSerial(value) : readName(value);
  const isValue = kind === 'serial' ? /\d/.test(read) && /^[A-Za-z0-9./_-]{3,40}$/.test(read) : read.length > 1;
  if (!isValue) return false;
  if (kind === 'serial' && isThirteenDigits(read) && parts.fields.serial !== undefined) return false;
  parts.fields[kind] ??= read;
  return true;
}

function takeHash(value: string, parts: Parts): boolean {
  if (!looksLikeHash(value.trim())) return false;
  parts.fields.hash = value.trim();
  return true;
}

/**
 * Only the first number behind the label: "PO 4711: 3305…" names an order and then lists a device. Behind a word that is
 * hardly ever a label, such as "in case", thirteen digits stay what they look like.
 */
function withoutOther(text: string, firm: boolean): string {
  const [first] = numberRuns(text);
  const near = first && /^[^\p{L}]{0,6}$/u.test(text.slice(0, first.start));
  if (!near || (!firm && first.digits.length === 13)) return FOREIGN + text;
  return `\t${text.slice(first.end)}`;
}

function wordEnd(text: string): number {
  const lead = /^[\s:#="'.-]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead).search(/[\s,;|"')]/);
  return rest < 0 ? text.length : lead + rest;
}

/** A name ends where its cell does, and before a number as long as a PKID. */
function cellEnd(text: string): number {
  const end = text.search(/[,;|\t]|(?<![0-9A-Za-z])[0-9]{11}/);
  return end < 0 ? text.length : end;
}

/** Shortest number that a label turns into a PKID with digits lost, in digits. */
const SHORTEST_LABELLED = 11;

function withoutPkids(text: string, announcesOne: boolean, parts: Parts): string {
  const lead = /^[\s:#="'.()-]*/.exec(text)?.[0].length ?? 0;
  const exponent = /^\d(?:[.,]\d{1,17})?[eE]\+?\d{1,3}(?![0-9A-Za-z])/.exec(text.slice(lead))?.[0];
  if (exponent) {
    take(readPkid(exponent), exponent, parts);
    return ` ${TAKEN} ${text.slice(lead + exponent.length)}`;
  }
  const runs = numberRuns(text).filter(({ digits }) => digits.length >= SHORTEST_LABELLED);
  if (runs.length === 0 || isMixedWord(text.slice(lead))) return withoutWord(text, lead, announcesOne, parts);
  let rest = '';
  let at = 0;
  for (const { text: digits, start, end } of runs) {
    if (at > 0 && SENTENCE.test(text.slice(at, start))) break;
    const value = text[start - 1] === '+' ? `+${digits}` : digits;
    take(readPkid(value), value, parts);
    rest += `${text.slice(at, start)} ${TAKEN} `;
    at = end;
  }
  return rest + text.slice(at);
}

/** Words between two numbers: "PKID 3305… was wrong, use 3305…" has a label for the first only. */
const SENTENCE = /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u;

/** No number stands behind the label: the word there is what somebody took for a PKID. */
function withoutWord(text: string, lead: number, announcesOne: boolean, parts: Parts): string {
  const word = text.slice(lead, lead + wordEnd(text.slice(lead)));
  if (!/\d/.test(word) && !/^(?:x{6,}|<.+>|\?{3,})$/i.test(word)) {
    if (announcesOne) parts.emptyLabel = /[\p{L}?#]/u.test(text) ? 'absent' : 'blank';
    return text;
  }
  const spaced = /^[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*/.exec(text.slice(lead))?.[0] ?? word;
  const value = spaced.length <= 20 && spaced.replace(/[ -]/g, '').length === 13 ? spaced : word;
  take(readPkid(value), value, parts);
  return ` ${TAKEN} ${text.slice(lead + value.length)}`;
}

/** A word of digits and letters, such as the product id `00330-80000-00000-AA123`, is one value, not a number and a rest. */
function isMixedWord(text: string): boolean {
  return /^[0-9][0-9-]*-[A-Z]{2}[0-9]{3}(?![0-9A-Za-z])/.test(text);
}
