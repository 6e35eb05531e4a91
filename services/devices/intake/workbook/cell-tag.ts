/** How a cell stores its value. @see ECMA-376 Part 1, ST_CellType; booleans and dates count as text */
export type CellType = 'shared' | 'inline' | 'error' | 'number' | 'text';

/** What the start tag of a cell says. One is filled again for every cell, because cells are many. */
export type CellTag = {
  /** -1 where the tag does not say: in some writers' files cells simply follow each other. */
  column: number;
  type: CellType;
  /** -1 for none. */
  style: number;
  empty: boolean;
  /** The place of its `>`. */
  end: number;
};

/** Makes a tag to be filled. */
export function createCellTag(): CellTag {
  return { column: -1, type: 'number', style: -1, empty: false, end: 0 };
}

/** Reads the start tag of a cell from behind its name: the attributes `r`, `s` and `t`, in any order. */
export function readCellTag(bytes: Uint8Array, from: number, tag: CellTag): void {
  tag.column = -1;
  tag.type = 'number';
  tag.style = -1;
  let at = from;
  for (; at < bytes.length && bytes[at] !== 62; at++) {
    const isAttribute = bytes[at + 2] === 61 && (bytes[at] ?? 0) <= 32;
    if (!isAttribute || (bytes[at + 3] !== 34 && bytes[at + 3] !== 39)) continue;
    const name = bytes[at + 1];
    at += 4;
    if (name === 114) tag.column = columnAt(bytes, at);
    else if (name === 115) tag.style = styleAt(bytes, at);
    else if (name === 116) tag.type = typeAt(bytes, at);
    if (bytes[at] === 62) break;
  }
  tag.empty = bytes[at - 1] === 47;
  tag.end = at;
}

/** `B12` is column 1. */
function columnAt(bytes: Uint8Array, from: number): number {
  let column = 0;
  for (let at = from; ; at++) {
    const letter = ((bytes[at] ?? 0) & ~32) - 64;
    if (!(letter >= 1 && letter <= 26)) return column - 1;
    column = column * 26 + letter;
  }
}

function styleAt(bytes: Uint8Array, from: number): number {
  let style = 0;
  for (let at = from; ; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (!(digit >= 0 && digit <= 9)) return at === from ? -1 : style;
    style = style * 10 + digit;
  }
}

/** `s`, `str`, `inlineStr`, `e`, `n`, `b` and `d`. */
function typeAt(bytes: Uint8Array, at: number): CellType {
  const first = bytes[at];
  const isLetter = bytes[at + 1] === 34 || bytes[at + 1] === 39;
  if (first === 115 && isLetter) return 'shared';
  if (first === 105) return 'inline';
  if (first === 101 && isLetter) return 'error';
  return first === 110 && isLetter ? 'number' : 'text';
}
