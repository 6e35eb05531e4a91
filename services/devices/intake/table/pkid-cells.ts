import { PKID_DIGITS, readPkid } from '../../pkid.ts';
import type { ListBuilder } from '../list-builder.ts';
import { shown } from '../secrets.ts';
import { readProseLine } from '../text/prose-line.ts';
import { trimmed } from './cells.ts';
import type { Columns } from './columns.ts';
import type { Doubt, Found } from './row-reader.ts';

/** Takes the PKID of a row. False when its cell was refused and reported: then the row is done. */
export function takePkid(
  cells: readonly string[],
  row: number,
  { pkid: column }: Columns,
  found: Found,
  doubts: Doubt[],
  list: ListBuilder,
): boolean {
  if (column === undefined) return true;
  const cell = trimmed(cells[column]);
  const reading = readPkid(cell);
  if (reading.kind === 'none') return true;
  if (reading.kind === 'refused') {
    if (!takeFromWords(cell, row, list)) list.problem(row, reading.problem, reading.details);
    return false;
  }
  found.pkid = reading.pkid;
  if (reading.confirm) doubts.push({ kind: reading.confirm, details: { value: shown(cell) } });
  return true;
}

/** A cell of several PKIDs, or of a PKID and a remark. What belongs to which of them, only a person can say. */
function takeFromWords(cell: string, row: number, list: ListBuilder): boolean {
  if (cell.length <= PKID_DIGITS || !HAS_PKID.test(cell)) return false;
  const { pkids, problems, looseEnds } = readProseLine(cell);
  if (pkids.length === 0) return false;
  for (const { pkid, value } of pkids) list.add({ pkid, row, confirm: 'ambiguous_candidate', details: { value } });
  for (const { kind, details } of [...problems, ...looseEnds]) list.problem(row, kind, details);
  return true;
}

const HAS_PKID = /(?<!\d)\d{13}(?!\d)/;

/** A second PKID in the row is a device of its own, or the same number once more; which, only a person can say. */
export function takeMorePkids(
  cells: readonly string[],
  row: number,
  more: readonly number[],
  found: Found,
  list: ListBuilder,
) {
  for (const column of more) {
    const cell = trimmed(cells[column]);
    const reading = readPkid(cell);
    if (reading.kind === 'pkid' && reading.pkid !== found.pkid)
      list.add({ pkid: reading.pkid, row, confirm: 'ambiguous_candidate', details: { value: reading.pkid } });
    if (reading.kind === 'refused' && isNearlyPkid(cell)) list.problem(row, reading.problem, reading.details);
  }
}

/** The second column may be one of product ids or editions, which are refused too and no loss. */
function isNearlyPkid(cell: string): boolean {
  return cell.length < 30 && !/[A-Za-z]{3}|-[A-Z]{2}\d/.test(cell) && /\d/.test(cell);
}
