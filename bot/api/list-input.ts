import type { z } from 'zod';
import type { ListInput } from '../../services/devices/ports.ts';
import type { listShape } from './shapes.ts';

/** What a list is called that came without a name. */
const SOURCE = 'HTTP API';

/**
 * Hands a list from JSON to the same reader as everything else. Devices one by one become the table Partner Center
 * would take, so that no second set of rules can grow here; their first row is 2, below the headings.
 */
export function listInputOf(list: z.output<typeof listShape>): ListInput {
  const source = list.name || SOURCE;
  if ('text' in list) return { kind: 'text', source, text: list.text };
  const rows = list.devices.map((device) => COLUMNS.map(([member]) => quoted(device[member] ?? '')).join(','));
  const table = [COLUMNS.map(([, heading]) => heading).join(','), ...rows].join('\r\n');
  return { kind: 'file', source, bytes: Buffer.from(table) };
}

/** @see Partner Center: CSV file for device batches, column headings */
const COLUMNS = [
  ['serial', 'Device Serial Number'],
  ['pkid', 'Windows Product ID'],
  ['hash', 'Hardware Hash'],
  ['manufacturer', 'Manufacturer name'],
  ['model', 'Device model'],
] as const;

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
