const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undoes XML's own five entities and character numbers. Others stay as text: document types are never read. */
export function xmlText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Reads one attribute of a start tag, given without its angle brackets. */
export function attribute(tag: string, name: string): string | undefined {
  for (let at = tag.indexOf(name); at > 0; at = tag.indexOf(name, at + 1)) {
    const before = tag.charCodeAt(at - 1);
    const equals = at + name.length;
    if (before > 32 || tag[equals] !== '=') continue;
    const quote = tag[equals + 1] ?? '';
    const end = tag.indexOf(quote, equals + 2);
    return end < 0 ? undefined : xmlText(tag.slice(equals + 2, end));
  }
  return undefined;
}

export type Tag = Readonly<{
  name: string;
  text: string;
  closing: boolean;
  empty: boolean;
  start: number;
  end: number;
}>;

/** Walks over the tags of an XML text; names come without their prefix. For small parts; sheets have their own scanner. */
export function* tags(xml: string): Generator<Tag> {
  for (let at = xml.indexOf('<'); at >= 0; ) {
    const end = xml.indexOf('>', at);
    if (end < 0) return;
    const first = xml.charCodeAt(at + 1);
    if (first !== 33 && first !== 63) {
      const closing = first === 47;
      const empty = xml.charCodeAt(end - 1) === 47;
      const text = xml.slice(at + (closing ? 2 : 1), empty ? end - 1 : end);
      const space = text.search(/\s/);
      yield { name: local(space < 0 ? text : text.slice(0, space)), text, closing, empty, start: at, end: end + 1 };
    }
    at = xml.indexOf('<', end);
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
