import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { createTableReader, type TableReader } from '../table/table-reader.ts';
import { readText } from '../text/read-text.ts';
import { htmlPieces, htmlText, type Piece } from './html-text.ts';

/** True when HTML has a table, which says more than its plain text: that one loses empty cells. */
export function hasTable(html: string): boolean {
  return /<table[\s>]/i.test(html);
}

/**
 * Reads HTML: its tables row by row (numbered from 1 within the document), and what stands outside them as text. Teams
 * sends a pasted spreadsheet as such a table, and some systems call one `.xls`.
 */
export function readHtml(html: string, list: ListBuilder, limits: IntakeLimits): void {
  const outside: string[] = [];
  const reader = createHtmlReader(list, limits, outside);
  for (const piece of htmlPieces(html)) reader.piece(piece);
  reader.end();
  const text = outside.join('').trim();
  if (text !== '') readText(text, list, limits);
}

const LINE_TAGS = new Set([
  'br',
  'p',
  'div',
  'li',
  'tr',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'blockquote',
  'pre',
]);
/** Cells a merged cell may stand for; wider claims are damage. */
const WIDEST_SPAN = 64;

type Merged = { text: string; rows: number };

function createHtmlReader(list: ListBuilder, limits: IntakeLimits, outside: string[]) {
  let table: TableReader | undefined;
  let depth = 0;
  let row = 0;
  let hidden = false;
  let cells: string[] | undefined;
  let cell: string[] | undefined;
  let span = { columns: 1, rows: 1 };
  let merged = new Map<number, Merged>();
  return {
    piece(piece: Piece) {
      if (piece.kind === 'text') return addText(piece.text);
      if (piece.name === 'table') return atTable(piece.closing);
      if (depth > 0) return inTable(piece);
      if (LINE_TAGS.has(piece.name)) outside.push('\n');
    },
    end(): void {
      endRow();
      table?.end();
    },
  };

  function addText(text: string): void {
    if (cell) cell.push(htmlText(text));
    else if (depth === 0) outside.push(htmlText(text).replace(/\s+/g, ' '));
  }

  function atTable(closing: boolean): void {
    if (!closing) {
      if (++depth > 1) return;
      outside.push('\n');
      table = createTableReader(list, limits);
      merged = new Map();
      return;
    }
    if (depth > 0) depth--;
    if (depth > 0) return;
    endRow();
    table?.end();
    table = undefined;
  }

  function inTable({ name, closing, tag }: { name: string; closing: boolean; tag: string }): void {
    if (name === 'tr') {
      endRow();
      if (!closing) beginRow(tag);
    } else if (name === 'td' || name === 'th') {
      endCell();
      if (!closing) beginCell(tag);
    } else if (cell && LINE_TAGS.has(name)) cell.push(' ');
  }

  function beginRow(tag: string): void {
    cells = [];
    row++;
    hidden = /display:\s?none|\shidden\b/i.test(tag);
  }

  function beginCell(tag: string): void {
    if (!cells) beginRow('');
    cell = [];
    span = { columns: spanOf(tag, 'colspan'), rows: spanOf(tag, 'rowspan') };
  }

  function endCell(): void {
    if (!cell || !cells) return;
    const text = cell.join('').replace(/\s+/g, ' ').trim();
    cell = undefined;
    fillMerged(cells);
    if (span.rows > 1) merged.set(cells.length, { text, rows: span.rows - 1 });
    cells.push(text);
    for (let more = 1; more < span.columns; more++) cells.push('');
  }

  /** A cell merged downwards stands in the following rows too. */
  function fillMerged(into: string[]): void {
    for (let above = merged.get(into.length); above; above = merged.get(into.length)) {
      if (above.rows-- > 1) merged.set(into.length, above);
      else merged.delete(into.length);
      into.push(above.text);
    }
  }

  function endRow(): void {
    endCell();
    if (cells && cells.length > 0) {
      fillMerged(cells);
      table?.row(cells, row, hidden ? { hidden: true } : {});
    }
    cells = undefined;
  }
}

function spanOf(tag: string, name: string): number {
  const value = Number(new RegExp(`${name}\\s?=\\s?["']?(\\d{1,4})`, 'i').exec(tag)?.[1] ?? 1);
  return Math.min(Math.max(value, 1), WIDEST_SPAN);
}
