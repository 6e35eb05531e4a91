import type { ListInput } from '../../../services/devices/ports.ts';
import { makeXlsx } from './workbook.ts';

/** One device of a list that is about to be written: what stands for its PKID may be damaged. */
export type Item = Readonly<{ pkid: string; serial: string }>;
/** A written list, and in which line or row of it each item stands. */
export type Written = Readonly<{ input: ListInput; rows: readonly number[] }>;
export type Shape = Readonly<{
  name: string;
  write: (items: readonly Item[]) => Written;
  /** Fewest items with which the shape can be told at all. */
  fewest?: number;
  /** True where an item of which nothing is left still has its line, with a label, a number or a serial number. */
  showsGaps?: boolean;
}>;

/** Lists as people paste and attach them, in which every device is beyond doubt. */
export const SHAPES: readonly [Shape, ...Shape[]] = [
  lines('one a line', ({ pkid }) => pkid),
  lines('bullets', ({ pkid }) => `- ${pkid}`),
  lines('dots and commas', ({ pkid }) => `• ${pkid},`),
  lines('numbered', ({ pkid }, index) => `${index + 1}. ${pkid}`, true),
  lines('numbered in brackets', ({ pkid }, index) => `(${index + 1}) ${pkid}`, true),
  lines('labels', ({ pkid }) => `PKID: ${pkid}`, true),
  lines('long labels', ({ pkid }) => `Windows Product ID = ${pkid}`, true),
  lines('a remark behind', ({ pkid }) => `${pkid} (for the new office)`),
  lines('a word in front', ({ pkid }) => `Laptop ${pkid}`),
  lines('a name behind', ({ pkid }) => `${pkid} Anna Svensson`),
  lines('ticked', ({ pkid }) => `✅ ${pkid}`),
  lines('quoted', ({ pkid }) => `"${pkid}"`),
  lines('bold', ({ pkid }) => `*${pkid}*`),
  lines('a serial number in front', ({ pkid, serial }) => `${serial} ${pkid}`, true),
  lines('a serial number behind', ({ pkid, serial }) => `${pkid} - ${serial}`, true),
  lines('serial number and model', ({ pkid, serial }) => `${serial} ThinkPad ${pkid}`, true),
  lines('labels in a row', ({ pkid, serial }) => `S/N ${serial}, PKID ${pkid}`, true),
  lines('labels in a row, PKID first', ({ pkid, serial }) => `PKID: ${pkid}, Serial: ${serial}`, true),
  lines('labels without marks', ({ pkid, serial }) => `Serial ${serial} PKID ${pkid}`, true),
  lines('an order number in each line', ({ pkid }, index) => `${pkid} 45000${12340 + index}`),
  below('below each other', ({ pkid, serial }) => [`Serial: ${serial}`, `PKID: ${pkid}`], 1),
  below('below each other, PKID first', ({ pkid, serial }) => [`PKID: ${pkid}`, `Serial: ${serial}`], 0),
  below('apart', ({ pkid, serial }) => [`Serial number: ${serial}`, `PKID: ${pkid}`, ''], 1),
  inOneLine('commas', ', '),
  inOneLine('bare commas', ','),
  inOneLine('semicolons', '; '),
  inOneLine('spaces', ' '),
  inOneLine('slashes', ' / '),
  inOneLine('pipes', ' | '),
  inOneLine('tabs', '\t'),
  { name: 'behind one label', write: (items) => paste(`PKIDs: ${pkidsOf(items).join(', ')}`, items, () => 1) },
  inPairs('two a line', ', '),
  inPairs('two a line, spaces', '  '),
  inPairs('two columns of cells', '\t'),
  {
    name: 'a message',
    write: (items) =>
      paste(
        `Hi,\nplease register these for Contoso:\n${pkidsOf(items).join('\n')}\n\nThanks\nAnna`,
        items,
        (at) => at + 3,
      ),
  },
  { name: 'under a label', write: (items) => paste(`PKIDs:\n\n${pkidsOf(items).join('\n')}`, items, (at) => at + 3) },
  headed('comma table', ','),
  headed('semicolon table', ';'),
  headed('tab table', '\t'),
  headed('pipe table', '|'),
  { name: 'one headed column', write: (items) => paste(['PKID', ...pkidsOf(items)].join('\n'), items, (at) => at + 2) },
  {
    name: 'columns without headings',
    showsGaps: true,
    write: (items) => paste(items.map(({ pkid, serial }) => `${serial};${pkid}`).join('\n'), items, (at) => at + 1),
  },
  { name: 'workbook', showsGaps: true, write: (items) => workbook([['Serial', 'PKID'], ...rowsOf(items)], items, 2) },
  {
    name: 'workbook of one column',
    write: (items) => workbook([['PKID'], ...items.map(({ pkid }) => [pkid])], items, 2),
  },
  {
    name: 'workbook without headings',
    write: (items) =>
      workbook(
        items.map(({ pkid }) => [pkid]),
        items,
        1,
      ),
  },
  { name: 'workbook of two columns', showsGaps: true, write: (items) => workbook(rowsOf(items), items, 1) },
  {
    name: 'HTML table',
    showsGaps: true,
    write: (items) => html([['Serial', 'PKID'], ...rowsOf(items)], items, 2),
  },
  {
    name: 'HTML cells',
    write: (items) =>
      html(
        items.map(({ pkid }) => [pkid]),
        items,
        1,
      ),
  },
];

