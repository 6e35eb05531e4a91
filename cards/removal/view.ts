import type { RemovalCounts, RemovalDeviceState, RemovalState } from '../../services/removals/removal.ts';
import type { Pages } from '../paging.ts';

export type RemovalStateName = RemovalState;

/** One device of a removal; why it was not removed is already in words. */
export type RemovalDeviceRow = Readonly<{
  identifier: string;
  state: RemovalDeviceState;
  batchName?: string;
  reason?: string;
}>;

export type RemovalView = Pages &
  Readonly<{
    removalId: string;
    /** Who reads: the one who asks, or somebody who may confirm. */
    audience: 'rep' | 'remover';
    state: RemovalStateName;
    customer: Readonly<{ name: string; domain: string }>;
    requestedBy: string;
    decidedBy?: string;
    decidedAt?: Date;
    reason?: string;
    expiresAt?: Date;
    counts: RemovalCounts;
    /** The fullest batches the devices are in. */
    batches: readonly Readonly<{ name: string; devices: number }>[];
    /** This page of the devices, what needs a look first. */
    devices: readonly RemovalDeviceRow[];
    /** What was wrong with the press that this card answers. */
    problem?: string;
  }>;

/** Devices that are to be removed, or were: those Partner Center does not list are left alone. */
export function subject(counts: RemovalCounts): number {
  return counts.total - counts.absent - counts.unchecked;
}
