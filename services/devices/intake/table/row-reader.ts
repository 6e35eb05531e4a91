import type { Device, ProblemKind } from '../../device.ts';
import { readHardwareHash } from '../hardware-hash.ts';
import type { ListBuilder, ProblemDetails } from '../list-builder.ts';
import { hasProductKey, MASKED_KEY, shown } from '../secrets.ts';
import { trimmed } from './cells.ts';
import type { Columns } from './columns.ts';
import {
  isOddlyWritten,
  isPlaceholder,
  isPlainSerial,
  isShortened,
  looksLikeSerial,
  readName,
  readSerial,
} from './identifiers.ts';
import { takeMorePkids, takePkid } from './pkid-cells.ts';

/** What a reader knows of a row beyond its texts. */
export type RowNotes = Readonly<{
  /** Set when quotes or separators of the row do not fit. */
  damaged?: boolean;
  /** The row or its sheet is hidden: a person looking at the file does not see it. */
  hidden?: boolean;
  /** What is wrong with single cells, by column. */
  cells?: ReadonlyMap<number, ProblemKind>;
}>;

/** Why a row that was understood needs a person's yes. */
export type Doubt = Readonly<{ kind: ProblemKind; details?: ProblemDetails }>;
/** What the cells of a row gave so far. */
export type Found = { -readonly [Key in keyof Device]: Device[Key] };

/** Reads rows of one table, whose columns are known, into a list. */
export function readRow(cells: readonly string[], row: number, columns: Columns, notes: RowNotes, list: ListBuilder) {
  const found: Found = {
    pkid: undefined,
    serial: undefined,
    manufacturer: undefined,
    model: undefined,
    hash: undefined,
  };
  const doubts: Doubt[] = [];
  const taken =
    takeCells(columns, row, notes, list) &&
    takePkid(cells, row, columns, found, doubts, list) &&
    takeNames(cells, row, columns, found, list) &&
    takeHash(cells, row, columns, found, doubts, list);
  if (columns.morePkids) takeMorePkids(cells, row, columns.morePkids, found, list);
  if (!taken) return;
  const lack = lacking(found, columns);
  if (lack === 'empty') return leftOver(cells, row, columns, list);
  if (lack) return list.problem(row, lack, { value: shown(found.serial ?? '') });
  doubtRow(cells, columns, notes, found, doubts);
  addDevice(found, row, doubts, list);
}

/** Cells that hold a formula without a value or an error make the row unusable when they are the ones that count. */
function takeCells({ pkid, hash, serial }: Columns, row: number, { cells }: RowNotes, list: ListBuilder): boolean {
  if (!cells) return true;
  for (const column of [pkid, hash, serial]) {
    const kind = column === undefined ? undefined : cells.get(column);
    if (kind && kind !== 'leading_zero_restored') {
      list.problem(row, kind);
      return false;
    }
  }
  return true;
}

function takeNames(cells: readonly string[], row: number, columns: Columns, found: Found, list: ListBuilder): boolean {
  const serial = columns.serial === undefined ? '' : readSerial(cells[columns.serial] ?? '');
  const manufacturer = columns.manufacturer === undefined ? '' : readName(cells[columns.manufacturer] ?? '');
  const model = columns.model === undefined ? '' : readName(cells[columns.model] ?? '');
  if (manufacturer !== '') found.manufacturer = manufacturer;
  if (model !== '') found.model = model;
  if (serial === '') return true;
  const problem = serialProblem(serial);
  if (!problem) {
    found.serial = serial;
    return true;
  }
  list.problem(row, problem, { value: hasProductKey(serial) ? MASKED_KEY : shown(serial) });
  return found.pkid !== undefined;
}

/** Longest serial number we pass on, in characters. */
const SERIAL_CHARS = 64;

function serialProblem(serial: string): ProblemKind | undefined {
  if (isPlainSerial(serial)) return undefined;
  if (isPlaceholder(serial)) return 'placeholder_value';
  if (isShortened(serial)) return 'scientific_notation_lossy';
  if (serial.length > SERIAL_CHARS || hasControl(serial)) return 'malformed_row';
  return serial.length > 24 && hasProductKey(serial) ? 'not_a_pkid' : undefined;
}

function takeHash(
  cells: readonly string[],
  row: number,
  { hash: column }: Columns,
  found: Found,
  doubts: Doubt[],
  list: ListBuilder,
): boolean {
  if (column === undefined) return true;
  const cell = cells[column] ?? '';
  if (cell === '') return true;
  const reading = readHardwareHash(cell);
  if (reading.kind === 'none') return true;
  if (reading.kind === 'refused') {
    if (found.pkid === undefined) {
      list.problem(row, reading.problem);
      return false;
    }
    doubts.push({ kind: reading.problem });
    return true;
  }
  found.hash = reading.hash;
  const { serial, pkid } = reading.contents;
  if (apart(serial, found.serial) || apart(pkid, found.pkid)) doubts.push({ kind: 'hash_mismatch' });
  else if (reading.checksumFails) doubts.push({ kind: 'hash_invalid' });
  return true;
}

