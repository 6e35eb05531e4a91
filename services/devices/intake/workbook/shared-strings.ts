import {
  closes,
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
import { xmlText } from './xml.ts';

/**
 * Reads the texts that cells refer to by number: the runs of rich text joined, phonetic guides left out. One pass over
 * the bytes of the part; an item that never closes ends where the next begins.
 */
export function sharedStrings(bytes: Buffer): string[] {
  const part = partOf(bytes);
  const prefix = /<(\w+:)?sst[\s>]/.exec(part.latin1)?.[1] ?? '';
  const item = markup(`${prefix}si`);
  const plain = { open: markup(`<${prefix}t>`), close: markup(`</${prefix}t></${prefix}si>`) };
  const strings: string[] = [];
  for (let at = nextTag(bytes, 0); at < bytes.length; at = nextTag(bytes, at)) {
    if (!opens(bytes, at, item)) {
      at++;
      continue;
    }
    const tagEnd = tagEndFrom(bytes, at);
    if (tagEnd === bytes.length) break;
    at = tagEnd + 1;
    if (bytes[tagEnd - 1] === 47) {
      strings.push('');
      continue;
    }
    // Nearly all items are one plain `<t>`.
    const from = at + plain.open.length;
    const to = hasAt(bytes, at, plain.open) ? nextTag(bytes, from) : at;
    if (to > at && hasAt(bytes, to, plain.close)) {
      strings.push(textAt(part, from, to));
      at = to + plain.close.length;
      continue;
    }
    const end = itemEnd(part, at, item);
    strings.push(itemText(sourceAt(part, at, end), prefix));
    at = end;
  }
  return strings;
}

function itemEnd({ bytes }: Part, from: number, item: Name): number {
  let at = nextTag(bytes, from);
  while (at < bytes.length && !closes(bytes, at, item) && !opens(bytes, at, item)) at = nextTag(bytes, at + 1);
  return at;
}

/** The text of one item or inline string. */
export function itemText(item: string, prefix: string): string {
  const plain = plainItem(item, prefix);
  if (plain !== undefined) return plain;
  const spoken = new RegExp(`<${prefix}rPh[\\s>][\\s\\S]*?</${prefix}rPh>`, 'g');
  const kept = item.includes(`<${prefix}rPh`) ? item.replace(spoken, '') : item;
  let text = '';
  const parts = kept.matchAll(new RegExp(`<${prefix}t(?: [^>]*)?>([^<]*)</${prefix}t>`, 'g'));
  for (const [, part = ''] of parts) text += part;
  return xmlText(text);
}

/** Nearly all items are one plain `<t>`. */
function plainItem(item: string, prefix: string): string | undefined {
  const open = `<${prefix}t>`;
  if (!item.startsWith(open)) return undefined;
  const end = item.indexOf('<', open.length);
  return item.length === end + open.length + 1 ? xmlText(item.slice(open.length, end)) : undefined;
}
