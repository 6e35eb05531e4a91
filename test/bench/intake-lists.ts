import { strToU8, zipSync } from 'fflate';
import { DEFAULT_LIMITS, type IntakeLimits } from '../../services/devices/intake/limits.ts';
import { createRandom } from '../intake/make/random.ts';

/** For sizes beyond what the product takes in. */
export const WIDE_OPEN: IntakeLimits = {
  ...DEFAULT_LIMITS,
  rows: 2_000_000,
  devices: 2_000_000,
  fileBytes: 400_000_000,
  heldBytes: 800_000_000,
  archiveBytes: 800_000_000,
  tableMs: 120_000,
  workerHeapMb: 4_096,
};

/** A delivery list of five columns as CSV, about 60 bytes a row. */
export function csvOf(rows: number): Buffer {
  const random = createRandom(5);
  const lines = ['Serial Number,PKID,Manufacturer,Model,Order'];
  for (let row = 0; row < rows; row++)
    lines.push(`${random.serial()},${pkidOf(row)},LENOVO,20XW0000GE,PO-${4_500_000 + row}`);
  return Buffer.from(lines.join('\r\n'));
}

/** Different in every row, and none of them doubtful. */
function pkidOf(row: number): string {
  return `33${String(row * 7919 + 10_000_000_001).slice(-11)}`.replace(/0{5}$/, '00011');
}

/** The same list as a workbook: texts by number, as Excel writes them. */
export function xlsxOf(rows: number): Uint8Array {
  const random = createRandom(5);
  const strings: string[] = [];
  const text = (value: string) => strings.push(`<si><t>${value}</t></si>`) - 1;
  const [maker, model] = [text('LENOVO'), text('20XW0000GE')];
  const head = ['Serial Number', 'PKID', 'Manufacturer', 'Model', 'Order']
    .map((value, at) => cell(at, 1, text(value)))
    .join('');
  const parts = [`<row r="1">${head}</row>`];
  for (let row = 0; row < rows; row++) {
    const at = row + 2;
    const number = `<c r="B${at}"><v>${pkidOf(row)}</v></c>`;
    const order = `<c r="E${at}"><v>${4_500_000 + row}</v></c>`;
    parts.push(
      `<row r="${at}" spans="1:5">${cell(0, at, text(random.serial()))}${number}${cell(2, at, maker)}${cell(3, at, model)}${order}</row>`,
    );
  }
  return zipSync(workbookParts(parts.join(''), strings), { level: 6 });
}

function cell(column: number, row: number, string: number): string {
  return `<c r="${'ABCDE'[column]}${row}" s="0" t="s"><v>${string}</v></c>`;
}

function workbookParts(rows: string, strings: readonly string[]): Record<string, Uint8Array> {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const target = (id: number, type: string, path: string) =>
    `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${path}"/>`;
  return {
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${target(1, 'worksheet', 'worksheets/sheet1.xml')}${target(2, 'sharedStrings', 'sharedStrings.xml')}${target(3, 'styles', 'styles.xml')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8(`<styleSheet ${main}><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst ${main}>${strings.join('')}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`),
  };
}
