import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachRow } from '../../services/devices/intake/text/delimited.ts';

type Row = { cells: string[]; line: number; damaged: boolean };

function cut(text: string, delimiter: string | undefined = ','): Row[] {
  const rows: Row[] = [];
  eachRow(text, { delimiter }, (cells, line, damaged) => {
    rows.push({ cells: [...cells], line, damaged });
    return true;
  });
  return rows;
}

const cells = (text: string, delimiter?: string) => cut(text, delimiter).map((row) => row.cells);

describe('cutting delimited text', () => {
  it.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\re,f\n',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    [
      'a,,\n,b',
      [
        ['a', '', ''],
        ['', 'b'],
      ],
    ],
    ['"a,b",c', [['a,b', 'c']]],
    ['"a""b",c', [['a"b', 'c']]],
    ['"a" , "b"', [['a', 'b']]],
    ['5" screen,b', [['5" screen', 'b']]],
    ['"",""', [['', '']]],
    ['', []],
  ])('cuts %j', (text, rows) => expect(cells(text)).toEqual(rows));

  it('numbers rows by the line they begin on', () => {
    expect(cut('a\n\n"x\ny",b\nc').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('loses one row only to a quote that never closes', () => {
    expect(cut('a,b\n"c,d\ne,f')).toEqual([
      { cells: ['a', 'b'], line: 1, damaged: false },
      { cells: ['"c', 'd'], line: 2, damaged: true },
      { cells: ['e', 'f'], line: 3, damaged: false },
    ]);
  });

  it('stops when it is told to', () => {
    let count = 0;
    eachRow('a\nb\nc', { delimiter: ',' }, () => ++count < 2);
    expect(count).toBe(2);
  });

  it.each([',', ';', '\t', '|'])('agrees with csv-parse on well-formed text cut at %j', (delimiter) => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '1', ' ', '"', ',', ';', '\t', '|', '\n', 'é'), maxLength: 6 })
      .map((text) => `"${text.replaceAll('"', '""')}"`);
    const plain = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    const rows = fc.array(fc.array(fc.oneof(cell, plain), { minLength: 2, maxLength: 5 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
        const text = table.map((row) => row.join(delimiter)).join(end);
        expect(cells(text, delimiter)).toEqual(
          parse(text, { delimiter, relax_column_count: true, record_delimiter: end }),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['quotes', '"'.repeat(500_000)],
    ['quotes and line ends', '"\n'.repeat(250_000)],
    ['commas', ','.repeat(500_000)],
    ['open quotes', ',"x'.repeat(150_000)],
    ['one long line', 'x'.repeat(1_000_000)],
  ])('gets through a file of nothing but %s', (_, text) => {
    expect(cut(text).length).toBeGreaterThan(0);
  });
});
