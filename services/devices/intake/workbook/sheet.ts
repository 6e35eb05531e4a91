import type { ProblemKind } from '../../device.ts';
import { itemText } from './shared-strings.ts';
import { xmlText } from './xml.ts';

/** What cells need from elsewhere in the workbook. */
export type SheetContext = Readonly<{ strings: readonly string[]; zeroPadding: readonly number[]; maxColumns: number }>;
export type SheetRow = Readonly<{
  cells: string[];
  row: number;
  hidden: boolean;
  notes: ReadonlyMap<number, ProblemKind> | undefined;
}>;

/**
 * Scans a worksheet row by row. Numbers keep the text they are stored as, because `3.30512E+12` and 3305120000000 are
 * one number and two different answers. Every search is bounded by the tag at hand, which keeps the pass linear. Return
 * false from `visit` to stop.
 */
export function eachSheetRow(xml: string, context: SheetContext, visit: (row: SheetRow) => boolean | undefined): void {
  const prefix = /<(\w+:)?sheetData[\s/>]/.exec(xml)?.[1] ?? '';
  const scanner = createScanner(xml, prefix);
  let number = 0;
  for (let at = xml.indexOf(`<${prefix}sheetData`); ; ) {
    const open = scanner.rowStart(at);
    if (open === undefined) return;
    const tag = xml.slice(open.nameEnd, open.tagEnd);
    number = rowNumber(tag) ?? number + 1;
    at = open.tagEnd + 1;
    if (xml.charCodeAt(open.tagEnd - 1) === 47) continue;
    const end = scanner.rowEnd(at);
    const cells: string[] = [];
    const notes = readCells(xml, at, end, prefix, context, cells);
    at = end;
    const hidden = tag.includes('hidden="1"') || tag.includes('hidden="true"');
    if (cells.length > 0 && visit({ cells, row: number, hidden, notes }) === false) return;
  }
}

function createScanner(xml: string, prefix: string) {
  const open = `<${prefix}row`;
  const close = `</${prefix}row>`;
  return {
    rowStart(from: number) {
      for (let at = xml.indexOf(open, from); at >= 0; at = xml.indexOf(open, at + 1)) {
        const nameEnd = at + open.length;
        const next = xml.charCodeAt(nameEnd);
        if (next !== 32 && next !== 62 && next !== 47 && next > 32) continue;
        const tagEnd = xml.indexOf('>', nameEnd);
        return tagEnd < 0 ? undefined : { nameEnd, tagEnd };
      }
      return undefined;
    },
    rowEnd(from: number): number {
      const end = xml.indexOf(close, from);
      return end < 0 ? xml.length : end;
    },
  };
}

