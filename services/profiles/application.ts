import type { Upload, UploadState } from '../devices/batch.ts';
import type { DeviceResult, RegisteredDevice } from '../devices/ports.ts';
import type { BatchId, Person } from '../identity.ts';
import type { WriteIds } from './ports.ts';

/** The profile a rep chose, with the name it had then. */
export type ChosenProfile = Readonly<{ id: string; name: string }>;

/** Applies one profile to some devices of a batch: one PATCH, whose ids are fixed before it is sent. */
export type ProfileApplication = WriteIds &
  Pick<Upload, 'attempts' | 'looks' | 'firstSentAt' | 'sentAt' | 'trackingId' | 'problem' | 'step'> &
  Readonly<{
    id: string;
    batchId: BatchId;
    profile: ChosenProfile;
    requestedBy: Person;
    state: UploadState;
    createdAt: Date;
  }>;

/** `applied`: Partner Center has it so. `unknown`: it never said, and does not show it. */
export const OUTCOME_STATES = ['pending', 'applied', 'failed', 'unknown'] as const;
export type OutcomeState = (typeof OUTCOME_STATES)[number];

/** What became of one device. `NoDeviceId` and `NotSent` are error names of ours, the others are Autopilot's. */
export type ProfileOutcome = Readonly<{
  position: number;
  deviceId?: string;
  state: OutcomeState;
  errorCode?: string;
  errorName?: string;
}>;

/** True when nothing about the application will change by itself any more. */
export function isOver(state: UploadState): boolean {
  return state === 'finished' || state === 'failed' || state === 'needs-human';
}

/**
 * Reads the status of the job by device id; what is not told yet stays out. Words without an id are about the devices
 * that are left, where there are as many of them and all say the same.
 */
export function outcomesFromStatus(
  devices: readonly ProfileOutcome[],
  told: readonly DeviceResult[],
): readonly ProfileOutcome[] {
  const byId = new Map(told.flatMap((word) => (word.deviceId ? [[word.deviceId.toLowerCase(), word] as const] : [])));
  const named = ({ deviceId = '' }: ProfileOutcome) => byId.get(deviceId.toLowerCase());
  const anonymous = told.filter(({ deviceId }) => !deviceId);
  const left = devices.filter((device) => !named(device)).length;
  const isSame = anonymous.every(
    ({ state, errorName }) => state === anonymous[0]?.state && errorName === anonymous[0]?.errorName,
  );
  const common = anonymous.length === left && isSame ? anonymous[0] : undefined;
  return devices.flatMap((device): ProfileOutcome[] => {
    const word = named(device) ?? common;
    if (!word) return [];
    const { errorCode, errorName } = word;
    if (errorCode || errorName || word.state === 'finished_with_errors') {
      return [{ ...device, state: 'failed', errorCode, errorName }];
    }
    return word.state === 'finished' ? [{ ...device, state: 'applied' }] : [];
  });
}

/** Reads what the batch itself shows: a device that has the profile has it. */
export function outcomesFromBatch(
  devices: readonly ProfileOutcome[],
  inBatch: readonly RegisteredDevice[],
  profileId: string,
): readonly ProfileOutcome[] {
  const wanted = profileId.toLowerCase();
  const having = new Set(
    inBatch
      .filter((device) => device.profileId?.toLowerCase() === wanted)
      .map(({ deviceId }) => deviceId.toLowerCase()),
  );
  return devices
    .filter(({ deviceId }) => deviceId && having.has(deviceId.toLowerCase()))
    .map((device) => ({ ...device, state: 'applied' }));
}
