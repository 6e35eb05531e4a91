/** First code point of each run of ten decimal digits that people paste: Arabic-Indic, Persian, Devanagari and so on. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810,
];

/** Characters without width of their own: bidi marks, joiners, soft hyphen, byte order mark, variation selectors. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e007f}]/gu;
const ODD_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const ODD_DASH = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const ODD_APOSTROPHE = /[\u2018\u2019\u201b\u02bc\u2032\u00b4]/g;
const ODD_QUOTE = /[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const NON_ASCII = /[^\x00-\x7f]/;
const OTHER_DIGIT = /[\u0660-\u1819]/g;

/** True when nothing in the text needs folding, which holds for almost every list. */
export function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}

/** Drops what has no width, such as the bidi marks some clients put around pasted numbers. */
export function withoutInvisible(text: string): string {
  return isAscii(text) ? text : text.replace(INVISIBLE, '');
}

/**
 * Writes text in plain characters: digits of any script and full-width forms as ASCII, odd spaces, dashes and quotes as
 * their common ones, invisible characters dropped. Line ends stay, so line numbers stay true.
 */
export function plainText(text: string): string {
  if (isAscii(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(ODD_SPACE, ' ')
    .replace(ODD_DASH, '-')
    .replace(ODD_APOSTROPHE, "'")
    .replace(ODD_QUOTE, '"')
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\u066c/g, ',')
    .replace(/\u066b/g, '.')
    .replace(/[\u3001\u060c]/g, ',')
    .replace(/\u061b/g, ';')
    .replace(/\u2028|\u2029/g, '\n')
    .replace(OTHER_DIGIT, asciiDigit);
}

function asciiDigit(char: string): string {
  const code = char.charCodeAt(0);
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return String(code - zero);
  return char;
}
