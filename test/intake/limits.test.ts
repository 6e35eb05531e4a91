import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createListReader } from '../../services/devices/intake/index.ts';
import type { IntakeLimits } from '../../services/devices/intake/limits.ts';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { decodePicture } from '../../services/devices/intake/picture/pixels.ts';
import type { ListInput, ListReader } from '../../services/devices/ports.ts';
import { photograph } from './make/label.ts';
import { makePdf } from './make/pdf.ts';
import { createRandom } from './make/random.ts';
import { makeXlsx } from './make/workbook.ts';

const readers: ListReader[] = [];
afterAll(() => Promise.all(readers.map((reader) => reader.close())));

function readerWith(limits: Partial<IntakeLimits> = {}): ListReader {
  const reader = createListReader({ limits });
  readers.push(reader);
  return reader;
}

const normal = readerWith();

function file(bytes: Uint8Array | string, source = 'list'): ListInput {
  return { kind: 'file', source, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes };
}

async function kinds(reader: ListReader, input: ListInput): Promise<string[]> {
  return (await reader.read(input)).problems.map(({ kind, details }) =>
    details.what ? `${kind}: ${details.what}` : kind,
  );
}

function numbers(count: number): string {
  const random = createRandom(7);
  return `PKID\n${Array.from({ length: count }, () => random.pkid()).join('\n')}`;
}

const GOOD = 'PKID\n3305123456789';