const pkidsOf = (items: readonly Item[]) => items.map(({ pkid }) => pkid);
const rowsOf = (items: readonly Item[]) => items.map(({ pkid, serial }) => [serial, pkid]);

function paste(text: string, items: readonly Item[], rowOf: (index: number) => number): Written {
  return { input: { kind: 'text', source: 'pasted text', text }, rows: items.map((_, index) => rowOf(index)) };
}

function lines(name: string, line: (item: Item, index: number) => string, showsGaps = false): Shape {
  return { name, showsGaps, write: (items) => paste(items.map(line).join('\n'), items, (at) => at + 1) };
}

/** Several lines for each device; the one with the PKID is the `pkidLine`-th of them. */
function below(name: string, block: (item: Item) => readonly string[], pkidLine: number): Shape {
  return {
    name,
    showsGaps: true,
    write(items) {
      const blocks = items.map(block);
      const height = blocks[0]?.length ?? 1;
      return paste(blocks.flat().join('\n'), items, (at) => at * height + pkidLine + 1);
    },
  };
}

function inOneLine(name: string, mark: string): Shape {
  return { name: `in one line, ${name}`, write: (items) => paste(pkidsOf(items).join(mark), items, () => 1) };
}

function inPairs(name: string, mark: string): Shape {
  return {
    name,
    fewest: 5,
    write(items) {
      const all = pkidsOf(items);
      const pairs = all.flatMap((pkid, at) => (at % 2 === 0 ? [[pkid, ...all.slice(at + 1, at + 2)].join(mark)] : []));
      return paste(pairs.join('\n'), items, (at) => Math.floor(at / 2) + 1);
    },
  };
}

function headed(name: string, mark: string): Shape {
  return {
    name,
    showsGaps: true,
    write(items) {
      const rows = [['Serial number', 'Windows Product ID'], ...rowsOf(items)];
      return paste(rows.map((cells) => cells.join(mark)).join('\n'), items, (at) => at + 2);
    },
  };
}

function workbook(rows: readonly (readonly string[])[], items: readonly Item[], first: number): Written {
  const bytes = makeXlsx([{ name: 'Devices', rows }]);
  return { input: { kind: 'file', source: 'list.xlsx', bytes }, rows: items.map((_, at) => at + first) };
}

function html(rows: readonly (readonly string[])[], items: readonly Item[], first: number): Written {
  const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const input = { kind: 'text', source: 'pasted text', text: '', html: `<table>${cells}</table>` } as const;
  return { input, rows: items.map((_, at) => at + first) };
}
