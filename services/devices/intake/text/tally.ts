import type { ListBuilder } from '../list-builder.ts';
import type { LooseEnd } from './loose-ends.ts';
import type { ProseLine } from './prose-line.ts';

/** Watches a whole text, so that its end can say which of the loose ends were meant to be devices. */
export interface Tally {
  /** Notes one line that was read. */
  line(read: ProseLine, row: number): void;
  /** Says that a block of lines ended: what follows is no continuation of the list. */
  gap(): void;
  /** Notes something that is missing whatever stands elsewhere in its place, if the text is a list at all. */
  missing(row: number, end: Pick<LooseEnd, 'kind' | 'details'>): void;
  /** Reports what was lost. Numbers that stand beside most PKIDs in the same place are a column of something else. */
  end(): void;
}

type Waiting = Readonly<{ row: number; block: number; end: LooseEnd; beside: number }>;

/** Lines that make a column; more where the numbers are nearly as long as a PKID. */
const COLUMN_LINES = 2;
const NEAR_COLUMN_LINES = 3;
const NEAR_LOOKS: ReadonlySet<string> = new Set(['11', '12', '14', '15', 'word']);
/** The share of the lines with a PKID that must have the column. */
const COLUMN_SHARE = 0.8;
/** PKIDs that may stand in the place of a column by chance, as a share of the lines with a PKID. */
const STRAY_SHARE = 0.1;

/** Starts watching a text. */
export function createTally(list: ListBuilder): Tally {
  let block = 0;
  let withPkid = 0;
  const waiting: Waiting[] = [];
  const listBlocks = new Set<number>();
  const pkidPlaces = new Map<number, number>();
  const serialPlaces = new Set<string>();
  const columns = new Map<string, number>();

  return {
    line({ pkids, looseEnds, layout }, row) {
      for (const end of looseEnds) waiting.push({ row, block, end, beside: pkids.length });
      if (pkids.length === 0) return;
      withPkid++;
      listBlocks.add(block);
      for (const place of layout.pkidPlaces) count(pkidPlaces, place);
      for (const { place, look } of looseEnds) count(columns, `${place} ${look}`);
      for (const place of layout.serialPlaces) serialPlaces.add(`${block} ${place}`);
    },
    gap: () => {
      block++;
    },
    missing(row, end) {
      waiting.push({ row, block, beside: 0, end: { ...end, needs: 'list', place: -1, look: 'line' } });
    },
    end() {
      const reported = new Set<number>();
      for (const one of waiting) if (one.end.needs !== 'serial' && isLost(one)) report(one, reported);
      for (const one of waiting) if (one.end.needs === 'serial' && isLost(one)) report(one, reported);
      waiting.length = 0;
    },
  };

  function report({ row, end }: Waiting, reported: Set<number>): void {
    if (end.kind === 'missing_pkid' && reported.has(row)) return;
    reported.add(row);
    list.problem(row, end.kind, end.details);
  }

  function isLost(one: Waiting): boolean {
    const { needs, place } = one.end;
    if (needs === 'nothing') return !isColumn(one.end);
    if (withPkid === 0 || isColumn(one.end)) return false;
    if (needs === 'block') return listBlocks.has(one.block);
    if (needs === 'place') return one.beside > 1 || (pkidPlaces.get(place) ?? 0) > 0;
    return needs === 'list' || serialPlaces.has(`${one.block} ${place}`);
  }

  function isColumn({ place, look }: LooseEnd): boolean {
    const times = columns.get(`${place} ${look}`) ?? 0;
    if (times < (NEAR_LOOKS.has(look) ? NEAR_COLUMN_LINES : COLUMN_LINES) || times < withPkid * COLUMN_SHARE)
      return false;
    return (pkidPlaces.get(place) ?? 0) <= withPkid * STRAY_SHARE;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
