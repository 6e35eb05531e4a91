import { readPkid } from '../../pkid.ts';
import { looksLikeHash } from '../hardware-hash.ts';
import type { Columns } from './columns.ts';
import { columnKind } from './header-words.ts';
import { isKnownMaker, looksLikeSerial } from './identifiers.ts';

/** What the values of one column look like. */
type Profile = Readonly<{
  index: number;
  filled: number;
  pkids: number;
  eans: number;
  hashes: number;
  serials: number;
  makers: number;
  distinct: number;
}>;

/**
 * Tells the columns of a table without headings from their values. `undefined` when nothing in it looks like a device;
 * `list` when every cell is a number of its own, as in a pasted row of PKIDs.
 */
export function guessColumns(rows: readonly (readonly string[])[]): Columns | 'list' | undefined {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const others = otherColumns(rows);
  const all = Array.from({ length: width }, (_, index) => profileOf(rows, index));
  const profiles = all.filter(({ index }) => !others.has(index));
  // The numbers have a heading that says what else they are, so the rows hold no PKID, whatever they look like.
  if (all.some(({ index, pkids }) => others.has(index) && pkids > 0) && !profiles.some(({ pkids }) => pkids > 0))
    return { width };
  const pkids = profiles.filter((profile) => profile.pkids > 0 && profile.pkids * 2 >= profile.filled);
  if (pkids.length > 1 && isPlainList(profiles, pkids, rows.length)) return 'list';
  if (pkids.length > 0) return withPkid(pkids, profiles, width);
  const hash = profiles.find((profile) => profile.hashes > 0);
  if (hash) return { hash: hash.index, ...serialBeside(profiles), width };
  return byMaker(profiles, width);
}

/** Rows among which a heading may stand. */
const HEADING_ROWS = 8;

/** Columns under a heading such as "EAN" or "Order number", in a table whose other headings we do not know. */
function otherColumns(rows: readonly (readonly string[])[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const cells of rows.slice(0, HEADING_ROWS)) {
    if (cells.some((cell) => /\d{6}/.test(cell))) break;
    for (const [index, cell] of cells.entries()) if (columnKind(cell.trim()) === 'other') found.add(index);
  }
  return found;
}

function profileOf(rows: readonly (readonly string[])[], index: number): Profile {
  const values = rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
  const count = (test: (value: string) => boolean) => values.filter(test).length;
  return {
    index,
    filled: values.length,
    pkids: count((value) => value.length < 30 && readPkid(value).kind === 'pkid'),
    eans: count((value) => isEan(value)),
    hashes: count(looksLikeHash),
    serials: count(looksLikeSerial),
    makers: count(isKnownMaker),
    distinct: new Set(values).size,
  };
}

/** True for 13 digits whose last one is the check digit of an EAN-13; so is one PKID in ten by chance. */
export function isEan(value: string): boolean {
  if (!/^\d{13}$/.test(value)) return false;
  let sum = 0;
  for (let at = 0; at < 12; at++) sum += Number(value[at]) * (at % 2 === 0 ? 1 : 3);
  return (10 - (sum % 10)) % 10 === Number(value[12]);
}

/** Rows of nothing but PKIDs. Two columns of which one could be the EANs are a table instead. */
function isPlainList(profiles: readonly Profile[], pkids: readonly Profile[], rows: number): boolean {
  if (profiles.some((profile) => profile.filled > 0 && !pkids.includes(profile))) return false;
  return !pkids.some((profile) => couldBeEans(profile, rows));
}

/** All of them fit an EAN, or the same few come again and again; a single number twice is a duplicate in a list. */
function couldBeEans({ eans, filled, distinct }: Profile, rows: number): boolean {
  return (filled > 0 && eans === filled) || (rows > 1 && distinct * 2 <= filled);
}

function withPkid(pkids: readonly Profile[], profiles: readonly Profile[], width: number): Columns {
  const own = pkids.filter((profile) => !couldBeEans(profile, profile.filled));
  const [best] = own.length > 0 ? own : pkids;
  const sure = pkids.length === 1 ? !isAllOneNumber(pkids[0]) : own.length === 1 && (best?.filled ?? 0) > 2;
  const more = sure ? pkids.filter((profile) => !isSurelyOther(profile)) : pkids;
  const morePkids = more.filter((profile) => profile !== best).map(({ index }) => index);
  return {
    pkid: best?.index ?? 0,
    ...serialBeside(profiles),
    ...(morePkids.length > 0 && { morePkids }),
    width,
    ...(sure ? {} : { guessed: true }),
  };
}

/** Rows of EANs that are none by chance: one PKID in ten fits. */
const EAN_ROWS = 6;

function isSurelyOther({ eans, filled, distinct }: Profile): boolean {
  return (eans === filled && filled >= EAN_ROWS) || (filled > 1 && distinct * 2 <= filled);
}

/** The same number in every row of a longer table is an article or an order, not a device. */
function isAllOneNumber(profile: Profile | undefined): boolean {
  return !!profile && profile.filled > 2 && (profile.distinct === 1 || profile.eans === profile.filled);
}

/** The one column whose values all look like serial numbers and differ; a guess between two would be no help. */
function serialBeside(profiles: readonly Profile[]): { serial?: number } {
  const fitting = profiles.filter(
    ({ serials, filled, distinct }) => filled > 0 && serials === filled && distinct === filled,
  );
  const [only] = fitting;
  return only && fitting.length === 1 ? { serial: only.index } : {};
}

/** Serial number, manufacturer and model without headings: told from the manufacturer's name, and to be confirmed. */
function byMaker(profiles: readonly Profile[], width: number): Columns | undefined {
  const filled = profiles.filter((profile) => profile.filled > 0);
  const maker = filled.find((profile) => profile.makers === profile.filled);
  const serial = serialBeside(filled.filter((profile) => profile !== maker)).serial;
  const rest = filled.filter((profile) => profile !== maker && profile.index !== serial);
  const [model] = rest;
  if (!maker || serial === undefined || !model || rest.length !== 1) return undefined;
  return {
    serial,
    manufacturer: maker.index,
    model: model.index,
    width,
    guessed: !isPartnerCenterOrder(serial, maker, model, width),
  };
}

/** Serial number, two empty cells, manufacturer, model: Partner Center's own order. @see Partner Center, add devices */
function isPartnerCenterOrder(serial: number, maker: Profile, model: Profile, width: number): boolean {
  return width === 5 && serial === 0 && maker.index === 3 && model.index === 4;
}
