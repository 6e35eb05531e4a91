import { createHash } from 'node:crypto';

export type HashSpec = Readonly<{
  serial?: string;
  manufacturer?: string;
  model?: string;
  pkid?: string;
  checksum?: 'right' | 'wrong' | 'none';
  padded?: boolean;
  bytes?: number;
}>;

/** Makes a hardware hash of the public structure: "OA", the used length, tagged items, a checksum, zeros. */
export function makeHash({
  serial = 'PF3ABCDE',
  manufacturer = 'LENOVO',
  model = '20XW',
  pkid,
  checksum = 'right',
  padded = true,
  bytes = 3_000,
}: HashSpec = {}): string {
  const items = [
    item(14, serial),
    item(16, manufacturer),
    item(17, model),
    item(18, 'LENOVO_MT_20XW'),
    item(26, 'SKU-1'),
  ];
  if (pkid !== undefined) items.push(item(24, pkid));
  const body = Buffer.concat(items);
  const head = Buffer.from([0x4f, 0x41, 0, 0]);
  head.writeUInt16LE(4 + body.length, 2);
  const used = Buffer.concat([head, body]);
  const tail = checksum === 'none' ? Buffer.alloc(0) : sum(checksum === 'right' ? used : Buffer.from('other'));
  const all = Buffer.concat([used, tail, Buffer.alloc(Math.max(0, bytes - used.length - tail.length))]);
  const text = all.toString('base64');
  return padded ? text : text.replace(/=+$/, '');
}

function item(tag: number, text: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(tag, 0);
  head.writeUInt16LE(4 + text.length + 1, 2);
  return Buffer.concat([head, Buffer.from(`${text}\0`, 'latin1')]);
}

function sum(used: Buffer): Buffer {
  const head = Buffer.from([0x43, 0x53, 36, 0]);
  return Buffer.concat([head, createHash('sha256').update(used).digest()]);
}
