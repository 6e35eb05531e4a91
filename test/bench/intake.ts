import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { parse as csvParse } from 'csv-parse/sync';
import papa from 'papaparse';
import readExcelFile from 'read-excel-file/node';
import { inferSchema, initParser } from 'udsv';
import { createListReader } from '../../services/devices/intake/index.ts';
import { DEFAULT_LIMITS, type IntakeLimits } from '../../services/devices/intake/limits.ts';
import { createListBuilder } from '../../services/devices/intake/list-builder.ts';
import { eachRow } from '../../services/devices/intake/text/delimited.ts';
import { decodeText } from '../../services/devices/intake/text/encoding.ts';
import { readText } from '../../services/devices/intake/text/read-text.ts';
import { sharedStrings } from '../../services/devices/intake/workbook/shared-strings.ts';
import { eachSheetRow } from '../../services/devices/intake/workbook/sheet.ts';
import { readXlsx } from '../../services/devices/intake/workbook/xlsx.ts';
import { createUnpacker, zipMembers } from '../../services/devices/intake/zip.ts';
import { csvOf, WIDE_OPEN, xlsxOf } from './intake-lists.ts';
import { photoRows } from './intake-photos.ts';
import type { BenchRow } from './row.ts';

const SIZES = [10_000, 100_000, 1_000_000] as const;
/** Reading of lists beside libraries and beside the least a reader must do, in one run. Timing decides no test. */
export async function runIntakeBench(sizes: readonly number[] = SIZES): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of sizes) rows.push(...(await delimitedRows(size)));
  for (const size of sizes) rows.push(...(await workbookRows(size)));
  for (const size of sizes) rows.push(await stallRow(size));
  rows.push(...(await memoryRows(Math.max(...sizes))), ...(await photoRows()));
  return rows;
}

type Measured = Readonly<{ what: string; value: number; peer: string; peerValue: number; goal?: string }>;

function ratioRow({ what, value, peer, peerValue, goal }: Measured, unit = 'ms'): BenchRow {
  return { group: 'intake', what, value, unit, peer, peerValue, ratio: value / peerValue, ...(goal && { goal }) };
}

/** Shortest of several runs, in milliseconds: what is left when the neighbours are quiet. */
async function best(times: number, run: () => unknown): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) {
    const began = performance.now();
    await run();
    shortest = Math.min(shortest, performance.now() - began);
  }
  return shortest;
}

async function delimitedRows(size: number): Promise<BenchRow[]> {
  const bytes = csvOf(size);
  const times = size > 100_000 ? 2 : 5;
  const floor = await best(times, () => byteLoop(bytes));
  const own = await best(times, () => cutOnly(bytes));
  const whole = await best(times, () => wholeIntake(bytes, WIDE_OPEN));
  const product = await best(times, () => wholeIntake(bytes, DEFAULT_LIMITS));
  const peers = {
    'Papa Parse': await best(times, () => papa.parse(bytes.toString(), { delimiter: ',' })),
    'csv-parse': await best(times, () => csvParse(bytes, { delimiter: ',', relax_column_count: true })),
    uDSV: await best(times, () => parseWithUdsv(bytes.toString())),
  };
  const what = `delimited text, ${size.toLocaleString('en')} rows`;
  return [
    ratioRow({ what: `${what}, cut`, value: own, peer: 'byte loop', peerValue: floor, goal: '≤ 2.5 ×' }),
    ...Object.entries(peers).map(([peer, peerValue]) =>
      ratioRow({ what: `${what}, cut`, value: own, peer, peerValue, goal: peer === 'uDSV' ? '' : '< 1 ×' }),
    ),
    ratioRow({
      what: `${what}, all devices and problems`,
      value: whole,
      peer: 'Papa Parse cutting alone',
      peerValue: peers['Papa Parse'],
    }),
    ratioRow({
      what: `${what}, devices and problems within the limits`,
      value: product,
      peer: 'Papa Parse cutting alone',
      peerValue: peers['Papa Parse'],
    }),
  ];
}

/** The least any reader must do: look at every byte and tell delimiters, quotes and line ends from the rest. */
function byteLoop(bytes: Buffer): number {
  const counts = { rows: 0, cells: 0, quotes: 0, returns: 0 };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 44) counts.cells++;
    else if (byte === 10) counts.rows++;
    else if (byte === 34) counts.quotes++;
    else if (byte === 13) counts.returns++;
  }
  return counts.rows + counts.cells + counts.quotes + counts.returns;
}

function cutOnly(bytes: Buffer): number {
  let chars = 0;
  eachRow(decodeText(bytes), { delimiter: ',' }, (cells) => {
    for (const cell of cells) chars += cell.length;
    return true;
  });
  return chars;
}

function wholeIntake(bytes: Buffer, limits: IntakeLimits): void {
  const list = createListBuilder(limits);
  readText(decodeText(bytes), list, limits);
  list.build();
}

