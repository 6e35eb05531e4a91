import { readPkid } from '../../pkid.ts';
import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { hasProductKey, MASKED_KEY } from '../secrets.ts';
import { createProseReader } from '../text/prose-reader.ts';
import { guessColumns } from './column-profile.ts';
import { type Columns, readHeadings } from './columns.ts';
import { type RowNotes, readRow } from './row-reader.ts';

/** Takes a table row by row, from whatever kind of file, and adds its devices to the list. */
export interface TableReader {
  /** Returns false when the table is longer than allowed: then nothing more needs to be read. */
  row(cells: string[], row: number, notes?: RowNotes): boolean;
  /** To be called once after the last row: short tables are only understood then. */
  end(): void;
}

type Held = Readonly<{ cells: string[]; row: number; notes: RowNotes }>;

/** Rows looked at before the columns are decided; headings may stand below an address and a logo. */
const HELD_ROWS = 60;
const NO_NOTES: RowNotes = {};
const NONE_HIDDEN: ReadonlySet<number> = new Set();

/** Starts reading one table. */
export function createTableReader(
  list: ListBuilder,
  limits: IntakeLimits,
  hidden: ReadonlySet<number> = NONE_HIDDEN,
): TableReader {
  let held: Held[] | undefined = [];
  let columns: Columns | undefined;
  let sample = false;
  let count = 0;
  let wide = false;
  const prose = createProseReader(list);

  return {
    row(cells, row, notes = NO_NOTES) {
      if (++count > limits.rows) {
        if (count === limits.rows + 1) list.problem(row, 'too_large', { what: 'rows', limit: limits.rows });
        return false;
      }
      keepWithinLimits(cells, row);
      if (!held) take({ cells, row, notes });
      else if (held.push({ cells, row, notes }) >= HELD_ROWS) decide();
      return true;
    },
    end() {
      if (held) decide();
      prose.end();
    },
  };

  function keepWithinLimits(cells: string[], row: number): void {
    if (cells.length > limits.columns) {
      if (!wide) list.problem(row, 'too_large', { what: 'columns', limit: limits.columns });
      wide = true;
      cells.length = limits.columns;
    }
    for (let column = 0; column < cells.length; column++) {
      if ((cells[column]?.length ?? 0) <= limits.cellChars) continue;
      list.problem(row, 'too_large', { what: 'cell', limit: limits.cellChars });
      cells[column] = '';
    }
  }

  /** Settles what the columns are, once enough rows are there to tell. */
  function decide(): void {
    const rows = held ?? [];
    held = undefined;
    const at = rows.findIndex((_, index) => headingsAt(rows, index) !== undefined);
    if (at >= 0) {
      columns = withHidden(headingsAt(rows, at));
      for (const before of rows.slice(0, at)) readPreamble(before);
      for (const row of rows.slice(at + 1)) take(row);
      return;
    }
    const guess = guessColumns(rows.map(({ cells }) => cells));
    if (guess !== 'list') columns = withHidden(guess);
    for (const row of rows) take(row);
  }

  /** Says once that values come from columns nobody sees. */
  function withHidden(found: Columns | undefined): Columns | undefined {
    if (!found || hidden.size === 0) return found;
    const read = [found.pkid, found.serial, found.hash].filter((column) => column !== undefined && hidden.has(column));
    if (read.length > 0) list.problem(0, 'hidden_data', { value: list.source });
    return { ...found, hidden };
  }

  function take(held: Held) {
    const { cells, row, notes } = held;
    if (!columns) return readAsText(held);
    if (isSampleNote(cells)) {
      sample = true;
      return list.problem(row, 'placeholder_value', { value: (cells[0] ?? '').trim().slice(0, 40) });
    }
    const again = mayBeHeadings(cells, columns) ? readHeadings(cells) : undefined;
    if (again) {
      columns = withHidden(again);
      return;
    }
    noteSecrets(cells, row, columns);
    if (sample) readSample(held, columns);
    else readRow(cells, row, columns, notes, list);
  }

  /** Below "SAMPLE EXPLAINED" the template shows made-up devices; a real one left there needs a person's yes. */
  function readSample({ cells, row, notes }: Held, known: Columns): void {
    const reading = readPkid((cells[known.pkid ?? -1] ?? '').trim());
    if (reading.kind === 'pkid') list.add({ pkid: reading.pkid, row, confirm: 'placeholder_value' });
    else if (notes.hidden !== true && cells.some((cell) => cell.trim() !== ''))
      list.problem(row, 'placeholder_value', { value: '' });
  }

  /** Product keys in columns that are not read otherwise; most rows have no cell long enough. */
  function noteSecrets(cells: readonly string[], row: number, { pkid, serial }: Columns): void {
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column];
      if (cell === undefined || cell.length < 25 || cell.length > 200 || column === pkid || column === serial) continue;
      if (hasProductKey(cell)) list.problem(row, 'not_a_pkid', { value: MASKED_KEY });
    }
  }

  function readPreamble({ cells, row }: Held): void {
    prose.line(cells.join('\t'), row, { doubtful: 'ambiguous_candidate' });
    prose.pause();
  }

  function readAsText({ cells, row, notes }: Held): void {
    const isHidden = notes.hidden || cells.some((cell, column) => cell !== '' && hidden.has(column));
    prose.line(cells.join('\t'), row, isHidden ? { doubtful: 'hidden_data' } : {});
  }
}

/** The headings at this row, if what stands below them fits: some later row has a value in one of the columns that count. */
function headingsAt(rows: readonly Held[], index: number): Columns | undefined {
  const columns = readHeadings(rows[index]?.cells ?? []);
  if (!columns) return undefined;
  const { pkid, serial, hash, manufacturer, model } = columns;
  const below = rows.slice(index + 1);
  const filled = (cells: readonly string[], column: number | undefined) =>
    column !== undefined && !!cells[column]?.trim();
  const fits = below.some(({ cells }) =>
    [pkid, serial, hash, manufacturer, model].some((column) => filled(cells, column)),
  );
  return fits || below.length === 0 ? columns : undefined;
}

/** Lists put together from several files repeat their headings. A heading has no digits where the PKID belongs. */
function mayBeHeadings(cells: readonly string[], { pkid, serial, hash }: Columns): boolean {
  const cell = cells[pkid ?? serial ?? hash ?? 0];
  if (cell === undefined || cell === '') return false;
  const first = cell.charCodeAt(0);
  return (first < 48 || first > 57) && !/\d/.test(cell);
}

function isSampleNote(cells: readonly string[]): boolean {
  const [first = ''] = cells;
  return first.length >= 16 && /^\W*sample explained/i.test(first);
}
