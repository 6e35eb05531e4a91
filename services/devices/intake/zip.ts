import { inflateRawSync } from 'node:zlib';
import type { ProblemKind } from '../device.ts';
import type { IntakeLimits } from './limits.ts';

/** A file in an archive, still packed. Its name is a label only: nothing is ever written to disk. */
export type ZipMember = Readonly<{ name: string; method: number; encrypted: boolean; packed: Uint8Array }>;

/** Why an archive or one of its files cannot be had. */
export class ZipProblem extends Error {
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const UTF8_NAME = 0x800;
/** What is unpacked in one step; zlib's own 16 KB take half as long again on a large sheet. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Lists the files of a ZIP from its central directory.
 *
 * @throws ZipProblem `unreadable` when the directory is damaged, `too_many_files` beyond `maxMembers`.
 */
export function zipMembers(bytes: Uint8Array, maxMembers: number): ZipMember[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > maxMembers) throw new ZipProblem('too_many_files', `${count} files`);
  const members: ZipMember[] = [];
  let at = buffer.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    const entry = readEntry(buffer, at);
    if (!entry.member.name.endsWith('/')) members.push(entry.member);
    at = entry.next;
  }
  return members;
}

function findEnd(buffer: Buffer): number {
  const first = Math.max(0, buffer.length - END_BYTES - LONGEST_COMMENT);
  for (let at = buffer.length - END_BYTES; at >= first; at--) {
    if (buffer.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw new ZipProblem('unreadable', 'no end of central directory');
}

function readEntry(buffer: Buffer, at: number): { member: ZipMember; next: number } {
  if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== ENTRY_SIGNATURE)
    throw new ZipProblem('unreadable', 'damaged directory');
  const flags = buffer.readUInt16LE(at + 8);
  const nameBytes = buffer.readUInt16LE(at + 28);
  const next = at + 46 + nameBytes + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  const name = buffer.toString(flags & UTF8_NAME ? 'utf8' : 'latin1', at + 46, at + 46 + nameBytes);
  const packed = packedBytes(buffer, buffer.readUInt32LE(at + 42), buffer.readUInt32LE(at + 20));
  return { member: { name, method: buffer.readUInt16LE(at + 10), encrypted: (flags & 1) === 1, packed }, next };
}

function packedBytes(buffer: Buffer, local: number, size: number): Uint8Array {
  if (local + 30 > buffer.length || buffer.readUInt32LE(local) !== LOCAL_SIGNATURE)
    throw new ZipProblem('unreadable', 'damaged entry');
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  if (start + size > buffer.length) throw new ZipProblem('unreadable', 'cut off');
  return buffer.subarray(start, start + size);
}

/** Unpacks members of one archive and keeps count of what really comes out: the sizes an archive states may lie. */
export function createUnpacker(limits: Pick<IntakeLimits, 'archiveBytes' | 'archiveRatio' | 'archiveRatioFrom'>) {
  let left = limits.archiveBytes;
  return {
    /** @throws ZipProblem `encrypted`, `decompression_bomb` or `unreadable`. */
    unpack(member: ZipMember): Buffer {
      if (member.encrypted) throw new ZipProblem('encrypted', member.name);
      const allowed = Math.min(left, Math.max(limits.archiveRatioFrom, member.packed.length * limits.archiveRatio));
      const bytes = inflated(member, allowed);
      left -= bytes.length;
      return bytes;
    },
  };
}

function inflated({ method, packed, name }: ZipMember, allowed: number): Buffer {
  if (method === 0) {
    if (packed.length > allowed) throw new ZipProblem('decompression_bomb', name);
    return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  }
  if (method !== 8) throw new ZipProblem('unreadable', `packing method ${method}`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, allowed), chunkSize: CHUNK_BYTES });
  } catch (error) {
    const tooMuch =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE');
    throw new ZipProblem(tooMuch ? 'decompression_bomb' : 'unreadable', name);
  }
}
