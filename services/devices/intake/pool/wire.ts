import { type DeviceList, type ListedDevice, type ListProblem, PROBLEM_KINDS } from '../../device.ts';

/** Devices of one packet: small enough that unpacking one never holds up the main thread. */
const DEVICES_PER_PACKET = 500;
const PROBLEMS_PER_PACKET = 250;
/** ASCII's own separators; a value has no use for them. */
const BETWEEN_ROWS = '\x1e';
const BETWEEN_COLUMNS = '\x1d';
const SEPARATORS = /[\x1d\x1e]/g;
const FIELDS = ['pkid', 'serial', 'manufacturer', 'model', 'hash'] as const;

/** A list as it crosses to the main thread: columns as text in transferable bytes. Objects cost five times the stall. */
export type Packets = Readonly<{
  sources: readonly string[];
  devices: readonly Uint8Array<ArrayBuffer>[];
  problems: readonly Uint8Array<ArrayBuffer>[];
}>;

/** Packs a list. */
export function packList({ devices, problems }: DeviceList): Packets {
  const sources = [...new Set(devices.map(({ source }) => source))];
  const numbers = new Map(sources.map((source, index) => [source, index]));
  return {
    sources,
    devices: slices(devices, DEVICES_PER_PACKET).map((part) => encode(columnsOf(part, numbers))),
    problems: slices(problems, PROBLEMS_PER_PACKET).map((part) => encode(JSON.stringify(part))),
  };
}

/** What a thread hands over instead of copying. */
export function transferable({ devices, problems }: Packets): ArrayBuffer[] {
  return [...devices, ...problems].map(({ buffer }) => buffer);
}

/** Unpacks a list, letting other work run between two packets. */
export async function unpackList({ sources, devices, problems }: Packets): Promise<DeviceList> {
  const list = { devices: [] as ListedDevice[], problems: [] as ListProblem[] };
  for (const packet of devices) {
    for (const device of devicesOf(decode(packet), sources)) list.devices.push(device);
    await otherWork();
  }
  for (const packet of problems) {
    // Our own worker wrote this a moment ago, with packList above.
    for (const problem of JSON.parse(decode(packet)) as ListProblem[]) list.problems.push(problem);
    await otherWork();
  }
  return list;
}

function slices<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

function columnsOf(devices: readonly ListedDevice[], sources: ReadonlyMap<string, number>): string {
  const columns = FIELDS.map((field) => devices.map((device) => clean(device[field])).join(BETWEEN_ROWS));
  columns.push(devices.map(({ row }) => row).join(BETWEEN_ROWS));
  columns.push(devices.map(({ source }) => sources.get(source) ?? 0).join(BETWEEN_ROWS));
  columns.push(devices.map(({ confirm }) => (confirm ? PROBLEM_KINDS.indexOf(confirm) : '')).join(BETWEEN_ROWS));
  return columns.join(BETWEEN_COLUMNS);
}

function clean(value: string | undefined): string {
  return value === undefined ? '' : value.replace(SEPARATORS, ' ');
}

/**
 * Every device is written out in one piece, and a value that repeats the row above is the same string: what survives
 * unpacking is what the garbage collector has to carry, and that is the longest stall there is.
 */
function devicesOf(text: string, sources: readonly string[]): ListedDevice[] {
  const columns = text.split(BETWEEN_COLUMNS).map((column) => column.split(BETWEEN_ROWS));
  const [
    pkids = [],
    serials = [],
    manufacturers = [],
    models = [],
    hashes = [],
    rows = [],
    origins = [],
    confirms = [],
  ] = columns;
  let manufacturer: string | undefined;
  let model: string | undefined;
  return rows.map((row, index) => {
    manufacturer = repeated(manufacturer, manufacturers[index]);
    model = repeated(model, models[index]);
    return {
      pkid: pkids[index] || undefined,
      serial: serials[index] || undefined,
      manufacturer,
      model,
      hash: hashes[index] || undefined,
      row: Number(row),
      confirm: confirms[index] ? PROBLEM_KINDS[Number(confirms[index])] : undefined,
      source: sources[Number(origins[index])] ?? '',
    };
  });
}

function repeated(above: string | undefined, value: string | undefined): string | undefined {
  return value === above ? above : value || undefined;
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
