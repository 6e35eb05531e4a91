import type { ProblemKind } from '../../device.ts';
import { type CellTag, createCellTag, readCellTag } from './cell-tag.ts';
import { type CellValue, cellBody, type SheetContext, typedValue } from './cell-value.ts';
import {
  closes,
  digitsAt,
  hasAt,
  markup,
  type Name,
  nextTag,
  opens,
  type Part,
  partOf,
  sourceAt,
  tagEndFrom,
  textAt,
} from './part.ts';
import { attribute, tags } from './xml.ts';

export type SheetRow = {
  readonly cells: string[];
  /** As Excel numbers it. */
  readonly row: number;
  readonly hidden: boolean;
  /** What is wrong with single cells, by column. */
  notes: Map<number, ProblemKind> | undefined;
};

/**
 * Scans a worksheet row by row, once over its bytes. Numbers keep the text they are stored as, because `3.30512E+12` and
 * 3305120000000 are one number and two different answers. What never closes ends where the next cell or row begins.
 * Return false from `visit` to stop.
 */
export function eachSheetRow(
  bytes: Buffer,
  context: SheetContext,
  visit: (row: SheetRow) => boolean | undefined,
): void {
  const part = partOf(bytes);
  const data = /<(\w+:)?sheetData[\s/>]/.exec(part.latin1);
  const names = namesWith(data?.[1] ?? '');
  const tag = createCellTag();
  let number = 0;
  for (let at = nextTag(bytes, data?.index ?? 0); at < bytes.length; at = nextTag(bytes, at)) {
    if (!opens(bytes, at, names.row)) {
      at++;
      continue;
    }
    const tagEnd = tagEndFrom(bytes, at);
    const attributes = part.latin1.slice(at + 1 + names.row.length, tagEnd);
    number = rowNumberAt(bytes, at + 1 + names.row.length) ?? rowNumber(attributes) ?? number + 1;
    at = tagEnd + 1;
    if (bytes[tagEnd - 1] === 47) continue;
    const row: SheetRow = { cells: [], row: number, hidden: isHidden(attributes), notes: undefined };
    at = readCells({ part, names, context, tag }, at, row);
    if (row.cells.length > 0 && visit(row) === false) return;
  }
}

/**
 * The columns of a worksheet that a person does not see, from 0: those marked as hidden and those without width. Wider
 * ranges than a list may have are cut off.
 */
export function hiddenColumns(bytes: Buffer, maxColumns: number): ReadonlySet<number> {
  const hidden = new Set<number>();
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
  const end = head.search(/<(?:\w+:)?sheetData[\s/>]/);
  for (const { name, text, closing } of tags(end < 0 ? head : head.slice(0, end))) {
    if (name !== 'col' || closing) continue;
    if (!isHidden(` ${text}`) && Number(attribute(text, 'width') ?? 1) > 0) continue;
    const first = Math.max(1, Number(attribute(text, 'min') ?? 0));
    const last = Math.min(maxColumns, Number(attribute(text, 'max') ?? 0));
    for (let column = first; column <= last; column++) hidden.add(column - 1);
  }
  return hidden;
}

/** The columns are described before the rows; an honest description of a hundred columns takes 10 KB. */
const HEAD_BYTES = 256 * 1024;

type Names = Readonly<{ prefix: string; row: Name; cell: Name; value: Uint8Array; valueEnd: Uint8Array }>;
/** What stays the same from cell to cell. */
type Scan = Readonly<{ part: Part; names: Names; context: SheetContext; tag: CellTag }>;

function namesWith(prefix: string): Names {
  return {
    prefix,
    row: markup(`${prefix}row`),
    cell: markup(`${prefix}c`),
    value: markup(`<${prefix}v>`),
    valueEnd: markup(`</${prefix}v></${prefix}c>`),
  };
}

const REFERENCE = markup(' r="');

/** The number of a tag that begins with it, as nearly all do. */
function rowNumberAt(bytes: Uint8Array, from: number): number | undefined {
  if (!hasAt(bytes, from, REFERENCE)) return undefined;
  const start = from + REFERENCE.length;
  let end = start;
  while (end < start + 10 && bytes[end] !== 34) end++;
  const number = digitsAt(bytes, start, end);
  return number > 0 ? number : undefined;
}

function rowNumber(attributes: string): number | undefined {
  const at = attributes.indexOf(' r="');
  const number = at < 0 ? Number.NaN : Number.parseInt(attributes.slice(at + 4, at + 14), 10);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function isHidden(attributes: string): boolean {
  if (!attributes.includes('hidden')) return false;
  return attributes.includes(' hidden="1"') || attributes.includes(' hidden="true"');
}

/** Reads the cells of a row, missing ones as empty, and tells the place where the row ends. */
function readCells(scan: Scan, from: number, row: SheetRow): number {
  const { part, names, context, tag } = scan;
  const { bytes } = part;
  let column = 0;
  for (let at = nextTag(bytes, from); at < bytes.length; at = nextTag(bytes, at)) {
    if (!opens(bytes, at, names.cell)) {
      if (endsRow(bytes, at, names)) return at;
      at++;
      continue;
    }
    readCellTag(bytes, at + 1 + names.cell.length, tag);
    at = tag.end + 1;
    if (tag.column >= 0) column = tag.column;
    if (!tag.empty) {
      if (column < context.maxColumns) at = takeCell(scan, at, row, column);
      else at = cellEnd(bytes, at, names);
    }
    column++;
  }
  return bytes.length;
}

function endsRow(bytes: Uint8Array, at: number, { row }: Names): boolean {
  return closes(bytes, at, row) || opens(bytes, at, row);
}

function cellEnd(bytes: Uint8Array, from: number, names: Names): number {
  let at = nextTag(bytes, from);
  while (at < bytes.length) {
    if (closes(bytes, at, names.cell) || opens(bytes, at, names.cell) || endsRow(bytes, at, names)) break;
    at = nextTag(bytes, at + 1);
  }
  return at;
}

/** Takes what follows the start tag of a cell and tells the place behind it. Nearly all cells are one plain `<v>`. */
function takeCell(scan: Scan, from: number, row: SheetRow, column: number): number {
  const { part, names, context, tag } = scan;
  const { bytes } = part;
  const start = from + names.value.length;
  const end = hasAt(bytes, from, names.value) ? nextTag(bytes, start) : from;
  if (end > start && hasAt(bytes, end, names.valueEnd)) {
    const text = commonText(scan, start, end);
    if (text === undefined) setValue(row, column, typedValue(textAt(part, start, end), tag, context));
    else setText(row, column, text);
    return end + names.valueEnd.length;
  }
  const bodyEnd = cellEnd(bytes, from, names);
  setValue(row, column, cellBody(sourceAt(part, from, bodyEnd), names.prefix, tag, context));
  return bodyEnd;
}

/** The text of the commonest values, a shared string or a whole number that no format fills up; undefined for others. */
function commonText({ part, context, tag }: Scan, start: number, end: number): string | undefined {
  if (tag.type === 'shared') {
    const index = digitsAt(part.bytes, start, end);
    return index < 0 ? undefined : (context.strings[index] ?? '');
  }
  if (tag.type !== 'number' || (context.zeroPadding[tag.style] ?? 0) > 0) return undefined;
  return digitsAt(part.bytes, start, end) < 0 ? undefined : part.latin1.slice(start, end);
}

function setText({ cells }: SheetRow, column: number, text: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function setValue(row: SheetRow, column: number, { text, note }: CellValue): void {
  setText(row, column, text);
  if (!note) return;
  row.notes ??= new Map();
  row.notes.set(column, note);
}
