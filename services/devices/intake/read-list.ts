import type { DeviceList, ProblemKind } from '../device.ts';
import type { ListInput } from '../ports.ts';
import { hasTable, readHtml } from './html/read-html.ts';
import type { IntakeLimits } from './limits.ts';
import { createListBuilder, type ListBuilder } from './list-builder.ts';
import { readFile } from './read-file.ts';
import { readText } from './text/read-text.ts';

type TextInput = Extract<ListInput, { kind: 'text' }>;

/** Reads anything a rep hands over. This is what workers run; nothing in it knows of threads, chats or the network. */
export async function readList(input: ListInput, limits: IntakeLimits): Promise<DeviceList> {
  if (input.kind === 'text') return readPaste(input, limits);
  const list = createListBuilder(limits);
  list.from(input.source);
  await readFile(input.bytes, input.source, list, limits);
  return finished(list, input.source);
}

/** Reads a paste; Teams' rich form wins where it has a table, because the plain text loses empty cells. */
export function readPaste({ source, text, html }: TextInput, limits: IntakeLimits): DeviceList {
  const list = createListBuilder(limits);
  list.from(source);
  if (html !== undefined && (hasTable(html) || text.trim() === '')) readHtml(html, list, limits);
  else readText(text, list, limits);
  return finished(list, source);
}

/** A list that was not read at all, and why. */
export function refusedList(
  source: string,
  kind: ProblemKind,
  details: Readonly<Record<string, string | number>> = {},
): DeviceList {
  return { devices: [], problems: [{ source, row: 0, kind, details }] };
}

function finished(list: ListBuilder, source: string): DeviceList {
  const { devices, problems } = list.build();
  if (devices.length > 0 || problems.length > 0) return { devices, problems };
  return refusedList(source, 'no_devices_found');
}
