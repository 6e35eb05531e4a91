import type { Device, ProblemKind } from '../../device.ts';
import { isThirteenDigits, readPkid } from '../../pkid.ts';
import { plainText } from '../characters.ts';
import { readHardwareHash } from '../hardware-hash.ts';
import type { Draft, ListBuilder, ProblemDetails } from '../list-builder.ts';
import { MASKED_KEY, shown } from '../secrets.ts';
import { findLabels } from './labels.ts';
import type { EmptyLabel, FoundPkid } from './parts.ts';
import { type ProseLine, readProseLine } from './prose-line.ts';
import { createTally } from './tally.ts';

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

type Pending = {
  row: number;
  pkid?: FoundPkid | undefined;
  fields: ProseLine['fields'];
  options: LineOptions;
  /** A label without a value was met, and on which line; `refused` when the value was and has been reported. */
  lacks?: { label: EmptyLabel | 'refused'; row: number } | undefined;
};

/** Starts reading running text into the list. */
export function createProseReader(list: ListBuilder): ProseReader {
  let pending: Pending | undefined;
  let foreign = false;
  const tally = createTally(list);
  return { line, pause, end };

  function line(text: string, row: number, options: LineOptions = {}) {
    const bare = text.trim();
    if (bare === '') return pause();
    if (!/\d/.test(bare)) foreign = isForeignHeading(bare);
    const how: LineOptions = foreign ? { doubtful: 'ambiguous_candidate', ...options } : options;
    if (isThirteenDigits(bare) && !pending) {
      tally.line(LONE_NUMBER, row);
      return add({ ...readingOf(bare) }, {}, row, how);
    }
    readLine(text, row, how);
  }

  function pause() {
    foreign = false;
    tally.gap();
    if (!isHeading(pending)) flush();
  }

  function end() {
    flush();
    tally.end();
  }

  function readLine(text: string, row: number, options: LineOptions) {
    const read = readProseLine(text);
    tally.line(read, row);
    for (const { kind, details } of read.problems) list.problem(row, kind, details);
    if (read.pkids.length > 1) return addAll(read, row, options);
    if (read.pkids.length === 1 || read.emptyLabel || Object.keys(read.fields).length > 0) collect(read, row, options);
    else if (read.problems.some(({ details }) => details.value !== MASKED_KEY)) giveUp(row);
  }

  /** This device's PKID was read and reported: what else is said of it, above and below, belongs to no other one. */
  function giveUp(row: number): void {
    if (pending?.pkid || pending?.lacks) flush();
    pending = { row, fields: {}, options: {}, ...pending, lacks: { label: 'refused', row } };
  }

  function addAll({ pkids }: ProseLine, row: number, options: LineOptions): void {
    if (isHeading(pending)) pending = undefined;
    flush();
    for (const pkid of pkids) add(pkid, {}, row, options);
  }

  /** Adds to the device being described, or begins the next one when something would be said twice. */
  function collect(read: ProseLine, row: number, options: LineOptions): void {
    const { pkids, fields, emptyLabel } = read;
    const [pkid] = pkids;
    const isNext = pending && (clashes(pending.fields, fields) || saysPkidAgain(pending, read));
    if (isNext) flush();
    const before = pending;
    pending = {
      row: pkid ? row : (before?.row ?? row),
      fields: { ...before?.fields, ...fields },
      options: { ...before?.options, ...options },
      pkid: pkid ?? before?.pkid,
      lacks: emptyLabel ? { label: emptyLabel, row } : before?.lacks,
    };
  }

  function flush() {
    const done = pending;
    pending = undefined;
    if (!done) return;
    const { pkid, fields, row, options, lacks } = done;
    if (pkid) return add(pkid, fields, row, options);
    if (lacks?.label === 'refused') return;
    if (fields.hash !== undefined) return addHash(fields, row, options);
    const lack = lacking(fields);
    if (!lack) return list.add({ ...fields, row, ...doubt(options.doubtful) });
    const value = { value: shown(fields.serial ?? '') };
    if (lacks) tally.missing(lacks.row, { kind: 'missing_pkid', details: value });
    else if (fields.serial !== undefined) list.problem(row, lack, value);
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

/** What the tally is told of a line of thirteen digits, which is most of them. */
const LONE_NUMBER: ProseLine = {
  pkids: [{ pkid: '', value: '' }],
  problems: [],
  fields: {},
  looseEnds: [],
  layout: { pkidPlaces: [0], serialPlaces: [], isPlain: true },
};

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

/** Only a label so far, such as `PKID:` above a list: what it announces may follow after an empty line. */
function isHeading(pending: Pending | undefined): boolean {
  return pending?.lacks?.label === 'blank' && !pending.pkid && Object.keys(pending.fields).length === 0;
}

/** A PKID may be the value of an empty label above it, unless it has a label of its own. */
function saysPkidAgain({ pkid, lacks }: Pending, { pkids, emptyLabel, hasLabelledPkid }: ProseLine): boolean {
  if (emptyLabel) return pkid !== undefined || lacks !== undefined;
  if (pkids.length === 0) return false;
  return pkid !== undefined || (lacks !== undefined && (lacks.label !== 'blank' || hasLabelledPkid === true));
}

function clashes(known: ProseLine['fields'], fields: ProseLine['fields']): boolean {
  return (Object.keys(fields) as (keyof ProseLine['fields'])[]).some((key) => known[key] !== undefined);
}

function lacking({ serial, manufacturer, model }: ProseLine['fields']): ProblemKind | undefined {
  if (serial === undefined) return 'missing_serial';
  if (manufacturer === undefined && model !== undefined) return 'missing_manufacturer';
  return manufacturer === undefined || model === undefined ? 'insufficient_identifiers' : undefined;
}
