/** How a delimited text is cut. `undefined` as delimiter means one cell per line. */
export type Dialect = Readonly<{ delimiter: string | undefined }>;

/** Called for every line that is not empty: its cells, its line number from 1, and whether its quotes were damaged. Return false to stop. */
export type RowVisitor = (cells: string[], line: number, damaged: boolean) => boolean | undefined;

/** Lines a quoted cell may run over. A longer one is a stray quote: it is read as it stands and its line is marked. */
const QUOTED_LINES = 20;

/**
 * Cuts a delimited text (RFC 4180 with any of `\n`, `\r\n`, `\r`, also mixed) into rows, in one pass and linear time. A
 * cell that opens with a quote and never closes costs its own line only: the rest of the file is read as usual.
 */
export function eachRow(text: string, { delimiter }: Dialect, visit: RowVisitor): void {
  const end = text.length;
  // The next line end, quote and delimiter are each looked up once and kept until passed: that makes the pass linear
  // although every look-up searches ahead, and it is twice as fast as going through the characters one by one.
  let lineFeed = -1;
  let carriageReturn = -1;
  let quote = -1;
  let mark = -1;
  let line = 1;
  for (let start = 0; start < end; line++) {
    if (lineFeed < start) lineFeed = find(text, '\n', start);
    if (carriageReturn < start) carriageReturn = find(text, '\r', start);
    if (quote < start) quote = find(text, '"', start);
    const stop = Math.min(lineFeed, carriageReturn);
    if (quote < stop) {
      const row = quotedRow(text, delimiter, start);
      if (!isBlank(row.cells) && visit(row.cells, line, row.damaged) === false) return;
      line += row.lines - 1;
      start = row.next;
      continue;
    }
    if (stop > start) {
      const cells: string[] = [];
      let from = start;
      if (delimiter !== undefined) {
        if (mark < from) mark = find(text, delimiter, from);
        while (mark < stop) {
          cells.push(text.slice(from, mark));
          from = mark + 1;
          mark = find(text, delimiter, from);
        }
      }
      cells.push(text.slice(from, stop));
      if (visit(cells, line, false) === false) return;
    }
    start = stop === carriageReturn && lineFeed === stop + 1 ? stop + 2 : stop + 1;
  }
}

function find(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

type QuotedRow = { cells: string[]; next: number; lines: number; damaged: boolean };

/** Reads one row that has a quote in it somewhere, cell by cell. */
function quotedRow(text: string, delimiter: string | undefined, from: number): QuotedRow {
  const row: QuotedRow = { cells: [], next: from, lines: 1, damaged: false };
  for (let at = from; ; ) {
    const quoted = startsQuoted(text, at) ? quotedCell(text, delimiter, at) : undefined;
    if (quoted === 'stray') row.damaged = true;
    const cell = typeof quoted === 'object' ? quoted : plainCell(text, delimiter, at);
    row.cells.push(cell.value);
    row.lines += cell.breaks;
    at = cell.end + 1;
    if (delimiter === undefined || text[cell.end] !== delimiter) {
      row.next = afterLineEnd(text, cell.end);
      return row;
    }
  }
}

function startsQuoted(text: string, at: number): boolean {
  const char = text.charCodeAt(at);
  return char === 34 || (char === 32 && /^ {1,8}"/.test(text.slice(at, at + 9)));
}

type Cell = { value: string; end: number; breaks: number };

/** A cell in quotes. `stray` when no closing quote fits, or only one so far away that the quote cannot be meant. */
function quotedCell(text: string, delimiter: string | undefined, from: number): Cell | 'stray' {
  const open = text.indexOf('"', from);
  let value = '';
  let breaks = 0;
  for (let at = open + 1; ; ) {
    const close = text.indexOf('"', at);
    if (close < 0) return 'stray';
    const part = text.slice(at, close);
    breaks += countBreaks(part);
    if (breaks > QUOTED_LINES || value.length > 100_000) return 'stray';
    value += part;
    if (text.charCodeAt(close + 1) === 34) {
      value += '"';
      at = close + 2;
      continue;
    }
    const end = skipSpaces(text, close + 1, delimiter);
    return isCellEnd(text, end, delimiter) ? { value, end, breaks } : 'stray';
  }
}

function skipSpaces(text: string, from: number, delimiter: string | undefined): number {
  let at = from;
  while (text.charCodeAt(at) === 32 && delimiter !== ' ') at++;
  return at;
}

function isCellEnd(text: string, at: number, delimiter: string | undefined): boolean {
  const char = text[at];
  return char === undefined || char === delimiter || char === '\n' || char === '\r';
}

function plainCell(text: string, delimiter: string | undefined, from: number): Cell {
  let end = from;
  while (!isCellEnd(text, end, delimiter)) end++;
  return { value: text.slice(from, end), end, breaks: 0 };
}

function countBreaks(part: string): number {
  let breaks = 0;
  for (let at = 0; at < part.length && breaks <= QUOTED_LINES; at++) {
    const code = part.charCodeAt(at);
    if (code === 10 || (code === 13 && part.charCodeAt(at + 1) !== 10)) breaks++;
  }
  return breaks;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === '';
}
