import type { Device, ProblemKind } from '../../device.ts';
import { isThirteenDigits, readPkid } from '../../pkid.ts';
import { plainText } from '../characters.ts';
import { readHardwareHash } from '../hardware-hash.ts';
import type { Draft, ListBuilder, ProblemDetails } from '../list-builder.ts';
import { shown } from '../secrets.ts';
import { findLabels } from './labels.ts';
import { type FoundPkid, type ProseLine, readProseLine } from './prose-line.ts';

export type LineOptions = Readonly<{
  /** Why everything on this line wants a person's yes, such as a number above the headings of a table. */
  doubtful?: ProblemKind;
}>;

/** Takes a message line by line. Lines like `Serial: …` and `PKID: …` below each other describe one device. */
export interface ProseReader {
  line(text: string, row: number, options?: LineOptions): void;
  /** Says that what follows is about another device. */
  pause(): void;
  end(): void;
}

type Pending = { row: number; pkid?: FoundPkid; fields: ProseLine['fields']; options: LineOptions };

/** Starts reading running text into the list. */
export function createProseReader(list: ListBuilder): ProseReader {
  let pending: Pending | undefined;
  let foreign = false;
  return { line, pause: flush, end: flush };

  function line(text: string, row: number, options: LineOptions = {}) {
    const bare = text.trim();
    if (bare === '') {
      foreign = false;
      return flush();
    }
    if (!/\d/.test(bare)) foreign = isForeignHeading(bare);
    const how: LineOptions = foreign ? { doubtful: 'ambiguous_candidate', ...options } : options;
    if (isThirteenDigits(bare) && !pending) return add({ ...readingOf(bare) }, {}, row, how);
    readLine(text, row, how);
  }

  function readLine(text: string, row: number, options: LineOptions) {
    const read = readProseLine(text);
    for (const { kind, details } of read.problems) list.problem(row, kind, details);
    if (read.pkids.length > 1) return addAll(read, row, options);
    if (read.pkids.length === 1 || Object.keys(read.fields).length > 0) collect(read, row, options);
    else if (read.problems.length > 0) pending = undefined;
  }

  function addAll({ pkids }: ProseLine, row: number, options: LineOptions): void {
    flush();
    for (const pkid of pkids) add(pkid, {}, row, options);
  }

  /** Adds to the device being described, or begins the next one when something would be said twice. */
  function collect({ pkids, fields }: ProseLine, row: number, options: LineOptions): void {
    const [pkid] = pkids;
    if (pending && (clashes(pending.fields, fields) || (pkid && pending.pkid))) flush();
    const before = pending;
    pending = {
      row: pkid ? row : (before?.row ?? row),
      fields: { ...before?.fields, ...fields },
      options: { ...before?.options, ...options },
      ...((pkid ?? before?.pkid) && { pkid: pkid ?? before?.pkid }),
    } as Pending;
  }

  function flush() {
    const done = pending;
    pending = undefined;
    if (!done) return;
    const { pkid, fields, row, options } = done;
    if (pkid) return add(pkid, fields, row, options);
    if (fields.hash !== undefined) return addHash(fields, row, options);
    const lack = lacking(fields);
    if (!lack) return list.add({ ...fields, row, ...doubt(options.doubtful) });
    if (fields.serial !== undefined) list.problem(row, lack, { value: shown(fields.serial) });
  }

  function addHash(fields: ProseLine['fields'], row: number, options: LineOptions) {
    const reading = readHardwareHash(fields.hash ?? '');
    if (reading.kind === 'refused') return list.problem(row, reading.problem);
    if (reading.kind === 'none') return;
    const serial = reading.contents.serial;
    const differs = !!serial && !!fields.serial && serial.toUpperCase() !== fields.serial.toUpperCase();
    const why = differs ? 'hash_mismatch' : reading.checksumFails ? 'hash_invalid' : options.doubtful;
    list.add({ ...fields, hash: reading.hash, row, ...doubt(why) });
  }

  function add(found: FoundPkid | undefined, fields: Device, row: number, options: LineOptions) {
    if (!found) return;
    if (found.pkid === '') return list.problem(row, 'placeholder_value', { value: found.value });
    const { hash: _, ...rest } = fields;
    list.add({ ...rest, pkid: found.pkid, row, ...doubt(found.confirm ?? options.doubtful, { value: found.value }) });
  }
}

/** A line that is nothing but a label like `EAN:` or `Order number`: what stands below it is no PKID, or hardly. */
function isForeignHeading(line: string): boolean {
  const [label, ...more] = findLabels(plainText(line));
  return label?.kind === 'other' && more.length === 0 && label.start <= 2 && label.valueStart >= line.length - 8;
}

function doubt(confirm: ProblemKind | undefined, details?: ProblemDetails): Pick<Draft, 'confirm' | 'details'> {
  return confirm ? { confirm, ...(details && { details }) } : {};
}

/** Thirteen digits alone on a line; an empty `pkid` when they are the placeholder. */
function readingOf(digits: string): FoundPkid {
  const reading = readPkid(digits);
  if (reading.kind !== 'pkid') return { pkid: '', value: digits };
  return { pkid: reading.pkid, value: digits, ...(reading.confirm && { confirm: reading.confirm }) };
}

function clashes(known: ProseLine['fields'], fields: ProseLine['fields']): boolean {
  return (Object.keys(fields) as (keyof ProseLine['fields'])[]).some((key) => known[key] !== undefined);
}

function lacking({ serial, manufacturer, model }: ProseLine['fields']): ProblemKind | undefined {
  if (serial === undefined) return 'missing_serial';
  if (manufacturer === undefined && model !== undefined) return 'missing_manufacturer';
  return manufacturer === undefined || model === undefined ? 'insufficient_identifiers' : undefined;
}
