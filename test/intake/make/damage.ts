import type { Random } from './random.ts';

/** One way in which a PKID is damaged on its way into a list, so that it is no PKID any more or another one. */
export type Damage = Readonly<{ name: string; harm: (pkid: string, random: Random) => string }>;

/** The PKID that is glued to another one. */
export const NEIGHBOUR = '3305123456789';

/** What people, spreadsheets, mail programs and scanners do to thirteen digits. */
export const DAMAGES: readonly [Damage, ...Damage[]] = [
  { name: 'a digit lost', harm: (pkid, random) => without(pkid, random.below(13), 1) },
  { name: 'the first digit lost', harm: (pkid) => pkid.slice(1) },
  { name: 'two digits lost', harm: (pkid, random) => without(pkid, random.below(12), 2) },
  { name: 'half of it lost', harm: (pkid) => pkid.slice(0, 7) },
  { name: 'four digits left', harm: (pkid) => pkid.slice(-4) },
  { name: 'a digit twice', harm: (pkid, random) => twice(pkid, random.below(13)) },
  { name: 'two digits more', harm: (pkid) => `${pkid}47` },
  { name: 'the letter O', harm: (pkid, random) => put(pkid, random.below(13), 'O') },
  { name: 'a small l', harm: (pkid, random) => put(pkid, random.below(13), 'l') },
  { name: 'two look-alikes', harm: (pkid) => put(put(pkid, 3, 'S'), 7, 'B') },
  { name: 'a letter that looks like no digit', harm: (pkid, random) => put(pkid, 1 + random.below(12), 'K') },
  { name: 'a look-alike and a digit lost', harm: (pkid) => put(pkid.slice(1), 4, 'O') },
  { name: 'a question mark', harm: (pkid, random) => put(pkid, 1 + random.below(11), '?') },
  { name: 'masked', harm: (pkid) => `${pkid.slice(0, 9)}***${pkid.slice(12)}` },
  { name: 'rounded', harm: (pkid) => `${pkid[0]}.${pkid.slice(1, 6)}E+12` },
  { name: 'rounded to one digit', harm: (pkid) => `${pkid[0]}E+12` },
  { name: 'rounded below a leading zero', harm: (pkid) => `${pkid[0]}.${pkid.slice(1, 4)}E+11` },
  { name: 'cut off', harm: (pkid) => `${pkid.slice(0, 10)}...` },
  { name: 'a slash in it', harm: (pkid) => `${pkid.slice(0, 6)}/${pkid.slice(7)}` },
  { name: 'glued to a word', harm: (pkid) => `${pkid}pcs` },
  { name: 'behind a word', harm: (pkid) => `box${pkid}` },
  { name: 'glued to its neighbour', harm: (pkid) => pkid + NEIGHBOUR },
  { name: 'zeros', harm: () => '0000000000000' },
  { name: 'a cell error', harm: () => '#N/A' },
  { name: 'a reference error', harm: () => '#REF!' },
  { name: 'too narrow a column', harm: () => '##########' },
  { name: 'not there', harm: () => 'n/a' },
  { name: 'to be done', harm: () => 'TBD' },
  { name: 'question marks', harm: () => '???' },
  { name: 'a space in it', harm: (pkid) => `${pkid.slice(0, 5)} ${pkid.slice(5)}` },
  { name: 'two spaces in it', harm: (pkid) => `${pkid.slice(0, 5)}  ${pkid.slice(6)}` },
  { name: 'a hyphen and a digit lost', harm: (pkid) => `${pkid.slice(0, 6)}-${pkid.slice(7)}` },
  { name: 'a comma in it', harm: (pkid) => `${pkid.slice(0, 4)},${pkid.slice(4)}` },
  { name: 'broken in two lines', harm: (pkid) => `${pkid.slice(0, 7)}\n${pkid.slice(7)}` },
  { name: 'broken in two lines by a hyphen', harm: (pkid) => `${pkid.slice(0, 9)}-\n${pkid.slice(9)}` },
];

function without(pkid: string, at: number, count: number): string {
  return pkid.slice(0, at) + pkid.slice(at + count);
}

function twice(pkid: string, at: number): string {
  return pkid.slice(0, at) + pkid.charAt(at) + pkid.slice(at);
}

function put(pkid: string, at: number, char: string): string {
  return pkid.slice(0, at) + char + pkid.slice(at + 1);
}
