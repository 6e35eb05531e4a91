import { strToU8, zipSync } from 'fflate';

/** One cell: a text, or what exactly the file is to say. */
export type CellSpec =
  | string
  | Readonly<{ number: string; style?: number }>
  | Readonly<{ formula: string; value?: string }>
  | Readonly<{ error: string }>
  | Readonly<{ inline: string }>
  | Readonly<{ rich: readonly string[]; phonetic?: string }>
  | null;
export type SheetSpec = Readonly<{
  name: string;
  rows: readonly (readonly CellSpec[])[];
  state?: 'hidden' | 'veryHidden';
  hiddenRows?: readonly number[];
  /** What stands before the rows, such as `<cols>`. */
  head?: string;
}>;
export type WorkbookOptions = Readonly<{
  /** Prefix of every element, as some writers have it. */
  prefix?: string;
  /** Leaves the cell references out, which is legal. */
  withoutRefs?: boolean;
  extra?: Readonly<Record<string, Uint8Array>>;
}>;

/** The number format `0000000000000` has style 1. */
export const THIRTEEN_DIGITS = 1;

/** Writes an XLSX file of exactly the parts that are asked for, right or wrong. */
export function makeXlsx(
  sheets: readonly SheetSpec[],
  { prefix = '', withoutRefs = false, extra = {} }: WorkbookOptions = {},
): Uint8Array {
  const strings: string[] = [];
  const x = prefix === '' ? '' : `${prefix}:`;
  const ns = `xmlns${prefix === '' ? '' : `:${prefix}`}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`;
  const parts: Record<string, Uint8Array> = { ...extra };
  sheets.forEach((sheet, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = strToU8(sheetXml(sheet, x, ns, withoutRefs, strings));
  });
  parts['xl/sharedStrings.xml'] = strToU8(`<?xml version="1.0"?><${x}sst ${ns}>${strings.join('')}</${x}sst>`);
  parts['xl/styles.xml'] = strToU8(
    `<${x}styleSheet ${ns}><${x}numFmts count="1"><${x}numFmt numFmtId="164" formatCode="0000000000000"/></${x}numFmts><${x}cellStyleXfs><${x}xf numFmtId="0"/></${x}cellStyleXfs><${x}cellXfs><${x}xf numFmtId="0"/><${x}xf numFmtId="164"/></${x}cellXfs></${x}styleSheet>`,
  );
  const entries = sheets.map(
    ({ name, state }, i) =>
      `<${x}sheet name="${escaped(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  );
  parts['xl/workbook.xml'] = strToU8(
    `<?xml version="1.0"?><${x}workbook ${ns} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><${x}sheets>${entries.join('')}</${x}sheets></${x}workbook>`,
  );
  const type = (name: string) => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`;
  const relations = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${type('worksheet')}" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  relations.push(
    `<Relationship Id="rId90" Type="${type('sharedStrings')}" Target="sharedStrings.xml"/>`,
    `<Relationship Id="rId91" Type="${type('styles')}" Target="styles.xml"/>`,
  );
  parts['xl/_rels/workbook.xml.rels'] = strToU8(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`,
  );
  parts['[Content_Types].xml'] = strToU8('<Types/>');
  return zipSync(parts, { level: 6 });
}

function sheetXml(sheet: SheetSpec, x: string, ns: string, withoutRefs: boolean, strings: string[]): string {
  const rows = sheet.rows.map((cells, at) => {
    const row = at + 1;
    const hidden = sheet.hiddenRows?.includes(row) ? ' hidden="1"' : '';
    const inside = cells
      .map((cell, column) => cellXml(cell, x, withoutRefs ? '' : ` r="${letters(column)}${row}"`, strings, withoutRefs))
      .join('');
    return `<${x}row${withoutRefs ? '' : ` r="${row}"`}${hidden}>${inside}</${x}row>`;
  });
  return `<?xml version="1.0"?><${x}worksheet ${ns}>${sheet.head ?? ''}<${x}sheetData>${rows.join('')}</${x}sheetData></${x}worksheet>`;
}

function cellXml(cell: CellSpec, x: string, ref: string, strings: string[], keepEmpty: boolean): string {
  if (cell === null) return keepEmpty ? `<${x}c/>` : '';
  if (typeof cell === 'string')
    return `<${x}c${ref} t="s"><${x}v>${strings.push(`<${x}si><${x}t>${escaped(cell)}</${x}t></${x}si>`) - 1}</${x}v></${x}c>`;
  if ('number' in cell)
    return `<${x}c${ref}${cell.style === undefined ? '' : ` s="${cell.style}"`}><${x}v>${cell.number}</${x}v></${x}c>`;
  if ('error' in cell) return `<${x}c${ref} t="e"><${x}v>${cell.error}</${x}v></${x}c>`;
  if ('inline' in cell)
    return `<${x}c${ref} t="inlineStr"><${x}is><${x}t>${escaped(cell.inline)}</${x}t></${x}is></${x}c>`;
  if ('formula' in cell)
    return `<${x}c${ref} t="str"><${x}f>${escaped(cell.formula)}</${x}f>${cell.value === undefined ? '' : `<${x}v>${escaped(cell.value)}</${x}v>`}</${x}c>`;
  const runs = cell.rich.map((run) => `<${x}r><${x}t>${escaped(run)}</${x}t></${x}r>`).join('');
  const spoken = cell.phonetic === undefined ? '' : `<${x}rPh sb="0" eb="1"><${x}t>${cell.phonetic}</${x}t></${x}rPh>`;
  return `<${x}c${ref} t="s"><${x}v>${strings.push(`<${x}si>${runs}${spoken}</${x}si>`) - 1}</${x}v></${x}c>`;
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