function apart(a: string | undefined, b: string | undefined): boolean {
  return !!a && !!b && a.toUpperCase() !== b.toUpperCase();
}

/** What is missing for Partner Center to find the device. @see Partner Center REST, device deployment resources */
function lacking(
  { pkid, hash, serial, manufacturer, model }: Found,
  columns: Columns,
): ProblemKind | 'empty' | undefined {
  if (pkid !== undefined || hash !== undefined) return undefined;
  if (serial === undefined) {
    if (manufacturer === undefined && model === undefined) return 'empty';
    return columns.pkid !== undefined ? 'missing_pkid' : 'missing_serial';
  }
  if (manufacturer !== undefined && model !== undefined) return undefined;
  // A total or a remark in the first column is no serial number.
  if (manufacturer === undefined && model === undefined && /\s/.test(serial)) return 'empty';
  if (manufacturer === undefined && model === undefined) {
    return columns.pkid !== undefined ? 'missing_pkid' : 'insufficient_identifiers';
  }
  return manufacturer === undefined ? 'missing_manufacturer' : 'insufficient_identifiers';
}

/** A row without any of the values we look for: a note below the table, a total, or a device whose values were lost. */
function leftOver(cells: readonly string[], row: number, columns: Columns, list: ListBuilder) {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const text = filled.join(' ');
  if (hasProductKey(text)) return list.problem(row, 'not_a_pkid', { value: MASKED_KEY });
  if (/(?<![0-9])[0-9]{11,16}(?![0-9])/.test(text)) return list.problem(row, 'malformed_row', { value: shown(text) });
  const pkid = trimmed(cells[columns.pkid ?? -1]);
  if (pkid.startsWith('#')) return list.problem(row, 'cell_error');
  const serial = columns.serial === undefined ? '' : readSerial(cells[columns.serial] ?? '').replace(/\s/g, '');
  const isDevice = filled.length >= 3 || (pkid !== '' && filled.length === 1) || looksLikeSerial(serial);
  if (isDevice && columns.pkid !== undefined) list.problem(row, 'missing_pkid', { value: shown(serial) });
}

function doubtRow(cells: readonly string[], columns: Columns, notes: RowNotes, found: Found, doubts: Doubt[]): void {
  if (notes.damaged || isTooLong(cells, columns.width)) doubts.push({ kind: 'malformed_row' });
  if (columns.pkid !== undefined && notes.cells?.get(columns.pkid)) doubts.push({ kind: 'leading_zero_restored' });
  if (notes.hidden || isFromHidden(found, columns)) doubts.push({ kind: 'hidden_data' });
  if (columns.guessed) doubts.push({ kind: 'ambiguous_candidate' });
  if (found.pkid === undefined && found.hash === undefined) doubtTuple(found, doubts);
}

/** What names the device to Partner Center stands in a column a person does not see. */
function isFromHidden({ pkid, hash }: Found, columns: Columns): boolean {
  if (!columns.hidden) return false;
  const column = pkid !== undefined ? columns.pkid : hash !== undefined ? columns.hash : columns.serial;
  return column !== undefined && columns.hidden.has(column);
}

function doubtTuple({ manufacturer = '', model = '' }: Found, doubts: Doubt[]): void {
  if (isOddlyWritten(manufacturer))
    doubts.push({ kind: 'case_sensitive_value', details: { value: shown(manufacturer) } });
  if (hasControl(manufacturer) || hasControl(model)) doubts.push({ kind: 'malformed_row' });
}

/** More cells than headings: a separator inside a value moved the rest of the row to the right. */
function isTooLong(cells: readonly string[], width: number): boolean {
  for (let column = width; column < cells.length; column++)
    if (cells[column] !== '' && trimmed(cells[column]) !== '') return true;
  return false;
}

function addDevice(found: Found, row: number, doubts: readonly Doubt[], list: ListBuilder): void {
  const { pkid, serial, manufacturer, model, hash } = found;
  const [first, ...rest] = doubts;
  if (!first) {
    list.add({ pkid, serial, manufacturer, model, hash, row });
    return;
  }
  const value = { value: shown(pkid ?? serial ?? '') };
  for (const doubt of rest) list.problem(row, doubt.kind, doubt.details ?? value);
  list.add({ pkid, serial, manufacturer, model, hash, row, confirm: first.kind, details: first.details ?? value });
}

function hasControl(text: string): boolean {
  return /[\x00-\x1f\x7f]/.test(text);
}
