import type { Json } from './render.ts';

/** Width inside a card on a narrow phone or in a meeting's side panel, in px; where buttons fit there, they fit anywhere. */
const NARROWEST_PX = 258;
/** An average bold letter of 14 px, and what a button has around its title, in px: measured in Chromium. */
const LETTER_PX = 7.5;
const AROUND_PX = 26;
const GAP_PX = 8;

/**
 * A card whose buttons stand in as many rows as they need: hosts keep an ActionSet in one row and cut its titles short
 * ("Ap…") when it gets too narrow.
 */
export function inRows(node: Json): Json {
  if (Array.isArray(node))
    return (node as readonly Json[]).flatMap((each) => (isButtonRow(each) ? rowsOf(each) : [inRows(each)]));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, typeof value === 'object' ? inRows(value) : value]),
  );
}

type ButtonRow = Readonly<{ [name: string]: Json; actions: readonly Json[] }>;

function isButtonRow(node: Json): node is ButtonRow {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === 'ActionSet' &&
    'actions' in node &&
    Array.isArray(node.actions)
  );
}

function rowsOf(set: ButtonRow): Json[] {
  const rows: Json[][] = [];
  let leftPx = 0;
  for (const action of set.actions.map(inRows)) {
    const px = widthOf(action);
    if (px > leftPx) {
      rows.push([]);
      leftPx = NARROWEST_PX;
    }
    rows.at(-1)?.push(action);
    leftPx -= px + GAP_PX;
  }
  return rows.map((actions, index) => ({ ...set, ...(index > 0 && { spacing: 'Small', separator: false }), actions }));
}

function widthOf(action: Json): number {
  const title = typeof action === 'object' && action !== null && 'title' in action ? String(action.title) : '';
  return [...title].length * LETTER_PX + AROUND_PX;
}
