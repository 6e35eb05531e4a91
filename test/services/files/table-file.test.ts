import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { writeTable } from '../../../services/files/table-file.ts';

const HOSTILE = ['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '  =1', '|calc', '%x', '"quoted", and more', "it's", 'a\nb'];
const ROWS = [['PKID', 'Text'], ['0003300000011', 'plain'], ...HOSTILE.map((text) => ['3300000000028', text])];

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
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@|%]/);
    expect(rows[1]?.[0]?.trim()).toBe('0003300000011');
  });
});
