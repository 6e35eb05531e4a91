import { writeXlsx } from 'hucre/xlsx';

export const TABLE_FORMATS = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/**
 * Writes a table of texts, a heading first, as a file that spreadsheets open without doing anything: every cell is text,
 * so that a PKID keeps its digits and its leading zeros, and nothing in it is taken for a formula.
 *
 * @see OWASP: CSV injection
 */
export async function writeTable(rows: readonly (readonly string[])[], format: TableFormat): Promise<Uint8Array> {
  const clean = rows.map((row) => row.map(withoutControls));
  if (format === 'csv') return new TextEncoder().encode(`\uFEFF${clean.map(csvLine).join('\r\n')}\r\n`);
  const widths = (clean[0] ?? []).map((_, column) => widthOf(clean.map((row) => row[column] ?? '')));
  return writeXlsx({
    sheets: [
      { name: 'Tarmac', columns: widths.map((width) => ({ width, numFmt: '@' })), rows: clean.map((row) => [...row]) },
    ],
  });
}

/** Writes one value a line for a program that reads them: as they are, but for what a spreadsheet would calculate. */
export function writeLines(values: readonly string[]): Uint8Array {
  const lines = values.map(withoutControls).map((value) => (FORMULA.test(value) ? `'${value}` : value));
  return new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''));
}

/** Spreadsheets read these as the beginning of a formula; tabs and line breaks in front are stripped by some first. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@|%＝＋－＠−]/u;
/** What a spreadsheet would take for a number or a date: long ones lose digits, `12E5` and `1-2` become something else. */
const NUMBER = /^[\d.,:/\-\s]*\d(?:E[+-]?\d+)?$/i;
/** Counts and rows of a list are numbers, and may be taken for such. */
const COUNT = /^(?:0|[1-9]\d{0,3})$/;

/** An apostrophe makes text of what would be a formula; a number that must stay text is written as one that is. */
function csvLine(row: readonly string[]): string {
  return row
    .map((cell) => {
      if (FORMULA.test(cell)) return quoted(`'${cell}`);
      return NUMBER.test(cell) && !COUNT.test(cell) ? quoted(`\t${cell}`) : quoted(cell);
    })
    .join(',');
}

function quoted(cell: string): string {
  return /[",;\r\n\t']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]/g;

function withoutControls(text: string): string {
  return text.replace(UNSAFE, ' ').slice(0, 2_000);
}

const MAX_WIDTH = 60;

function widthOf(cells: readonly string[]): number {
  return Math.min(MAX_WIDTH, Math.max(8, ...cells.slice(0, 200).map(({ length }) => length + 2)));
}