function parseWithUdsv(text: string): unknown {
  return initParser(inferSchema(text)).stringArrs(text);
}

async function workbookRows(size: number): Promise<BenchRow[]> {
  const bytes = xlsxOf(size);
  const times = size > 100_000 ? 1 : 4;
  const floor = await best(times, () => inflateAll(bytes));
  const cells = await best(times, () => cellsOnly(bytes));
  const own = await best(times, () => readWorkbook(bytes));
  const what = `XLSX, ${size.toLocaleString('en')} rows`;
  const inflating = { peer: 'inflating its parts', peerValue: floor };
  const rows = [
    ratioRow({ what: `${what}, unpacked and cut into cells`, value: cells, ...inflating, goal: '≤ 5 ×' }),
    ratioRow({ what: `${what}, all devices and problems`, value: own, ...inflating }),
  ];
  if (size > 100_000) return rows;
  const peer = await best(Math.min(times, 2), () => readExcelFile(Buffer.from(bytes)));
  const library = { peer: 'read-excel-file', peerValue: peer };
  return [...rows, ratioRow({ what: `${what}, unpacked and cut into cells`, value: cells, ...library })];
}

/** Reading the file itself: sheets to cells, without asking what is in them. */
function cellsOnly(bytes: Uint8Array): number {
  const members = zipMembers(bytes, 50);
  const unpacker = createUnpacker(WIDE_OPEN);
  const part = (name: string) =>
    members.filter((member) => member.name === name).map((member) => unpacker.unpack(member))[0] ?? Buffer.alloc(0);
  const strings = sharedStrings(part('xl/sharedStrings.xml'));
  let chars = 0;
  eachSheetRow(part('xl/worksheets/sheet1.xml'), { strings, zeroPadding: [], maxColumns: 64 }, ({ cells }) => {
    for (const cell of cells) chars += cell.length;
    return true;
  });
  return chars;
}

function inflateAll(bytes: Uint8Array): number {
  return zipMembers(bytes, 50).reduce(
    (sum, { method, packed }) => sum + (method === 8 ? inflateRawSync(packed).length : packed.length),
    0,
  );
}

function readWorkbook(bytes: Uint8Array): void {
  const list = createListBuilder(WIDE_OPEN);
  readXlsx(zipMembers(bytes, 50), 'list.xlsx', list, WIDE_OPEN);
  list.build();
}

/**
 * The longest the main thread was not free while a worker read a file, by the clock on the wall: waiting for a processor
 * that neighbours have counts too, hence the best of several readings.
 */
async function stallRow(size: number): Promise<BenchRow> {
  const reader = createListReader({ limits: WIDE_OPEN });
  await reader.read({ kind: 'file', source: 'warm', bytes: Buffer.from('PKID\n3305123456789') });
  const bytes = csvOf(size);
  const inline = await best(1, () => wholeIntake(bytes, WIDE_OPEN));
  const stalls: number[] = [];
  for (let time = 0; time < 3; time++) {
    const watch = monitorEventLoopDelay({ resolution: SAMPLE_MS });
    watch.enable();
    const { devices } = await reader.read({ kind: 'file', source: 'list.csv', bytes });
    await sleep(2 * SAMPLE_MS); // a stall at the very end is seen by the next sample only
    watch.disable();
    stalls.push(watch.max / 1e6 - SAMPLE_MS);
    if (devices.length < size * 0.99) throw new Error(`${devices.length} devices of ${size}`);
  }
  await reader.close();
  const what = `longest stall of the main thread, ${size.toLocaleString('en')} rows`;
  return ratioRow({ what, value: Math.min(...stalls), peer: 'reading inline', peerValue: inline, goal: '< 20 ms' });
}

/** How often the main thread is asked whether it is free, in ms. */
const SAMPLE_MS = 1;

/**
 * Most memory of a fresh process that reads a file as the product does, its worker included, beside one that only loads the
 * file. `read` stops at the limits of the product; `read everything` has none, so it shows what they are good for.
 */
async function memoryRows(size: number): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'intake-bench-'));
  const file = join(folder, 'list.csv');
  await writeFile(file, csvOf(size));
  const run = promisify(execFile);
  const program = fileURLToPath(new URL('./intake-memory.js', import.meta.url));
  const megabytes = async (what: string) => Number((await run(process.execPath, [program, what, file])).stdout);
  const peerValue = await megabytes('load');
  const rows: BenchRow[] = [];
  for (const what of ['cut', 'read', 'read everything']) {
    const name = `most memory, ${size.toLocaleString('en')} rows, ${what}`;
    const value = await megabytes(what);
    rows.push(ratioRow({ what: name, value, peer: 'loading the file', peerValue }, 'MB'));
  }
  await rm(folder, { recursive: true });
  return rows;
}
