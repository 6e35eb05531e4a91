import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { sharedStrings } from '../../services/devices/intake/workbook/shared-strings.ts';
import { eachSheetRow } from '../../services/devices/intake/workbook/sheet.ts';
import { createUnpacker, zipMembers } from '../../services/devices/intake/zip.ts';
import { makeXlsx } from './make/workbook.ts';

function rowsOf(bytes: Uint8Array): string[][] {
  const members = zipMembers(bytes, 200);
  const unpacker = createUnpacker(DEFAULT_LIMITS);
  const part = (name: string) => {
    const member = members.find((candidate) => candidate.name === name);
    return member ? unpacker.unpack(member) : Buffer.alloc(0);
  };
  const rows: string[][] = [];
  const context = { strings: sharedStrings(part('xl/sharedStrings.xml')), zeroPadding: [], maxColumns: 64 };
  eachSheetRow(part('xl/worksheets/sheet1.xml'), context, ({ cells }) => {
    rows.push([...cells]);
    return true;
  });
  return rows;
}

describe('reading worksheets', () => {
  it('agrees with read-excel-file on well-formed workbooks', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'Z', '1', '&', '<', '>', '"', 'é', 'מ', '製'),
      minLength: 1,
      maxLength: 8,
    });
    const rows = fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const bytes = makeXlsx([{ name: 'S', rows: table }]);
        const [sheet] = await readExcelFile(Buffer.from(bytes));
        expect(rowsOf(bytes)).toEqual(sheet?.data.map((cells) => cells.map((cell) => cell ?? '')));
        expect(rowsOf(bytes)).toEqual(table);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a number as it is stored', () => {
    expect(rowsOf(makeXlsx([{ name: 'S', rows: [[{ number: '3.30512E+12' }, { number: '3305123456789' }]] }]))).toEqual(
      [['3.30512E+12', '3305123456789']],
    );
  });

  it('reads two cells at the far ends of a sheet without filling the space between', () => {
    const xml =
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v>b</v></c></row></sheetData></worksheet>';
    const rows: unknown[] = [];
    eachSheetRow(Buffer.from(xml), { strings: [], zeroPadding: [], maxColumns: 64 }, (row) => {
      rows.push(row.cells);
      return true;
    });
    expect(rows).toEqual([['a']]);
  });

  it('gets through a sheet whose tags never close', () => {
    const xml = `<worksheet><sheetData>${'<row><c><v>'.repeat(50_000)}`;
    let count = 0;
    eachSheetRow(Buffer.from(xml), { strings: [], zeroPadding: [], maxColumns: 64 }, () => ++count < 100_000);
    expect(count).toBeLessThanOrEqual(50_000);
  });
});
