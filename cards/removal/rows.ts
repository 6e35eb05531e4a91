import type { Status } from '../facts.ts';
import { bare, inDirection } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import type { RemovalDeviceRow } from './view.ts';

const SIGNS: Readonly<Record<RemovalDeviceRow['state'], { sign: string; color: Status['color'] }>> = {
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
};

/** One row of a removal: the device, what becomes of it, the batch it is in, and why where it was not removed. */
export function deviceRow({ identifier, state, batchName, reason }: RemovalDeviceRow, wording: Wording) {
  const { sign, color } = SIGNS[state];
  return {
    identifier: inDirection(bare(identifier, 120), wording.rtl),
    outcome: `${sign} ${wording.say(`removal.device.${state}`)}  `,
    color,
    batch: batchName ? [{ text: `  ${inDirection(bare(batchName, 60), wording.rtl)}` }] : [],
    reasons: reason ? [{ text: bare(reason, 300) }] : [],
  };
}
