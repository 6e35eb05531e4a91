import { readHtml } from './html/read-html.ts';
import type { IntakeLimits } from './limits.ts';
import type { ListBuilder } from './list-builder.ts';
import { sniff } from './sniff.ts';
import { decodeText } from './text/encoding.ts';
import { readText } from './text/read-text.ts';
import { isWorkbook, readXlsx } from './workbook/xlsx.ts';
import { createUnpacker, type ZipMember, ZipProblem, zipMembers } from './zip.ts';

/**
 * Reads one file by its content. Readers of formats that need a library load it when the first such file comes, so that
 * a worker which only ever sees tables stays small. Never throws for content.
 */
export async function readFile(
  bytes: Uint8Array,
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
  depth = 0,
): Promise<void> {
  try {
    await readByKind(bytes, source, list, limits, depth);
  } catch (error) {
    list.from(source);
    list.problem(0, error instanceof ZipProblem ? error.kind : 'unreadable');
  }
}

async function readByKind(
  bytes: Uint8Array,
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
  depth: number,
): Promise<void> {
  switch (sniff(bytes)) {
    case 'text':
      return readText(decodeText(bytes), list, limits);
    case 'html':
      return readHtml(decodeText(bytes), list, limits);
    case 'zip':
      return readZip(bytes, source, list, limits, depth);
    case 'ole': {
      const { readOle } = await import('./workbook/legacy-workbook.ts');
      return readOle(bytes, source, list, limits);
    }
    case 'pdf': {
      const { readPdf } = await import('./pdf/read-pdf.ts');
      return readPdf(bytes, source, list, limits);
    }
    case 'picture':
    case 'heic': {
      const { readPicture } = await import('./picture/read-picture.ts');
      return readPicture(bytes, list, limits);
    }
    case 'empty':
      return list.problem(0, 'no_devices_found');
    default:
      return list.problem(0, 'unsupported_type');
  }
}

async function readZip(
  bytes: Uint8Array,
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
  depth: number,
): Promise<void> {
  const members = zipMembers(bytes, limits.archiveMembers);
  if (isWorkbook(members)) return readXlsx(members, source, list, limits);
  if (members.some(({ name }) => /(?:^|\/)workbook\.bin$/.test(name) || /^(?:word|ppt)\//.test(name))) {
    return list.problem(0, 'unsupported_type');
  }
  if (isOpenDocument(members)) {
    const { readOds } = await import('./workbook/legacy-workbook.ts');
    return readOds(bytes, members, source, list, limits);
  }
  if (depth > 0) return list.problem(0, 'nested_archive');
  await readMembers(members, source, list, limits);
}

/** True for an ODS spreadsheet: its first part says so. */
export function isOpenDocument(members: readonly ZipMember[]): boolean {
  return members.some(({ name }) => name === 'content.xml') && members.some(({ name }) => name === 'mimetype');
}

/** Reads the files of an archive one after another; a bad one costs itself only. */
async function readMembers(
  members: readonly ZipMember[],
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
): Promise<void> {
  const unpacker = createUnpacker(limits);
  for (const member of members) {
    if (isByproduct(member.name)) continue;
    const name = `${source} › ${member.name}`;
    list.from(name);
    try {
      const before = list.size;
      await readFile(unpacker.unpack(member), name, list, limits, 1);
      if (list.size === before) list.problem(0, 'no_devices_found');
    } catch (error) {
      list.problem(0, error instanceof ZipProblem ? error.kind : 'unreadable');
      if (error instanceof ZipProblem && error.kind === 'decompression_bomb') break;
    }
  }
  list.from(source);
}

/** What archivers add by themselves. */
function isByproduct(name: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i.test(name);
}
