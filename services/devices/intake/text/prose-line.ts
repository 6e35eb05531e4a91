import type { ProblemKind } from '../../device.ts';
import { isThirteenDigits, type PkidReading, readPkid } from '../../pkid.ts';
import { plainText } from '../characters.ts';
import { looksLikeHash } from '../hardware-hash.ts';
import type { ProblemDetails } from '../list-builder.ts';
import { MASKED_KEY, maskProductKeys, shown } from '../secrets.ts';
import { isEan } from '../table/column-profile.ts';
import { looksLikeSerial, readName, readSerial } from '../table/identifiers.ts';
import { findLabels, type LabelKind, type Labelled } from './labels.ts';
import { type NumberRun, numberRuns } from './number-runs.ts';

export type FoundPkid = Readonly<{ pkid: string; confirm?: ProblemKind; value: string }>;
/** What one line of a message says. */
export type ProseLine = Readonly<{
  pkids: readonly FoundPkid[];
  problems: readonly Readonly<{ kind: ProblemKind; details: ProblemDetails }>[];
  /** Values with a label, and a serial number that stands alone beside a PKID. */
  fields: Readonly<{ serial?: string; manufacturer?: string; model?: string; hash?: string }>;
}>;

type Parts = {
  pkids: FoundPkid[];
  problems: { kind: ProblemKind; details: ProblemDetails }[];
  fields: { serial?: string; manufacturer?: string; model?: string; hash?: string };
};

/** Reads one line of running text. Numbers with a label are what the label says; bare ones must look like a PKID in every way. */
export function readProseLine(raw: string): ProseLine {
  const { text, count } = maskProductKeys(plainText(raw));
  const line = text.replace(/ {2,}/g, ' ');
  const parts: Parts = { pkids: [], problems: [], fields: {} };
  for (let n = 0; n < count; n++) parts.problems.push({ kind: 'not_a_pkid', details: { value: MASKED_KEY } });
  const hash = wholeHash(line);
  if (hash) return { ...parts, fields: { hash } };
  const labels = findLabels(line);
  const bare = withoutLabelled(line, labels, parts);
  readBare(bare, parts, labels.length > 0);
  return parts;
}

function wholeHash(line: string): string | undefined {
  const text = line.trim();
  return looksLikeHash(text) ? text : undefined;
}

/** Takes the labelled values into `parts` and blanks them out, so that what is left stands on its own. */
function withoutLabelled(line: string, labels: readonly Labelled[], parts: Parts): string {
  let rest = '';
  let at = 0;
  for (const label of labels) {
    const used = takeLabelled(label.kind, line.slice(label.valueStart, label.valueEnd), parts);
    rest += `${line.slice(at, label.start)} `;
    at = label.valueStart + used;
    if (used > 0) rest += '\t';
  }
  return rest + line.slice(at);
}

/** Returns how many characters of `text` belong to the label. */
function takeLabelled(kind: LabelKind, text: string, parts: Parts): number {
  if (kind === 'pkid') return takePkids(text, parts);
  if (kind === 'other') return otherNumberEnd(text);
  const end = kind === 'serial' ? wordEnd(text) : cellEnd(text);
  const value = text.slice(0, end);
  if (kind === 'hash') return takeHash(value, parts, end);
  const read = kind === 'serial' ? readSerial(value) : readName(value);
  const isValue = kind === 'serial' ? /\d/.test(read) && /^[A-Za-z0-9./_-]{3,40}$/.test(read) : read.length > 1;
  if (!isValue) return 0;
  if (kind === 'serial' && isThirteenDigits(read) && parts.fields.serial !== undefined) return 0;
  parts.fields[kind] ??= read;
  return end;
}

function takeHash(value: string, parts: Parts, end: number): number {
  if (!looksLikeHash(value.trim())) return 0;
  parts.fields.hash = value.trim();
  return end;
}

/** Only the first number behind the label: "PO 4711: 3305…" names an order and then lists a device. */
function otherNumberEnd(text: string): number {
  const [first] = numberRuns(text);
  const near = first && /^[^\p{L}]{0,6}$/u.test(text.slice(0, first.start));
  return near ? first.end : 0;
}

