/** A number as it stands in a sentence. `digits` has no separators; `grouped` says it had some. */
export type NumberRun = Readonly<{ digits: string; text: string; start: number; end: number; grouping: Grouping }>;
/** `none`: digits only. `thousands`: 3,305,123,456,789 in one kind of separator. `other`: as in a phone number or an ISBN. */
export type Grouping = 'none' | 'thousands' | 'other';

/**
 * Digits with at most one separator between two of them: every character is looked at once. What stands beside a digit
 * that somebody could not read (`33051?3456789`) is no number of its own.
 */
const RUN = /(?<![0-9A-Za-z_]|\d[?*\u2026])\d(?:[ ,.'\u00b7-]?\d)*(?![0-9A-Za-z_]|[?*\u2026]{1,4}\d)/g;
const THOUSANDS = /^\d([ ,.'])\d{3}(?:\1\d{3}){3}$/;

/** Finds the numbers of a line. Two PKIDs with one comma between them are two numbers, a grouped one is one. */
export function numberRuns(line: string): NumberRun[] {
  const runs: NumberRun[] = [];
  for (const match of line.matchAll(RUN)) runs.push(...separate(match[0], match.index));
  return runs;
}

function separate(text: string, start: number): NumberRun[] {
  const digits = text.replace(/[^0-9]/g, '');
  if (digits.length === text.length) return [run(text, start, 'none')];
  if (THOUSANDS.test(text)) return [run(text, start, 'thousands')];
  const groups = [...text.matchAll(/\d+/g)];
  if (groups.some(([group]) => group.length >= 11)) return beside(text, start, groups);
  if (digits.length % 13 === 0 && digits.length > 13) return cut(text, start, groups) ?? [run(text, start, 'other')];
  return [run(text, start, 'other')];
}

/** Numbers that merely stand next to each other; a fraction of zeros belongs to the number before it. */
function beside(text: string, start: number, groups: readonly RegExpMatchArray[]): NumberRun[] {
  const runs: NumberRun[] = [];
  for (const group of groups) {
    const at = group.index ?? 0;
    const isFraction = /^0{1,4}$/.test(group[0]) && /[.,]/.test(text[at - 1] ?? '') && runs.length > 0;
    if (!isFraction) runs.push(run(group[0], start + at, 'none'));
  }
  return runs;
}

/** Several grouped numbers in a row, cut where each has its thirteen digits. */
function cut(text: string, start: number, groups: readonly RegExpMatchArray[]): NumberRun[] | undefined {
  const runs: NumberRun[] = [];
  let from = 0;
  let count = 0;
  for (const group of groups) {
    const at = group.index ?? 0;
    if (count === 0) from = at;
    count += group[0].length;
    if (count > 13) return undefined;
    if (count < 13) continue;
    const part = text.slice(from, at + group[0].length);
    runs.push(run(part, start + from, THOUSANDS.test(part) ? 'thousands' : 'other'));
    count = 0;
  }
  return runs;
}

function run(text: string, start: number, grouping: Grouping): NumberRun {
  return { digits: text.replace(/[^0-9]/g, ''), text, start, end: start + text.length, grouping };
}
