import { isAscii, isUtf8 } from 'node:buffer';
import { columnKind } from '../table/header-words.ts';

/** Single-byte code pages of Windows that lists come in, the commonest first. */
const CODE_PAGES = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1255',
  'windows-1253',
  'windows-1254',
  'windows-1256',
];
const SAMPLE_BYTES = 4_096;

/**
 * Decodes a text file. Byte order marks and the shape of UTF-16 and UTF-8 settle nearly every file. For the rest the
 * code page wins in which most headings make sense; PKIDs and serial numbers are the same in all of them, so a wrong
 * guess can cost a heading, never a digit. A general detector was slower by far and less often right.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length >= 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString('utf16le', 2);
  if (buffer.length >= 2 && buffer[0] === 0xfe && buffer[1] === 0xff) return bigEndian(buffer.subarray(2));
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  const wide = utf16Without(buffer.subarray(start, SAMPLE_BYTES));
  if (wide) return wide === 'le' ? buffer.toString('utf16le', start) : bigEndian(buffer.subarray(start));
  if (isAscii(buffer)) return buffer.toString('latin1', start);
  if (isUtf8(buffer)) return buffer.toString('utf8', start);
  return new TextDecoder(codePageOf(buffer)).decode(buffer.subarray(start));
}

function bigEndian(buffer: Buffer): string {
  const even = Buffer.from(buffer.subarray(0, buffer.length & ~1));
  return even.swap16().toString('utf16le');
}

/** UTF-16 without a mark: digits, commas and Latin letters have a zero in every second byte. */
function utf16Without(sample: Buffer): 'le' | 'be' | undefined {
  const zeros: [number, number] = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[(at % 2) as 0 | 1]++;
  const half = sample.length / 2;
  if (zeros[1] > half * 0.3 && zeros[0] < half * 0.1) return 'le';
  if (zeros[0] > half * 0.3 && zeros[1] < half * 0.1) return 'be';
  return undefined;
}

function codePageOf(buffer: Buffer): string {
  const sample = buffer.subarray(0, SAMPLE_BYTES);
  let best = { page: 'windows-1252', score: 0 };
  for (const page of CODE_PAGES) {
    const score = knownHeadings(new TextDecoder(page).decode(sample));
    if (score > best.score) best = { page, score };
  }
  return best.page;
}

/** Headings of the first lines that we know and that have a letter beyond ASCII: only those tell code pages apart. */
function knownHeadings(text: string): number {
  const cells = text.split(/\r?\n|\r/, 12).flatMap((line) => line.split(/[,;\t|]/));
  return cells.filter(
    (cell) => /[^\x00-\x7f]/.test(cell) && columnKind(cell.trim().replace(/^"|"$/g, '')) !== undefined,
  ).length;
}
