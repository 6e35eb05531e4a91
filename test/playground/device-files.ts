import { writeXlsx } from 'hucre';

const HEADINGS = ['Device Serial Number', 'Windows Product ID', 'Hardware Hash'];

/** A list as Autopilot's own CSV template has it. */
export function csvOf(pkids: readonly string[]): Uint8Array {
  return Buffer.from([HEADINGS.join(','), ...pkids.map((pkid) => `,${pkid},`), ''].join('\r\n'));
}

/** The same list as an Excel workbook, with the PKIDs as text. */
export function xlsxOf(pkids: readonly string[]): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: 'Devices', rows: [HEADINGS, ...pkids.map((pkid) => ['', pkid, ''])] }] });
}
