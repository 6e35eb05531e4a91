import { createHash } from 'node:crypto';

/** What a hardware hash says about the device it was taken from. */
export type HashContents = Readonly<{ serial?: string; manufacturer?: string; model?: string; pkid?: string }>;

export type HashReading =
  | Readonly<{ kind: 'none' }>
  /** `hash` has its Base64 padding repaired. `checksumFails` when it carries a checksum that does not fit its contents. */
  | Readonly<{ kind: 'hash'; hash: string; contents: HashContents; checksumFails: boolean }>
  | Readonly<{ kind: 'refused'; problem: 'hash_truncated' | 'hash_invalid' }>;

/** A 4K hash is about 4,000 characters, the old kind far shorter; nothing below this can hold a header and a serial. */
const SHORTEST_CHARS = 100;
const LONGEST_CHARS = 16 * 1024;
const HEAD_BYTES = 4;
const ITEM_HEAD_BYTES = 4;
const CHECKSUM_BYTES = 36;
/** Tags of the items we compare with the row. @see AutopilotUtility by Michael Niehaus (MIT), hash decoding */
const TAGS = new Map<number, keyof HashContents>([
  [14, 'serial'],
  [16, 'manufacturer'],
  [17, 'model'],
  [24, 'pkid'],
]);

/** True for text that can only be a hash: long, and of Base64 characters. */
export function looksLikeHash(text: string): boolean {
  return text.length >= SHORTEST_CHARS && /^[A-Za-z0-9+/]{90,}[A-Za-z0-9+/=\s]*$/.test(text);
}

/** Decodes a hardware hash by its structure, not by its length, and repairs missing padding. */
export function readHardwareHash(value: string): HashReading {
  const text = value.replace(/[\s"'\u200b\ufeff]+/g, '');
  if (text === '' || /^(?:-|n\/?a|none|null)$/i.test(text)) return { kind: 'none' };
  const bare = text.replace(/={1,3}$/, '');
  if (text.length > LONGEST_CHARS || !/^[A-Za-z0-9+/]+$/.test(bare))
    return { kind: 'refused', problem: 'hash_invalid' };
  const hash = padded(bare);
  const bytes = Buffer.from(hash, 'base64');
  if (bytes[0] !== 0x4f || bytes[1] !== 0x41) return { kind: 'refused', problem: 'hash_invalid' };
  const used = bytes.length >= HEAD_BYTES ? bytes.readUInt16LE(2) : 0;
  if (used > bytes.length || bare.length < SHORTEST_CHARS || bare.length % 4 === 1) {
    return { kind: 'refused', problem: 'hash_truncated' };
  }
  return decoded(hash, bytes, used);
}

/** Devices write the hash without padding and the services refuse it so. @see Windows Autopilot FAQ, hash padding */
function padded(bare: string): string {
  return bare + '='.repeat((4 - (bare.length % 4)) % 4);
}

function decoded(hash: string, bytes: Buffer, used: number): HashReading {
  const contents: { -readonly [Key in keyof HashContents]: string } = {};
  let at = HEAD_BYTES;
  while (at + ITEM_HEAD_BYTES <= used) {
    const length = bytes.readUInt16LE(at + 2);
    if (length < ITEM_HEAD_BYTES || at + length > used) return { kind: 'refused', problem: 'hash_invalid' };
    const field = TAGS.get(bytes.readUInt16LE(at));
    if (field) contents[field] = textOf(bytes.subarray(at + ITEM_HEAD_BYTES, at + length));
    at += length;
  }
  if (at === HEAD_BYTES) return { kind: 'refused', problem: 'hash_invalid' };
  if (isCutInChecksum(bytes, used)) return { kind: 'refused', problem: 'hash_truncated' };
  return { kind: 'hash', hash, contents, checksumFails: checksumFails(bytes, used) };
}

function textOf(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/\0[\s\S]*$/, '')
    .trim();
}

function isCutInChecksum(bytes: Buffer, used: number): boolean {
  return bytes[used] === 0x43 && bytes[used + 1] === 0x53 && bytes.length < used + CHECKSUM_BYTES;
}

/** Behind the items: "CS", the length 36 and the SHA-256 of all before it. Absent in some hashes, which is no fault. */
function checksumFails(bytes: Buffer, used: number): boolean {
  if (bytes.length < used + CHECKSUM_BYTES || bytes[used] !== 0x43 || bytes[used + 1] !== 0x53) return false;
  const stated = bytes.subarray(used + 4, used + CHECKSUM_BYTES);
  return !createHash('sha256').update(bytes.subarray(0, used)).digest().equals(stated);
}
