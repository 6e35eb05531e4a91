import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { createListReader } from '../../../services/devices/intake/index.ts';
import { writeTable } from '../../../services/files/table-file.ts';
import { quietLog } from '../../contracts/test-databases.ts';

const HOSTILE = ['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '  =1', '|calc', '%x', '"quoted", and more', "it's", 'a\nb'];
const MORE_FORMULAS = [
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '−1',
  '\r=1',
  '\u0000=1',
  '\u200B=1',
  '\u00A0=1',
  '\uFEFF+1',
  '\n@x',
];
const NUMBERS = [
  '0003300000011',
  '12E5',
  '1e10',
  '3-4',
  '12/11',
  '0012',
  '3300000000028',
  '1,234,567',
  '5.10',
  '12:30',
];
const ROWS = [
  ['PKID', 'Text'],
  ['0003300000011', 'plain'],
  ...[...HOSTILE, ...MORE_FORMULAS].map((text) => ['3300000000028', text]),
];

describe('a table as a file', () => {
  it('keeps PKIDs as text in a workbook, and formulas as what they look like', async () => {
    const { sheets } = await readXlsx(await writeTable(ROWS, 'xlsx'));
    const rows = sheets[0]?.rows ?? [];
    expect(rows[1]?.[0]).toBe('0003300000011');
    for (const [index, text] of HOSTILE.entries()) {
      expect(rows[index + 2]?.map((cell) => typeof cell)).toEqual(['string', 'string']);
      expect(String(rows[index + 2]?.[1]).trim()).toBe(text.trim());
    }
  });

  it('begins no cell of a CSV file with what a spreadsheet takes for a formula', async () => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await writeTable(ROWS, 'csv'));
    expect(text.startsWith('\uFEFF')).toBe(true);
    const rows: string[][] = parse(text, { bom: true });
    expect(rows).toHaveLength(ROWS.length);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@|%＝＋－＠−]/u);
    expect(rows[1]?.[0]?.trim()).toBe('0003300000011');
  });

  it('marks as text in a CSV file what a spreadsheet would make another number or a date of', async () => {
    const text = new TextDecoder().decode(
      await writeTable(
        NUMBERS.map((number) => [number, '7', '4711']),
        'csv',
      ),
    );
    const rows: string[][] = parse(text, { bom: true });
    for (const [index, row] of rows.entries()) expect(row).toEqual([`\t${NUMBERS[index]}`, '7', '4711']);
  });

  it.each(['xlsx', 'csv'] as const)('is read back as the list it was: %s', async (format) => {
    const pkids = ['3300000000011', '0003300000035', '3300000000028'];
    const rows = [['PKID', 'Serial number'], ...pkids.map((pkid, index) => [pkid, `12E${index}`])];
    const reader = createListReader({ log: quietLog });
    try {
      const bytes = await writeTable(rows, format);
      const { devices, problems } = await reader.read({ kind: 'file', source: `list.${format}`, bytes });
      expect(devices.map(({ pkid, serial }) => [pkid, serial])).toEqual(
        pkids.map((pkid, index) => [pkid, `12E${index}`]),
      );
      expect(problems).toEqual([]);
    } finally {
      await reader.close();
    }
  });
});
