/** A piece of text on a page, in the page's own units; `y` grows upwards. */
export type PlacedText = Readonly<{ text: string; x: number; y: number; width: number; height: number }>;
/** A visual line: its cells from left to right. */
export type PlacedLine = readonly PlacedText[];

/** Pieces whose baselines differ by less stand on one line, in page units (1/72 inch). */
const SAME_LINE = 2;
/** A gap wider than this many times the letter height starts a new cell; a space is about a quarter. */
const CELL_GAP = 0.9;
const WORD_GAP = 0.15;

/**
 * Puts the pieces of a page back into lines and cells. PDF files may hold a table column by column or letter by letter; only
 * the positions tell what belongs together.
 */
export function placedLines(pieces: readonly PlacedText[]): PlacedLine[] {
  const sorted = pieces.filter(({ text }) => text.trim() !== '').sort((a, b) => b.y - a.y || a.x - b.x);
  const lines: PlacedText[][] = [];
  let y = Number.NaN;
  for (const piece of sorted) {
    const line = lines.at(-1);
    if (line && Math.abs(piece.y - y) <= SAME_LINE) line.push(piece);
    else {
      lines.push([piece]);
      y = piece.y;
    }
  }
  return lines.map((line) => intoCells(line.sort((a, b) => a.x - b.x)));
}

function intoCells(line: readonly PlacedText[]): PlacedText[] {
  const cells: PlacedText[] = [];
  for (const piece of line) {
    const last = cells.at(-1);
    const gap = last ? piece.x - (last.x + last.width) : Number.POSITIVE_INFINITY;
    if (!last || gap > CELL_GAP * piece.height) cells.push(piece);
    else {
      const between = gap > WORD_GAP * piece.height && !last.text.endsWith(' ') ? ' ' : '';
      cells[cells.length - 1] = {
        ...last,
        text: last.text + between + piece.text,
        width: piece.x + piece.width - last.x,
      };
    }
  }
  return cells;
}

/**
 * Sorts the cells of a line under the headings of its table by where they stand, because an empty cell leaves no trace
 * in a PDF. The border between two columns is halfway between their headings, or where most cells leave a gap.
 */
export function underHeadings(line: PlacedLine, headings: PlacedLine): string[] {
  const cells = headings.map(() => '');
  for (const piece of line) {
    const column = nearest(piece, headings);
    cells[column] = cells[column] ? `${cells[column]} ${piece.text.trim()}` : piece.text.trim();
  }
  return cells;
}

/** The heading a cell overlaps most, or the nearest one by its left edge, right edge or middle, whichever is aligned. */
function nearest(piece: PlacedText, headings: PlacedLine): number {
  let best = { column: 0, distance: Number.POSITIVE_INFINITY };
  headings.forEach((heading, column) => {
    const left = Math.abs(piece.x - heading.x);
    const right = Math.abs(piece.x + piece.width - heading.x - heading.width);
    const middle = Math.abs(piece.x + piece.width / 2 - heading.x - heading.width / 2);
    const distance = Math.min(left, right, middle);
    if (distance < best.distance) best = { column, distance };
  });
  return best.column;
}
