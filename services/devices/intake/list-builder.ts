import {
  type Device,
  type DeviceList,
  differ,
  type ListedDevice,
  type ListProblem,
  type ProblemKind,
} from '../device.ts';
import type { IntakeLimits } from './limits.ts';
import { isPlainSerial } from './table/identifiers.ts';

export type ProblemDetails = Readonly<Record<string, string | number>>;

/** A device as one reader found it, before it is compared with the rest of the list. */
export type Draft = Device & Readonly<{ row: number; confirm?: ProblemKind; details?: ProblemDetails }>;

/** Where readers put what they find. One builder serves all sources of a list, so that duplicates show across them. */
export interface ListBuilder {
  /** Names the file, sheet or paste that the next rows come from. */
  from(source: string): void;
  readonly source: string;
  /** Takes a device; a second of the same is a problem instead, and a `confirm` is a problem as well. */
  add(draft: Draft): void;
  problem(row: number, kind: ProblemKind, details?: ProblemDetails): void;
  /** Devices and problems noted so far, to see whether a reader found anything. */
  readonly size: number;
  readonly deviceCount: number;
  build(): DeviceList;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Starts an empty list. */
export function createListBuilder(limits: Pick<IntakeLimits, 'devices'>): ListBuilder {
  const devices: Mutable<ListedDevice>[] = [];
  const problems: ListProblem[] = [];
  const byPkid = new Map<string, number>();
  const bySerial = new Map<string, number>();
  const byHash = new Map<string, number>();
  let source = '';
  let overflow = 0;

  const builder: ListBuilder = {
    from: (name) => {
      source = name;
    },
    get source() {
      return source;
    },
    get size() {
      return devices.length + problems.length;
    },
    get deviceCount() {
      return devices.length;
    },
    problem: (row, kind, details = {}) => problems.push({ source, row, kind, details }),
    add: (draft) => {
      const known = findKnown(draft);
      if (known !== undefined) return again(draft, known);
      if (devices.length >= limits.devices) overflow++;
      else keep(draft);
    },
    build: () => {
      if (overflow > 0) {
        const found = devices.length + overflow;
        builder.problem(0, 'too_large', { what: 'devices', found, limit: limits.devices });
      }
      return { devices, problems: inOrder(problems) };
    },
  };
  return builder;

  function findKnown({ pkid, hash, serial, manufacturer, model }: Draft): number | undefined {
    if (pkid !== undefined) return byPkid.get(pkid);
    if (hash !== undefined) return byHash.get(hash);
    return bySerial.get(tupleKey(serial, manufacturer, model));
  }

  /** Written out field by field, so that all devices have one shape: at 100,000 rows that is most of the time. */
  function keep({ pkid, serial, manufacturer, model, hash, row, confirm, details }: Draft): void {
    const device = { pkid, serial, manufacturer, model, hash, row, confirm, source };
    const index = devices.push(device) - 1;
    if (pkid !== undefined) byPkid.set(pkid, index);
    if (hash !== undefined) byHash.set(hash, index);
    if (confirm) problems.push({ source, row, kind: confirm, details: details ?? namedValue(device) });
    if (serial !== undefined) rememberSerial(device, serial, index);
  }

  function rememberSerial({ pkid, manufacturer, model, row }: ListedDevice, serial: string, index: number): void {
    if (pkid === undefined) bySerial.set(tupleKey(serial, manufacturer, model), index);
    const key = isPlainSerial(serial) ? serial : serial.toUpperCase();
    const other = bySerial.get(key);
    if (other === undefined) bySerial.set(key, index);
    else {
      const otherDevice = devices[other];
      if (otherDevice?.pkid !== undefined && pkid !== undefined) doubt(otherDevice, row, index);
    }
  }

  /** One serial number with two PKIDs: one of the two is wrong, and nobody but the rep can tell which. */
  function doubt(first: Mutable<ListedDevice>, row: number, index: number): void {
    const second = devices[index];
    conflict(first, source, row);
    if (second) conflict(second, first.source, first.row);
  }

  function conflict(device: Mutable<ListedDevice>, firstSource: string, firstRow: number): void {
    if (device.confirm === 'conflict') return;
    device.confirm = 'conflict';
    const details = { ...namedValue(device), firstSource, firstRow };
    problems.push({ source: device.source, row: device.row, kind: 'conflict', details });
  }

  function again(draft: Draft, index: number): void {
    const first = devices[index];
    if (!first) return;
    const details = { ...namedValue(draft), firstSource: first.source, firstRow: first.row };
    if (differ(first, draft)) {
      conflict(first, source, draft.row);
      problems.push({ source, row: draft.row, kind: 'conflict', details });
    } else {
      problems.push({ source, row: draft.row, kind: 'duplicate_in_list', details });
      completed(first, draft);
    }
  }
}

function tupleKey(serial = '', manufacturer = '', model = ''): string {
  return `${serial}\n${manufacturer}\n${model}`;
}

/** The value a sentence about this device may name. */
function namedValue({ pkid, serial }: Device): ProblemDetails {
  return { value: pkid ?? serial ?? '' };
}

/** The same device twice, once with more said about it: keep all of it. */
function completed(first: Mutable<ListedDevice>, second: Device): void {
  first.serial ??= second.serial;
  first.manufacturer ??= second.manufacturer;
  first.model ??= second.model;
}

/** Problems as a person reads the list: whole sources first, then top to bottom; sources stay in the order given. */
function inOrder(problems: ListProblem[]): ListProblem[] {
  const rank = new Map<string, number>();
  for (const { source } of problems) if (!rank.has(source)) rank.set(source, rank.size);
  return problems.sort((a, b) => (rank.get(a.source) ?? 0) - (rank.get(b.source) ?? 0) || a.row - b.row);
}
