/** Names of characters that mail programs and spreadsheets write. Others stay as they are. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '',
  zwj: '',
  lrm: '',
  rlm: '',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  aring: 'å',
  Aring: 'Å',
  eacute: 'é',
  Eacute: 'É',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  oacute: 'ó',
  uacute: 'ú',
  iacute: 'í',
  deg: '°',
  ordm: 'º',
};

/** Undoes the entities of HTML text. */
export function htmlText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));?/g, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** One piece of HTML: a tag, or the text up to the next one. Script, style and comments are left out. */
export type Piece = Readonly<
  { kind: 'text'; text: string } | { kind: 'tag'; name: string; closing: boolean; tag: string }
>;

/** Parts whose content is not text for people. */
const SILENT = new Set(['script', 'style', 'template', 'title', 'xml']);

/** Walks over HTML in linear time, however damaged it is; it never builds a tree, so depth costs nothing. */
export function* htmlPieces(html: string): Generator<Piece> {
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const textEnd = open < 0 ? html.length : open;
    if (textEnd > at) yield { kind: 'text', text: html.slice(at, textEnd) };
    if (open < 0) return;
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open + 4);
      continue;
    }
    const end = html.indexOf('>', open);
    if (end < 0) return;
    const tag = html.slice(open + 1, end);
    const name = /^\/?([A-Za-z][A-Za-z0-9]{0,15})/.exec(tag)?.[1]?.toLowerCase() ?? '';
    const closing = tag.startsWith('/');
    at = end + 1;
    if (SILENT.has(name) && !closing && !tag.endsWith('/')) at = afterSilent(html, name, at);
    else if (name) yield { kind: 'tag', name, closing, tag };
  }
}

function after(html: string, what: string, from: number): number {
  const at = html.indexOf(what, from);
  return at < 0 ? html.length : at + what.length;
}

function afterSilent(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}\\s*>`, 'gi');
  close.lastIndex = from;
  const found = close.exec(html);
  return found ? found.index + found[0].length : html.length;
}
