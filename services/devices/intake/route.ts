import type { ProblemKind } from '../device.ts';
import type { ListInput } from '../ports.ts';
import type { IntakeLimits } from './limits.ts';
import { isOpenDocument } from './read-file.ts';
import { type FileKind, sniff } from './sniff.ts';
import { isWorkbook } from './workbook/xlsx.ts';
import { ZipProblem, zipMembers } from './zip.ts';

/** Which kind of worker reads an input and how long it may take; or why none does. */
export type Route =
  | Readonly<{ to: 'thread' | 'process'; bytes: number; timeoutMs: number }>
  | Readonly<{ to: 'nowhere'; kind: ProblemKind; details: Readonly<Record<string, string | number>> }>;

/** Decides by content and size, at a cost that does not grow with the file. */
export function routeOf(input: ListInput, limits: IntakeLimits): Route {
  if (input.kind === 'text') {
    const bytes = 2 * (input.text.length + (input.html?.length ?? 0));
    return bytes > 2 * limits.fileBytes
      ? tooLarge(limits.fileBytes)
      : { to: 'thread', bytes, timeoutMs: limits.textMs };
  }
  const kind = sniff(input.bytes);
  const most = kind === 'picture' || kind === 'heic' ? limits.pictureBytes : limits.fileBytes;
  const bytes = input.bytes.byteLength;
  if (bytes > most) return tooLarge(most);
  if (kind === 'zip') return zipRoute(input.bytes, limits);
  return { ...laneOf(kind, limits), bytes };
}

function tooLarge(limit: number): Route {
  return { to: 'nowhere', kind: 'too_large', details: { what: 'bytes', limit } };
}

function laneOf(kind: FileKind, limits: IntakeLimits): { to: 'thread' | 'process'; timeoutMs: number } {
  if (kind === 'picture' || kind === 'heic') return { to: 'process', timeoutMs: limits.pictureMs };
  if (kind === 'pdf') return { to: 'process', timeoutMs: limits.pdfMs };
  return { to: 'thread', timeoutMs: limits.tableMs };
}

/** Workbooks are tables; other archives may hold pictures. */
function zipRoute(zip: Uint8Array, limits: IntakeLimits): Route {
  const bytes = zip.byteLength;
  try {
    const members = zipMembers(zip, limits.archiveMembers);
    const isTable = isWorkbook(members) || isOpenDocument(members);
    return isTable
      ? { to: 'thread', bytes, timeoutMs: limits.tableMs }
      : { to: 'process', bytes, timeoutMs: limits.archiveMs };
  } catch (error) {
    return { to: 'nowhere', kind: error instanceof ZipProblem ? error.kind : 'unreadable', details: {} };
  }
}
