const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FREE = 0xffffffff;
const FAT_SECTOR = 0xfffffffd;

/** Writes an XLS file (BIFF8 in an OLE container) with one sheet of texts and numbers. */
export function makeXls(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  return ole('Workbook', workbookStream(rows));
}

/** What Office writes for a workbook with a password: the same container with other streams. */
export function makeEncryptedOffice(): Uint8Array {
  return ole('EncryptedPackage', Buffer.alloc(5_000, 7));
}

function workbookStream(rows: readonly (readonly (string | number)[])[]): Buffer {
  const name = Buffer.from('Sheet1', 'latin1');
  const bof = (type: number) => record(0x809, u16(0x600, type, 0x0dbb, 0x07cc), u32(0), u32(6));
  const head = bof(5);
  const sheetBytes = 8 + name.length + 4;
  const start = head.length + sheetBytes + 4;
  const entry = record(0x85, u32(start), Buffer.from([0, 0, name.length, 0]), name);
  const cells = rows.flatMap((cells, row) => cells.map((cell, column) => cellRecord(cell, row, column)));
  return Buffer.concat([head, entry, record(0x0a), bof(0x10), ...cells, record(0x0a)]);
}

function cellRecord(cell: string | number, row: number, column: number): Buffer {
  if (typeof cell === 'string') {
    const text = Buffer.from(cell, 'latin1');
    return record(0x204, u16(row, column, 0), u16(text.length), Buffer.from([0]), text);
  }
  const value = Buffer.alloc(8);
  value.writeDoubleLE(cell);
  return record(0x203, u16(row, column, 0), value);
}

function record(type: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u16(type, body.length), body]);
}

function u16(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, index * 2);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

/** An OLE container with one stream: header, one allocation sector, the directory, the stream. */
function ole(name: string, content: Buffer): Buffer {
  const stream = Buffer.concat([content, Buffer.alloc(Math.max(0, 4_096 - content.length))]);
  const sectors = Math.ceil(stream.length / SECTOR);
  const header = Buffer.alloc(SECTOR, 0xff);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(header);
  header.fill(0, 8, 76);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4_096, 56);
  header.writeUInt32LE(END_OF_CHAIN, 60);
  header.writeUInt32LE(END_OF_CHAIN, 68);
  header.writeUInt32LE(0, 76);
  const fat = Buffer.alloc(SECTOR, 0xff);
  fat.writeUInt32LE(FAT_SECTOR, 0);
  fat.writeUInt32LE(END_OF_CHAIN, 4);
  for (let index = 0; index < sectors; index++)
    fat.writeUInt32LE(index === sectors - 1 ? END_OF_CHAIN : 3 + index, 8 + index * 4);
  const directory = Buffer.concat([
    entry('Root Entry', 5, END_OF_CHAIN, 0, 1),
    entry(name, 2, 2, stream.length, FREE),
    Buffer.alloc(256),
  ]);
  const padded = Buffer.concat([stream, Buffer.alloc(sectors * SECTOR - stream.length)]);
  return Buffer.concat([header, fat, directory, padded]);
}

function entry(name: string, type: number, start: number, size: number, child: number): Buffer {
  const buffer = Buffer.alloc(128);
  const text = Buffer.from(`${name}\0`, 'utf16le');
  text.copy(buffer);
  buffer.writeUInt16LE(text.length, 64);
  buffer[66] = type;
  buffer[67] = 1;
  buffer.writeUInt32LE(FREE, 68);
  buffer.writeUInt32LE(FREE, 72);
  buffer.writeUInt32LE(child, 76);
  buffer.writeUInt32LE(start, 116);
  buffer.writeUInt32LE(size, 120);
  return buffer;
}
