import { type DeviceList, type ListedDevice, type ListProblem, PROBLEM_KINDS, type ProblemKind } from '../../device.ts';

/** Devices of one packet: small enough that unpacking one never holds up the main thread. */
const DEVICES_PER_PACKET = 2_000;
const PROBLEMS_PER_PACKET = 1_000;
/** ASCII's own separators; a value has no use for them. */
const BETWEEN_ROWS = '\x1e';
const BETWEEN_COLUMNS = '\x1d';
const SEPARATORS = /[\x1d\x1e]/g;
const FIELDS = ['pkid', 'serial', 'manufacturer', 'model', 'hash'] as const;

/** A list as it crosses to the main thread: columns as text in transferable bytes. Objects cost five times the stall. */
export type Packets = Readonly<{
  sources: readonly string[];
  devices: readonly Uint8Array[];
  problems: readonly Uint8Array[];
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

type Writable = { -readonly [Key in keyof ListedDevice]: ListedDevice[Key] };

function devicesOf(text: string, sources: readonly string[]): ListedDevice[] {
  const columns = text.split(BETWEEN_COLUMNS).map((column) => column.split(BETWEEN_ROWS));
  const [rows = [], origins = [], confirms = []] = columns.slice(FIELDS.length);
  return rows.map((row, index) => {
    const device: Writable = { source: sources[Number(origins[index])] ?? '', row: Number(row) };
    FIELDS.forEach((field, column) => {
      const value = columns[column]?.[index];
      if (value) device[field] = value;
    });
    const confirm = confirms[index] ? kindAt(Number(confirms[index])) : undefined;
    if (confirm) device.confirm = confirm;
    return device;
  });
}

function kindAt(index: number): ProblemKind | undefined {
  return PROBLEM_KINDS[index];
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
