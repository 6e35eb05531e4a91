import type { AdaptiveCard, Json } from '../cards/render.ts';

/** Every text of a card that somebody can read, from top to bottom. */
export function textsOf(card: AdaptiveCard): readonly string[] {
  return Object.entries(card).flatMap(([name, part]) => (CONTENT.has(name) ? walk(part) : []));
}

const CONTENT: ReadonlySet<string> = new Set(['body', 'actions']);
/** Members whose text is read by people; `value` is that of a fact or of a filled-in input. */
const READ: ReadonlySet<string> = new Set(['text', 'title', 'label', 'value', 'placeholder']);
/** Members that are not read: what clients without a feature show instead, and what buttons carry. */
const UNREAD: ReadonlySet<string> = new Set(['fallback', 'data', 'url', 'id', 'type']);

function walk(part: Json): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(walk);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => {
    if (typeof value === 'string') return READ.has(name) && value !== '' ? [value] : [];
    return UNREAD.has(name) ? [] : walk(value);
  });
}
