import type { Status } from '../facts.ts';
import { bare, inDirection } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import type { RemovalDeviceRow, RemovalStateName } from './view.ts';

type Outcome = RemovalDeviceRow['state'] | 'kept';

const SIGNS: Readonly<Record<Outcome, { sign: string; color: Status['color'] }>> = {
  unchecked: { sign: '?', color: 'Warning' },
  found: { sign: '○', color: 'Accent' },
  absent: { sign: '–', color: 'Default' },
  waiting: { sign: '○', color: 'Accent' },
  removing: { sign: '○', color: 'Accent' },
  checking: { sign: '?', color: 'Warning' },
  removed: { sign: '✓', color: 'Good' },
  gone: { sign: '✓', color: 'Good' },
  failed: { sign: '✕', color: 'Attention' },
  unknown: { sign: '?', color: 'Warning' },
  kept: { sign: '–', color: 'Default' },
};

/** Ended before anything was removed. */
const UNDONE: ReadonlySet<RemovalStateName> = new Set(['refused', 'expired', 'withdrawn', 'cancelled']);

/** One row of a removal: the device, what becomes of it, the batch it is in, and why where it was not removed. */
export function deviceRow(row: RemovalDeviceRow, removal: RemovalStateName, wording: Wording) {
  const { identifier, batchName, reason } = row;
  const state: Outcome = UNDONE.has(removal) && row.state !== 'absent' ? 'kept' : row.state;
  const { sign, color } = SIGNS[state];
  return {
    identifier: inDirection(bare(identifier, 120), wording.rtl),
    outcome: `${sign} ${wording.say(`removal.device.${state}`)}  `,
    color,
    batch: batchName ? [{ text: `  ${inDirection(bare(batchName, 60), wording.rtl)}` }] : [],
    reasons: reason ? [{ text: bare(reason, 300) }] : [],
  };
}