describe('what a list may cost', () => {
  it('refuses a file above the byte limit before reading it', async () => {
    expect(await kinds(normal, file(Buffer.alloc(DEFAULT_LIMITS.fileBytes + 1, '1')))).toEqual(['too_large: bytes']);
  });

  it('refuses a picture above its own byte limit', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(DEFAULT_LIMITS.pictureBytes)]);
    expect(await kinds(normal, file(bytes))).toEqual(['too_large: bytes']);
  });

  it('refuses a paste above the byte limit', async () => {
    expect(await kinds(normal, { kind: 'text', source: 'p', text: ' '.repeat(DEFAULT_LIMITS.fileBytes + 1) })).toEqual([
      'too_large: bytes',
    ]);
  });

  it('takes 5,000 devices and says that there are more', async () => {
    expect((await normal.read(file(numbers(5_000)))).problems).toEqual([]);
    const list = await normal.read(file(numbers(5_001)));
    expect(list.devices.length).toBe(5_000);
    expect(list.problems[0]).toMatchObject({
      row: 0,
      kind: 'too_large',
      details: { what: 'devices', found: 5_001, limit: 5_000 },
    });
  });

  it('reads up to the row limit and says where it stopped', async () => {
    const reader = readerWith({ rows: 10 });
    expect(await kinds(reader, file(numbers(9)))).toEqual([]);
    expect(await kinds(reader, file(numbers(10)))).toEqual(['too_large: rows']);
  });

  it('stops at the row limit in running text too', async () => {
    const text = Array.from({ length: 12 }, (_, at) => `- 33051234567${at + 10}`).join('\n');
    expect(await kinds(readerWith({ rows: 10 }), { kind: 'text', source: 'p', text })).toEqual(['too_large: rows']);
  });

  it('ignores columns beyond the limit and says so', async () => {
    const row = (cell: string) => Array.from({ length: 70 }, () => cell).join(',');
    expect(await kinds(normal, file(`PKID,${row('note')}\n3305123456789,${row('x')}`))).toContain('too_large: columns');
  });

  it('drops a cell beyond the limit and says so', async () => {
    expect(await kinds(normal, file(`PKID,Note\n3305123456789,${'x'.repeat(9_000)}`))).toEqual(['too_large: cell']);
  });

  it('counts the members of an archive', async () => {
    const members = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`${at}.csv`, strToU8(GOOD)]));
    expect(await kinds(normal, file(zipSync(members)))).toEqual(['too_many_files']);
  });

  it('refuses a bomb by what really comes out, in a ZIP and in a workbook', async () => {
    const zeros = new Uint8Array(30_000_000);
    expect(await kinds(normal, file(zipSync({ 'a.csv': zeros })))).toEqual(['decompression_bomb']);
    const workbook = makeXlsx([{ name: 'S', rows: [['PKID']] }], { extra: { 'xl/sharedStrings2.xml': strToU8('') } });
    expect(await kinds(normal, file(workbook))).toEqual(['no_devices_found']);
    expect(await kinds(normal, file(bombSheet()))).toEqual(['decompression_bomb']);
  });

  it('is not deceived by the sizes an archive states', async () => {
    const honest = zipSync({ 'a.csv': new Uint8Array(20_000_000) });
    expect(await kinds(normal, file(lying(honest)))).toEqual(['decompression_bomb']);
  });

  it('adds up what all members unpack to', async () => {
    const reader = readerWith({ archiveBytes: 1_000 });
    const members = { 'a.csv': strToU8(numbers(50)), 'b.csv': strToU8(numbers(50)) };
    expect(await kinds(reader, file(zipSync(members, { level: 0 })))).toContain('decompression_bomb');
  });

  it('refuses a picture of too many pixels from its header', async () => {
    const png = await sharp({ create: { width: 9_000, height: 6_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await kinds(normal, file(png))).toEqual(['too_large: pixels']);
  });

  it('decodes a picture no larger than the longest side allowed', async () => {
    const png = await sharp({ create: { width: 5_000, height: 1_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await decodePicture(png, DEFAULT_LIMITS)).toMatchObject({ width: 4_096 });
  });

  it('counts the pages of a PDF', async () => {
    const page = [{ text: 'PKID 3305123456789', x: 40, y: 700 }];
    expect(await kinds(readerWith({ pdfPages: 2 }), file(makePdf([page, page, page])))).toEqual(['too_large: pages']);
  });
});

describe('what a list may take in time and memory', () => {
  it.each([
    ['a paste', { textMs: 1 }, async (): Promise<ListInput> => ({ kind: 'text', source: 'p', text: numbers(150_000) })],
    ['a table', { tableMs: 1 }, async () => file(numbers(300_000))],
    ['a PDF', { pdfMs: 1 }, async () => file(makePdf([[{ text: 'PKID 3305123456789', x: 40, y: 700 }]]))],
    ['a photo', { pictureMs: 1 }, async () => file(await photograph([[{ bcid: 'code128', text: '3305123456789' }]]))],
    [
      'an archive',
      { archiveMs: 1 },
      async () => file(zipSync({ 'a.pdf': makePdf([[{ text: 'PKID 3305123456789', x: 40, y: 700 }]]) })),
    ],
  ] as const)('gives up on %s that takes too long, and reads the next one', async (_, limits, input) => {
    const reader = readerWith(limits);
    expect(await kinds(reader, await input())).toEqual(['too_large: time']);
    expect((await reader.read({ kind: 'text', source: 'p', text: GOOD })).devices.length).toBe(1);
  });

  it('survives a worker that runs out of memory, and reads the next list in a new one', async () => {
    const reader = readerWith({ workerHeapMb: 24, devices: 2_000_000, rows: 2_000_000, tableMs: 60_000 });
    expect(await kinds(reader, file(numbers(1_200_000)))).toEqual(['too_large: memory']);
    expect((await reader.read(file(GOOD))).devices.length).toBe(1);
  });

  it('refuses what the queue cannot hold, at once and for that moment only', async () => {
    const reader = readerWith({ queueLength: 2 });
    const lists = await Promise.all(Array.from({ length: 5 }, () => reader.read(file(GOOD))));
    expect(lists.filter(({ devices }) => devices.length === 1).length).toBe(2);
    expect(lists[4]?.problems).toMatchObject([{ kind: 'unreadable', details: { what: 'busy' } }]);
    expect((await reader.read(file(GOOD))).devices.length).toBe(1);
  });

  it('holds no more bytes at once than allowed', async () => {
    const reader = readerWith({ heldBytes: 30 });
    const lists = await Promise.all([reader.read(file(GOOD)), reader.read(file(GOOD))]);
    expect(lists.map(({ devices }) => devices.length)).toEqual([1, 0]);
  });

  it('answers what is waiting when it is closed', async () => {
    const reader = createListReader();
    const waiting = reader.read(file(numbers(1_000)));
    await reader.close();
    expect((await waiting).problems).toMatchObject([{ kind: 'unreadable' }]);
  });
});

/** A workbook whose sheet is 30 MB of spaces. */
function bombSheet(): Uint8Array {
  const good = makeXlsx([{ name: 'S', rows: [] }], { extra: {} });
  expect(good.length).toBeGreaterThan(100);
  const parts: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': new Uint8Array(30_000_000).fill(32),
  };
  return zipSync(parts);
}

/** States 2,000 bytes as the unpacked size of every member, in both headers. */
function lying(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip);
  for (let at = 0; at < bytes.length - 4; at++) {
    if (bytes.readUInt32LE(at) === 0x04034b50) bytes.writeUInt32LE(2_000, at + 22);
    if (bytes.readUInt32LE(at) === 0x02014b50) bytes.writeUInt32LE(2_000, at + 24);
  }
  return bytes;
}
