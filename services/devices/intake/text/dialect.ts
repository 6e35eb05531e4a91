import { guessColumns } from '../table/column-profile.ts';
import { type Columns, readHeadings } from '../table/columns.ts';
import { type Dialect, eachRow } from './delimited.ts';

/** Delimiters in the order in which they win when nothing else tells: a tab is hardly ever part of a value. */
const DELIMITERS = ['\t', ';', '|', ','] as const;
/** Enough of a text to know its shape, in characters; hashes make rows of 4 KB. */
const SAMPLE_CHARS = 128 * 1024;
const SAMPLE_ROWS = 60;

/** How to read a text: as a table cut at a delimiter, or line by line as prose. `start` skips Excel's `sep=` line. */
export type Shape = Readonly<{ kind: 'table'; dialect: Dialect } | { kind: 'prose' }>;

/** Decides whether a text is a table, and which delimiter it uses: headings tell best, then rows of the same length. */
export function guessShape(text: string): Shape {
  const declared = /^\ufeff?"?sep=(.)"?\r?\n/i.exec(text)?.[1];
  if (declared) return { kind: 'table', dialect: { delimiter: declared } };
  const sample = sampleOf(text);
  return byHeadings(sample) ?? byRows(sample) ?? { kind: 'prose' };
}

function sampleOf(text: string): string {
  if (text.length <= SAMPLE_CHARS) return text;
  const end = text.lastIndexOf('\n', SAMPLE_CHARS);
  return text.slice(0, end > 0 ? end : SAMPLE_CHARS);
}

function cut(sample: string, delimiter: string | undefined): string[][] {
  const rows: string[][] = [];
  eachRow(sample, { delimiter }, (cells) => rows.push(cells) < SAMPLE_ROWS);
  return rows;
}

function byHeadings(sample: string): Shape | undefined {
  if (!/\p{L}/u.test(sample)) return undefined;
  let best: { score: number; delimiter: string } | undefined;
  for (const delimiter of DELIMITERS) {
    if (!sample.includes(delimiter)) continue;
    const score = headingScore(cut(sample, delimiter));
    if (score > (best?.score ?? 0)) best = { score, delimiter };
  }
  if (best) return { kind: 'table', dialect: { delimiter: best.delimiter } };
  return isHeadedColumn(cut(sample, undefined)) ? { kind: 'table', dialect: { delimiter: undefined } } : undefined;
}

/** How many columns the best heading row of at least two cells names, if the rows below have values in one of them. */
function headingScore(rows: readonly string[][]): number {
  let best = 0;
  rows.forEach((cells, index) => {
    if (cells.length < 2) return;
    const columns = readHeadings(cells);
    if (!columns || !hasValuesBelow(rows, index, columns)) return;
    const { width, guessed: _, ...named } = columns;
    best = Math.max(best, Object.keys(named).length + Math.min(width, 9) / 10);
  });
  return best;
}

function hasValuesBelow(rows: readonly string[][], index: number, columns: Columns): boolean {
  const { pkid, serial, hash, manufacturer, model } = columns;
  const has = (cells: readonly string[], column: number | undefined) => column !== undefined && !!cells[column]?.trim();
  const below = rows.slice(index + 1).filter((cells) => cells.length > 1);
  return below.some((cells) => [pkid, serial, hash, manufacturer, model].some((column) => has(cells, column)));
}

/** One column with a heading: most lines below it are single values and none has a label of its own. */
function isHeadedColumn(rows: readonly string[][]): boolean {
  const index = rows.findIndex((cells) => readHeadings(cells) !== undefined && !/[:=]\s*\S/.test(cells[0] ?? ''));
  if (index < 0 || index > 5) return false;
  const values = rows.slice(index + 1).map((cells) => (cells[0] ?? '').trim());
  const single = values.filter(
    (value) => /^["'=]{0,3}[0-9A-Za-z+/.,-]+["']?={0,2}$/.test(value) || /^[\d ,.']+$/.test(value),
  );
  return values.length > 0 && single.length * 10 >= values.length * 9;
}

/** Without headings: at least two rows, nearly all of the same number of cells, and cells that look like device data. */
function byRows(sample: string): Shape | undefined {
  for (const delimiter of DELIMITERS) {
    if (!sample.includes(delimiter)) continue;
    const rows = cut(sample, delimiter);
    if (rows.length < 2 || !isRegular(rows) || rows.slice(0, 5).some(hasLabel)) continue;
    const columns = guessColumns(rows);
    if (columns !== undefined && columns !== 'list') return { kind: 'table', dialect: { delimiter } };
  }
  return undefined;
}

/** Lines such as `PKID: 3305…, Serial: PF3…` explain themselves. */
function hasLabel(cells: readonly string[]): boolean {
  return cells.some((cell) =>
    /^\W*(?:pk ?ids?|s\/n|sn|serial\D{0,12}|windows product id)\s?[:=#]/i.test(cell.slice(0, 40)),
  );
}

function isRegular(rows: readonly string[][]): boolean {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [[width, times] = [0, 0]] = [...counts].sort((a, b) => b[1] - a[1]);
  return width > 1 && times * 10 >= rows.length * 8;
}