function rowNumber(tag: string): number | undefined {
  const at = tag.indexOf(' r="');
  const number = at < 0 ? Number.NaN : Number.parseInt(tag.slice(at + 4, at + 14), 10);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

type Notes = Map<number, ProblemKind> | undefined;

/** Reads the cells between two positions into `cells`, by column; missing ones are empty. */
function readCells(
  xml: string,
  from: number,
  to: number,
  prefix: string,
  context: SheetContext,
  cells: string[],
): Notes {
  let notes: Notes;
  const open = `<${prefix}c`;
  const close = `</${prefix}c>`;
  for (let at = from, column = 0; ; column++) {
    at = xml.indexOf(open, at);
    if (at < 0 || at >= to) return notes;
    const tagStart = at + open.length;
    const tagEnd = xml.indexOf('>', tagStart);
    column = columnAt(xml, tagStart) ?? columnOf(xml.slice(tagStart, tagEnd)) ?? column;
    const empty = xml.charCodeAt(tagEnd - 1) === 47;
    const end = empty ? tagEnd : bounded(xml.indexOf(close, tagEnd), to);
    at = end + 1;
    if (column >= context.maxColumns || empty) continue;
    while (cells.length < column) cells.push('');
    const string = sharedStringAt(xml, tagEnd, end);
    if (string >= 0) {
      cells[column] = context.strings[string] ?? '';
      continue;
    }
    const cell = readCell(xml.slice(tagEnd + 1, end), xml.slice(tagStart, tagEnd), prefix, context);
    cells[column] = cell.text;
    if (cell.note) {
      notes ??= new Map();
      notes.set(column, cell.note);
    }
  }
}

/** The column of a tag that begins with its reference, as nearly all do: read in place, because cells are many. */
function columnAt(xml: string, tagStart: number): number | undefined {
  if (!xml.startsWith(' r="', tagStart)) return undefined;
  let column = 0;
  for (let at = tagStart + 4; ; at++) {
    const code = xml.charCodeAt(at);
    if (!(code >= 65 && code <= 90)) break;
    column = column * 26 + code - 64;
  }
  return column > 0 ? column - 1 : undefined;
}

/** The number of a shared string in `… t="s"><v>12</v></c>`, the commonest cell, read in place; -1 for any other. */
function sharedStringAt(xml: string, tagEnd: number, end: number): number {
  if (!xml.startsWith(' t="s"><v>', tagEnd - 6)) return -1;
  let number = 0;
  let at = tagEnd + 4;
  for (; at < end; at++) {
    const digit = xml.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    number = number * 10 + digit;
  }
  return at > tagEnd + 4 && xml.charCodeAt(at) === 60 ? number : -1;
}

function bounded(at: number, to: number): number {
  return at < 0 || at > to ? to : at;
}

/** `B12` is column 1. Absent in some writers' files, where cells simply follow each other. */
function columnOf(tag: string): number | undefined {
  const at = tag.indexOf(' r="');
  if (at < 0) return undefined;
  let column = 0;
  for (let i = at + 4; i < tag.length; i++) {
    const code = tag.charCodeAt(i) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column > 0 ? column - 1 : undefined;
}

type CellValue = Readonly<{ text: string; note?: ProblemKind }>;

function readCell(body: string, tag: string, prefix: string, context: SheetContext): CellValue {
  const type = typeOf(tag);
  if (type === 'inlineStr') return { text: itemText(inner(body, `${prefix}is`) ?? '', prefix) };
  const value = inner(body, `${prefix}v`);
  if (value === undefined || value === '')
    return body.includes(`<${prefix}f`) ? { text: '', note: 'formula_without_value' } : { text: '' };
  if (type === 's') return { text: context.strings[Number(value)] ?? '' };
  if (type === 'e') return { text: '', note: 'cell_error' };
  if (type === '' || type === 'n') return numberText(value.trim(), tag, context);
  return { text: xmlText(value) };
}

function typeOf(tag: string): string {
  const at = tag.indexOf(' t="');
  return at < 0 ? '' : tag.slice(at + 4, tag.indexOf('"', at + 4));
}

function inner(body: string, name: string): string | undefined {
  const at = body.indexOf(`<${name}`);
  if (at < 0) return undefined;
  const start = body.indexOf('>', at) + 1;
  if (body.charCodeAt(start - 2) === 47) return '';
  const end = body.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : body.slice(start, end);
}

/** Java writes whole numbers as `3.30512345678E12`, and always with all their digits; `E+12` is somebody's rounding. */
const JAVA_NUMBER = /^(\d)\.(\d{1,16})E(\d{1,2})$/;

function numberText(value: string, tag: string, { zeroPadding }: SheetContext): CellValue {
  const text = wholeNumber(value);
  const at = tag.indexOf(' s="');
  const padded = at < 0 ? 0 : (zeroPadding[Number.parseInt(tag.slice(at + 4, at + 10), 10)] ?? 0);
  if (padded <= text.length || !/^\d+$/.test(text)) return { text };
  return { text: text.padStart(padded, '0'), note: 'leading_zero_restored' };
}

function wholeNumber(value: string): string {
  const java = JAVA_NUMBER.exec(value);
  if (!java) return value;
  const [, first = '', rest = '', exponent = ''] = java;
  return rest.length <= Number(exponent) && Number(exponent) <= 15 ? first + rest.padEnd(Number(exponent), '0') : value;
}