function wordEnd(text: string): number {
  const lead = /^[\s:#="'.-]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead).search(/[\s,;|"')]/);
  return rest < 0 ? text.length : lead + rest;
}

function cellEnd(text: string): number {
  const end = text.search(/[,;|\t]/);
  return end < 0 ? text.length : end;
}

function takePkids(text: string, parts: Parts): number {
  const lead = /^[\s:#="'.()-]*/.exec(text)?.[0].length ?? 0;
  const exponent = /^\d[.,]\d{1,17}[eE]\+?\d{1,3}(?![0-9A-Za-z])/.exec(text.slice(lead))?.[0];
  const runs = numberRuns(text).filter(({ digits }) => digits.length >= 11);
  if (exponent) {
    take(readPkid(exponent), exponent, parts);
    return lead + exponent.length;
  }
  if (runs.length > 0 && !isMixedWord(text.slice(lead))) {
    for (const { text: digits, start } of runs) {
      const value = text[start - 1] === '+' ? `+${digits}` : digits;
      take(readPkid(value), value, parts);
    }
    return runs.at(-1)?.end ?? 0;
  }
  const word = text.slice(lead, lead + wordEnd(text.slice(lead)));
  if (!/\d/.test(word) && !/^(?:x{6,}|<.+>|\?{3,})$/i.test(word)) return 0;
  const spaced = /^[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*/.exec(text.slice(lead))?.[0] ?? word;
  const value = spaced.length <= 20 && spaced.replace(/[ -]/g, '').length === 13 ? spaced : word;
  take(readPkid(value), value, parts);
  return lead + value.length;
}

/** A word of digits and letters, such as the product id `00330-80000-00000-AA123`, is one value, not a number and a rest. */
function isMixedWord(text: string): boolean {
  return /^[0-9][0-9-]*-[A-Z]{2}[0-9]{3}(?![0-9A-Za-z])/.test(text);
}

function take(reading: PkidReading, value: string, parts: Parts, doubt?: ProblemKind): void {
  if (reading.kind === 'refused') parts.problems.push({ kind: reading.problem, details: reading.details });
  if (reading.kind !== 'pkid') return;
  const confirm = reading.confirm ?? doubt;
  parts.pkids.push({ pkid: reading.pkid, value: shown(value), ...(confirm && { confirm }) });
}

/** Reads what no label explains. */
function readBare(text: string, parts: Parts, hasLabels: boolean): void {
  const runs = numberRuns(text);
  const words = text.replace(/[0-9]/g, '').replace(/[\s,;|.:()[\]{}"'#*+•·‣▪◦–_/\\=>-]/g, '');
  const alone = words === '' || words.length <= 2;
  const thirteen = runs.filter(({ digits }) => digits.length === 13 && digits !== '0000000000000');
  const unclear = parts.pkids.length > 0 || isUnclear(thirteen, alone);
  for (const run of thirteen) take(readPkid(run.digits), run.text, parts, doubtOf(run, text, unclear, alone));
  readExponents(text, parts);
  readLookAlikes(text, parts);
  if (parts.pkids.length === 0 && parts.problems.length === 0) readNearMisses(runs, text, parts, alone && !hasLabels);
  serialBeside(text, parts, runs);
}

/** Two bare numbers of which one may be the EAN: in a sentence always, in a list of numbers when one fits an EAN. */
function isUnclear(runs: readonly NumberRun[], alone: boolean): boolean {
  if (runs.length < 2) return false;
  if (!alone) return true;
  return runs.length === 2 && runs.filter(({ digits }) => isEan(digits)).length === 1;
}

function doubtOf(run: NumberRun, text: string, unclear: boolean, alone: boolean): ProblemKind | undefined {
  if (text[run.start - 1] === '+') return 'suspicious_value';
  if (unclear) return 'ambiguous_candidate';
  return run.grouping === 'other' && !(alone && isPlainlyGrouped(run)) ? 'ambiguous_candidate' : undefined;
}

/** One kind of separator throughout, and neither a phone number (00…) nor an ISBN (978, 979). */
function isPlainlyGrouped({ text, digits }: NumberRun): boolean {
  return new Set(text.match(/[^0-9]/g)).size === 1 && !/^(?:00|97[89])/.test(digits);
}

function readExponents(text: string, parts: Parts): void {
  for (const [value] of text.matchAll(/(?<![0-9A-Za-z.,])\d[.,]\d{1,17}[eE]\+?12(?![0-9A-Za-z])/g)) {
    take(readPkid(value), value, parts);
  }
}

/** Thirteen characters, nearly all digits, with a letter that is easily taken for one. */
function readLookAlikes(text: string, parts: Parts): void {
  for (const [value] of text.matchAll(/(?<![0-9A-Za-z_/+-])[0-9OoQIlBSZ]{13}(?![0-9A-Za-z_/+-])/g)) {
    if (isThirteenDigits(value) || value.replace(/[^0-9]/g, '').length < 10) continue;
    take(readPkid(value), value, parts);
  }
}

/** A line of one number that is not a PKID was meant to be one; in a sentence only 12 and 14 digits are that near. */
function readNearMisses(runs: readonly NumberRun[], line: string, parts: Parts, alone: boolean): void {
  for (const run of runs) {
    const { digits, text, grouping } = run;
    if (grouping === 'other' && (/^00/.test(digits) || line[run.start - 1] === '+' || digits.length < 11)) continue;
    const near = alone ? digits.length >= 8 : (digits.length === 12 || digits.length === 14) && grouping === 'none';
    if (near || digits === '0000000000000') take(readPkid(text), text, parts);
  }
}

function serialBeside(text: string, parts: Parts, runs: readonly NumberRun[]): void {
  if (parts.pkids.length !== 1 || parts.fields.serial !== undefined || runs.length > 1) return;
  const words = text.split(/[\s,;|]+/).filter((word) => /[A-Za-z]/.test(word));
  const [only] = words;
  if (only && words.length === 1 && looksLikeSerial(only) && only !== parts.pkids[0]?.value)
    parts.fields.serial = readSerial(only);
}
