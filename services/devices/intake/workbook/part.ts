import { xmlText } from './xml.ts';

/**
 * An XML part as the scanners read it: its bytes, and the same bytes as text of one character each. Markup is ASCII, so
 * places in both are the same; decoding all of it, or cutting strings out of bytes, would cost more than reading.
 */
export type Part = Readonly<{ bytes: Buffer; latin1: string }>;
/** The name of an element as it stands in a part, with its prefix. */
export type Name = Uint8Array;

/** Wraps the bytes of a part, in UTF-8. */
export function partOf(bytes: Buffer): Part {
  return { bytes, latin1: bytes.toString('latin1') };
}

/** The bytes of a text that may stand in markup. */
export function markup(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** Cuts out text without markup and undoes its entities. */
export function textAt(part: Part, from: number, to: number): string {
  return isPlain(part.bytes, from, to) ? part.latin1.slice(from, to) : xmlText(sourceAt(part, from, to));
}

/** Cuts out a stretch as it stands, markup and entities included. */
export function sourceAt({ bytes }: Part, from: number, to: number): string {
  return bytes.toString('utf8', from, to);
}

/** The place of the next `<`, or the end. */
export function nextTag(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 60) at++;
  return at;
}

/** The place of the `>` that ends a tag, or the end. */
export function tagEndFrom(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 62) at++;
  return at;
}

/** Whether the start tag of an element stands at a `<`. */
export function opens(bytes: Uint8Array, at: number, name: Name): boolean {
  return hasAt(bytes, at + 1, name) && endsName(bytes[at + 1 + name.length]);
}

/** Whether the end tag of an element stands at a `<`. */
export function closes(bytes: Uint8Array, at: number, name: Name): boolean {
  return bytes[at + 1] === 47 && hasAt(bytes, at + 2, name) && endsName(bytes[at + 2 + name.length]);
}

/** Whether these very bytes stand at a place. */
export function hasAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index++) if (bytes[at + index] !== expected[index]) return false;
  return true;
}

/** A number of digits alone, or -1. */
export function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  let number = from < to ? 0 : -1;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** White space, `/` or `>`. */
function endsName(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 62 || byte <= 32 || byte === 47);
}

/** ASCII without entities. */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 128 || byte === 38) return false;
  }
  return true;
}
