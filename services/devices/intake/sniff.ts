/** What a file is, by its first bytes; names and MIME types are never asked. */
export type FileKind =
  | 'text'
  | 'html'
  | 'zip'
  | 'ole'
  | 'pdf'
  | 'picture'
  | 'heic'
  | 'rtf'
  | 'other-archive'
  | 'unknown'
  | 'empty';

const MAGIC: readonly (readonly [FileKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['ole', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['other-archive', [0x1f, 0x8b]],
  ['other-archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['other-archive', [0x52, 0x61, 0x72, 0x21]],
  ['unknown', [0x4d, 0x5a, 0x90]],
  ['unknown', [0x7f, 0x45, 0x4c, 0x46]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];

/** Brands of HEIC files, as phones write them. @see ISO/IEC 23008-12, file type box */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1']);

/** Tells what a file is from its content. */
export function sniff(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  for (const [kind, magic] of MAGIC) if (magic.every((byte, index) => bytes[index] === byte)) return kind;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2_048)).toString('latin1');
  if (head.slice(0, 1_024).includes('%PDF-')) return 'pdf';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'picture';
  if (head.slice(4, 8) === 'ftyp') return HEIC_BRANDS.has(head.slice(8, 12)) ? 'heic' : 'unknown';
  if (isBinary(bytes)) return 'unknown';
  return looksLikeHtml(head) ? 'html' : 'text';
}

function looksLikeHtml(head: string): boolean {
  const text = head.replace(/\0/g, '').replace(/^[\xef\xbb\xbf\xff\xfe\s]+/, '');
  if (/^<\?xml|^<svg/i.test(text)) return false;
  return /^<(?:!doctype html|html|head|body|table|meta|style|div|!--)/i.test(text);
}

/** Control characters other than line ends and tabs do not occur in text; zeros do in UTF-16, in every second byte. */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4_096);
  let controls = 0;
  let zeros = 0;
  for (const byte of sample) {
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 11 && byte !== 12 && byte !== 26)
      controls++;
  }
  const isWide = zeros > sample.length * 0.15 && zeros < sample.length * 0.55;
  return controls > sample.length * 0.02 || (zeros > 0 && !isWide);
}
