import { xmlText } from './xml.ts';

/**
 * Reads the texts that cells refer to by number: the runs of rich text joined, phonetic guides left out. One pass; every
 * search ends at the item it is for.
 */
export function sharedStrings(xml: string): string[] {
  const prefix = /<(\w+:)?sst[\s>]/.exec(xml)?.[1] ?? '';
  const open = `<${prefix}si`;
  const close = `</${prefix}si>`;
  const strings: string[] = [];
  for (let at = xml.indexOf(open); at >= 0; ) {
    const tagEnd = xml.indexOf('>', at);
    if (tagEnd < 0) break;
    const next = xml.charCodeAt(at + open.length);
    if (next !== 62 && next !== 32 && next !== 47) {
      at = xml.indexOf(open, tagEnd);
      continue;
    }
    const empty = xml.charCodeAt(tagEnd - 1) === 47;
    const end = empty ? tagEnd : xml.indexOf(close, tagEnd);
    if (end < 0) break;
    strings.push(empty ? '' : itemText(xml.slice(tagEnd + 1, end), prefix));
    at = xml.indexOf(open, end + 1);
  }
  return strings;
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
