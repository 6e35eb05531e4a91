import {
  type CellValue,
  EncryptedFileError,
  readOds as openOds,
  readXls as openXls,
  type Sheet,
  type Workbook,
} from 'hucre';
import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { createTableReader } from '../table/table-reader.ts';
import { createUnpacker, type ZipMember } from '../zip.ts';

/** Reads an OLE file: an XLS workbook, or what Office makes of a workbook with a password. */
export async function readOle(
  bytes: Uint8Array,
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
): Promise<void> {
  if (isEncryptedPackage(bytes)) return list.problem(0, 'encrypted');
  if (!hasName(bytes, 'Workbook') && !hasName(bytes, 'Book')) return list.problem(0, 'unsupported_type');
  await readSheets(() => openXls(bytes, { maxRows: limits.rows + 1 }), source, list, limits);
}

/**
 * Reads an ODS spreadsheet. Its parts are unpacked once by us first, because that is where bombs show.
 *
 * @throws ZipProblem when a part is encrypted, damaged or a bomb.
 */
export async function readOds(
  bytes: Uint8Array,
  members: readonly ZipMember[],
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
): Promise<void> {
  const unpacker = createUnpacker(limits);
  const parts = new Map(members.map((member) => [member.name, unpacker.unpack(member)]));
  if (!parts.get('mimetype')?.toString('latin1').includes('spreadsheet')) return list.problem(0, 'unsupported_type');
  if (parts.get('META-INF/manifest.xml')?.includes('encryption-data')) return list.problem(0, 'encrypted');
  const content = parts.get('content.xml')?.toString('utf8') ?? '';
  const hidden = hiddenRows(content);
  await readSheets(() => openOds(bytes, { maxRows: limits.rows + 1 }), source, list, limits, hidden);
}

type HiddenRows = ReadonlyMap<string, ReadonlySet<number>>;

async function readSheets(
  open: () => Promise<Workbook>,
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
  hiddenBySheet: HiddenRows = new Map(),
): Promise<void> {
  try {
    const { sheets } = await open();
    for (const sheet of sheets) {
      list.from(sheets.length > 1 ? `${source}, ${sheet.name}` : source);
      readSheet(sheet, list, limits, hiddenBySheet.get(sheet.name));
    }
    list.from(source);
  } catch (error) {
    list.from(source);
    list.problem(0, error instanceof EncryptedFileError ? 'encrypted' : 'unreadable');
  }
}

function readSheet(
  sheet: Sheet,
  list: ListBuilder,
  limits: IntakeLimits,
  hiddenRows: ReadonlySet<number> = new Set(),
): void {
  const before = list.size;
  const isHidden = sheet.hidden === true || sheet.veryHidden === true;
  const table = createTableReader(list, limits);
  sheet.rows.forEach((cells, index) => {
    const hidden = isHidden || sheet.rowDefs?.get(index)?.hidden === true || hiddenRows.has(index);
    if (cells.some((cell) => cell !== null && cell !== ''))
      table.row(cells.map(cellText), index + 1, hidden ? { hidden } : {});
  });
  table.end();
  if (isHidden && list.size > before) list.problem(0, 'hidden_data', { value: sheet.name });
}

/** Thirteen digits fit a number exactly, so nothing is lost here that the file had. */
function cellText(cell: CellValue): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}

/** Rows of an ODS sheet that are hidden or filtered away, which the library does not tell; repeated rows count. */
function hiddenRows(content: string): HiddenRows {
  const sheets = new Map<string, Set<number>>();
  let rows = new Set<number>();
  let index = 0;
  for (const [tag] of content.matchAll(/<table:table(?:-row)?[ >][^>]{0,400}/g)) {
    if (!tag.startsWith('<table:table-row')) {
      rows = new Set();
      index = 0;
      sheets.set(/table:name="([^"]*)"/.exec(tag)?.[1] ?? '', rows);
      continue;
    }
    const repeated = Math.min(Number(/number-rows-repeated="(\d+)"/.exec(tag)?.[1] ?? 1), 1_048_576);
    if (/table:visibility="(?:collapse|filter)"/.test(tag) && repeated < 1_000) {
      for (let more = 0; more < repeated; more++) rows.add(index + more);
    }
    index += repeated;
  }
  return sheets;
}

/** Names in an OLE directory are UTF-16. */
function hasName(bytes: Uint8Array, name: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.includes(Buffer.from(name, 'utf16le'));
}

function isEncryptedPackage(bytes: Uint8Array): boolean {
  return hasName(bytes, 'EncryptedPackage');
}
