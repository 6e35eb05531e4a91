import { readPkid } from './pkid.ts';

/** Most devices looked for at once: what fits on one card that is still read. */
export const MAX_KEYS = 15;

/** Longest text that is read for devices to look for, in UTF-16 units. */
const MAX_TEXT_CHARS = 4_000;

/**
 * Reads what somebody looks for: PKIDs in any grouping, and serial numbers in any letter case, separated by anything that
 * separates. Each once, in their order, in capitals. A PKID that could be misread is taken as typed: looking costs nothing.
 */
export function readKeys(text: string): readonly string[] {
  const keys = text
    .slice(0, MAX_TEXT_CHARS)
    .split(/[\n\r\t,;|]+/)
    .flatMap(keysOf);
  return [...new Set(keys)];
}

function keysOf(part: string): readonly string[] {
  const whole = asPkid(part);
  if (whole) return [whole];
  return part.split(/\s+/).flatMap((word) => asPkid(word) ?? asSerial(word) ?? []);
}

function asPkid(text: string): string | undefined {
  const reading = readPkid(text);
  return reading.kind === 'pkid' && reading.confirm !== 'ambiguous_character' ? reading.pkid : undefined;
}

/** Makers use letters, digits and a few signs. @see SMBIOS type 1, serial number */
const SERIAL = /^[A-Z0-9][A-Z0-9._/-]{2,63}$/;

function asSerial(word: string): string | undefined {
  const serial = word.toUpperCase().replace(/^["'(]+|["'),.]+$/g, '');
  return SERIAL.test(serial) ? serial : undefined;
}
