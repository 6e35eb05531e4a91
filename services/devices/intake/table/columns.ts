import { type ColumnKind, columnKind } from './header-words.ts';

/** Where in a row each value stands; `undefined` when the table does not have it. */
export type Columns = Readonly<{
  pkid?: number;
  serial?: number;
  manufacturer?: number;
  model?: number;
  hash?: number;
  /** Further columns of PKIDs: a row may list several devices, or the same number under two names. */
  morePkids?: readonly number[];
  /** Columns in the heading row; a longer row is damaged. */
  width: number;
  /** Set when the columns were told from their values and a person should look. */
  guessed?: boolean;
  /** Columns a person looking at the file does not see. */
  hidden?: ReadonlySet<number>;
}>;

const STRONG: readonly ColumnKind[] = ['pkid', 'serial', 'hash', 'perhaps-pkid'];

/**
 * Reads a row as headings. `undefined` unless one of them names a PKID, a serial number or a hash, and every cell is short enough to
 * be a heading.
 */
export function readHeadings(cells: readonly string[]): Columns | undefined {
  if (cells.every((cell) => cell.length < 2)) return undefined;
  const kinds = cells.map((cell) => columnKind(cell));
  if (!kinds.some((kind) => kind && STRONG.includes(kind))) return undefined;
  const named = cells.filter((cell) => cell.trim() !== '').length;
  const known = kinds.filter((kind) => kind !== undefined).length;
  if (known * 3 < named || cells.some(isValue)) return undefined;
  const at = (kind: ColumnKind) => indexOf(kinds, kind);
  const pkid = bestPkid(cells, kinds) ?? at('perhaps-pkid');
  return {
    ...(pkid !== undefined && { pkid }),
    ...furtherPkids(kinds, pkid),
    ...present('serial', at('serial')),
    ...present('manufacturer', at('manufacturer')),
    ...present('model', at('model')),
    ...present('hash', at('hash')),
    width: lastNamed(cells) + 1,
  };
}

function furtherPkids(kinds: readonly (ColumnKind | undefined)[], pkid: number | undefined): { morePkids?: number[] } {
  const more = [...kinds.keys()].filter((index) => kinds[index] === 'pkid' && index !== pkid);
  return more.length > 0 ? { morePkids: more } : {};
}

function present(key: string, index: number | undefined): Record<string, number> {
  return index === undefined ? {} : { [key]: index };
}

function indexOf(kinds: readonly (ColumnKind | undefined)[], kind: ColumnKind): number | undefined {
  const index = kinds.indexOf(kind);
  return index < 0 ? undefined : index;
}

/** A list may have "Windows Product ID" for the edition and "PKID" for the number that is meant: the plain word wins. */
function bestPkid(cells: readonly string[], kinds: readonly (ColumnKind | undefined)[]): number | undefined {
  const plain = cells.findIndex((cell, index) => kinds[index] === 'pkid' && /\bpk ?id|key ?id/i.test(cell));
  return plain >= 0 ? plain : indexOf(kinds, 'pkid');
}

/** A heading row holds no values: a long number, a serial number or a hash shows that it is a row of the list. */
function isValue(cell: string): boolean {
  return (
    /\d{4}/.test(cell) || cell.length > 80 || /[:=]\s*\S/.test(cell) || HAS_SERIAL.test(cell) || NO_VALUE.test(cell)
  );
}

const HAS_SERIAL = /(?<![A-Za-z0-9])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{6,}(?![A-Za-z0-9])/;
/** What stands behind a label where the value is missing. */
const NO_VALUE = /#N\/A|#[A-Z]{3,5}!|#{4}|(?:^|\s)(?:n\/a|tbd|\?{2,}|\dE\+\d\d)$/i;

function lastNamed(cells: readonly string[]): number {
  let last = cells.length - 1;
  while (last > 0 && cells[last]?.trim() === '') last--;
  return last;
}
