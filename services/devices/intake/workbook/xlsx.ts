import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { createTableReader } from '../table/table-reader.ts';
import { createUnpacker, type ZipMember, ZipProblem } from '../zip.ts';
import type { SheetContext } from './cell-value.ts';
import { sharedStrings } from './shared-strings.ts';
import { eachSheetRow, hiddenColumns } from './sheet.ts';
import { relationTargets, type SheetEntry, sheetEntries, zeroPadding } from './workbook.ts';

/** True for the members of an Excel workbook (XLSX, XLSM), whatever the file is called. */
export function isWorkbook(members: readonly ZipMember[]): boolean {
  return (
    members.some(({ name }) => /(?:^|\/)workbook\d*\.xml$/.test(name)) &&
    members.some(({ name }) => name === '[Content_Types].xml')
  );
}

/**
 * Reads every sheet of a workbook into the list; rows are numbered as Excel numbers them. Sheets, rows and columns a person
 * does not see are read too, and every device in them asks for a yes.
 *
 * @throws ZipProblem when a part is damaged, encrypted or a bomb.
 */
export function readXlsx(members: readonly ZipMember[], source: string, list: ListBuilder, limits: IntakeLimits): void {
  const unpacker = createUnpacker(limits);
  const part = (name: string | undefined) => {
    const member = members.find((candidate) => candidate.name === name);
    return member ? unpacker.unpack(member) : Buffer.alloc(0);
  };
  const smallPart = (name: string | undefined) => part(name).toString('utf8');
  const main = members.find(({ name }) => /(?:^|\/)workbook\d*\.xml$/.test(name))?.name ?? '';
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const sheets = sheetEntries(smallPart(main));
  const targets = relationTargets(smallPart(`${folder}_rels/${main.slice(folder.length)}.rels`));
  const context: SheetContext = {
    strings: sharedStrings(part(partNamed(members, /(?:^|\/)sharedStrings\d*\.xml$/))),
    zeroPadding: zeroPadding(smallPart(partNamed(members, /(?:^|\/)styles\d*\.xml$/))),
    maxColumns: limits.columns,
  };
  if (sheets.length === 0) throw new ZipProblem('unreadable', 'no sheets');
  for (const sheet of sheets) {
    const name = resolved(folder, targets.get(sheet.relation) ?? '');
    list.from(sheets.length > 1 ? `${source}, ${sheet.name}` : source);
    readSheet(part(name), sheet, context, list, limits);
  }
  list.from(source);
}

function partNamed(members: readonly ZipMember[], pattern: RegExp): string | undefined {
  return members.find(({ name }) => pattern.test(name))?.name;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  return folder + target.replace(/^\.\//, '');
}

function readSheet(
  xml: Buffer,
  sheet: SheetEntry,
  context: SheetContext,
  list: ListBuilder,
  limits: IntakeLimits,
): void {
  const before = list.size;
  const table = createTableReader(list, limits, hiddenColumns(xml, limits.columns));
  eachSheetRow(xml, context, ({ cells, row, hidden, notes }) => {
    const isHidden = hidden || sheet.hidden;
    if (!isHidden && !notes) return table.row(cells, row);
    return table.row(cells, row, { ...(isHidden && { hidden: true }), ...(notes && { cells: notes }) });
  });
  table.end();
  if (sheet.hidden && list.size > before) list.problem(0, 'hidden_data', { value: sheet.name });
}
