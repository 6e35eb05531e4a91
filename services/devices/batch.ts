import { ServiceError } from '../errors.ts';
import type { BatchId, Person, TenantId, UploadId } from '../identity.ts';
import type { ChosenProfile } from '../profiles/application.ts';
import type { Tenant } from '../relationships/ports.ts';
import { type ListedDevice, MAX_DEVICES_PER_UPLOAD } from './device.ts';
import type { DeviceResult } from './ports.ts';

/**
 * Where a batch stands, as its rep sees it.
 * - `draft`: a list being put together; nothing was sent.
 * - `sending`: confirmed; some of its uploads have not reached Partner Center yet.
 * - `waiting`: Partner Center has all of it and is at work.
 * - the rest are ends; `needs-human` means that reading back could not tell, and a person must look.
 */
export const BATCH_STATES = [
  'draft',
  'sending',
  'waiting',
  'done',
  'done-with-errors',
  'failed',
  'needs-human',
  'cancelled',
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** Where a batch was started, so that the people there are told too. */
export type Origin = Readonly<{ tenantId: TenantId; conversationId: string; serviceUrl: string }>;

export type Batch = Readonly<{
  id: BatchId;
  customer: Tenant;
  /** Partner Center's batchId, and the group tag the customer sees in Intune. */
  name: string;
  requestedBy: Person;
  /** A channel or group chat; absent when started in the rep's own chat. */
  origin?: Origin;
  /** The Autopilot profile its devices get once they are registered. */
  profile?: ChosenProfile;
  /** The batch whose refused devices this one sends again. */
  follows?: BatchId;
  /** The batch of Partner Center that this one adds to, and how many devices that had before; absent for a new one. */
  addsTo?: Readonly<{ name: string; deviceCount?: number }>;
  state: BatchState;
  problem?: string;
  createdAt: Date;
  confirmedAt?: Date;
  finishedAt?: Date;
  version: number;
}>;

/**
 * One device of a batch. `already`: registered to this customer before, which is what the rep wanted.
 * `unknown`: Partner Center's answer does not tell; looked at again, and said as such.
 */
export const DEVICE_STATES = ['listed', 'pending', 'registered', 'already', 'failed', 'unknown'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

export type BatchDevice = ListedDevice &
  Readonly<{
    position: number;
    uploadNumber?: number;
    state: DeviceState;
    deviceId?: string;
    errorCode?: string;
    errorName?: string;
  }>;

export const UPLOAD_STATES = [
  'queued',
  'sending',
  'reconciling',
  'accepted',
  'finished',
  'failed',
  'needs-human',
] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** One POST's life. Its ids are fixed before it is first sent and never change. */
export type Upload = Readonly<{
  id: UploadId;
  batchId: BatchId;
  /** From 1; the first creates the batch at Partner Center, the others add to it. */
  number: number;
  /** The upload whose transient failures this one sends again; it is not repeated in its turn. */
  retryOf?: UploadId;
  /** Devices it carries, or carried before some were sent again. */
  deviceCount: number;
  /** MS-RequestId. */
  requestId: string;
  correlationId: string;
  state: UploadState;
  trackingId?: string;
  /** POSTs begun. */
  attempts: number;
  firstSentAt?: Date;
  sentAt?: Date;
  /** Reads of its status, or of the batch list, since the last change of state. */
  looks: number;
  problem?: string;
  problemDetails?: Readonly<Record<string, string | number>>;
  /** Counts writes; a job of an earlier step has nothing left to do. */
  step: number;
}>;

/** Longest batch name, in characters. Our own rule: Partner Center documents none, and Intune shows it in a column. */
export const MAX_BATCH_NAME_CHARS = 50;
const BATCH_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/;

/**
 * Reads a batch name. Letters, digits, spaces, dots, hyphens and underscores: it travels in URLs and becomes a group tag.
 *
 * @throws ServiceError `batch-name-invalid`.
 */
export function parseBatchName(text: string): string {
  const name = text.trim().replace(/ {2,}/g, ' ');
  if (name.length > MAX_BATCH_NAME_CHARS || !BATCH_NAME.test(name)) {
    throw new ServiceError('batch-name-invalid', 'batch name', { max: MAX_BATCH_NAME_CHARS });
  }
  return name;
}

/** A name a rep need not change: customer, day, and four letters that keep two batches of a day apart. */
export function suggestBatchName(customer: Tenant, day: Date, random: string): string {
  const plain = (text = '') => text.replace(/[^A-Za-z0-9-]/g, '').slice(0, 24);
  const word = plain(customer.name) || plain(customer.domain.split('.')[0]) || 'Customer';
  return `${word[0]?.toUpperCase()}${word.slice(1).replace(/-+$/, '')}-${day.toISOString().slice(0, 10)}-${random}`;
}

/** The name suggested for this batch. Four letters of its own random id are in it, so nobody else has thought of it before. */
export function suggestedName({ id, customer, createdAt }: Pick<Batch, 'id' | 'customer' | 'createdAt'>): string {
  return suggestBatchName(customer, createdAt, id.slice(-4).toUpperCase());
}

/** Puts devices into uploads of at most 1,000, in their order; the number of each device's upload, from 1. */
export function uploadNumber(position: number): number {
  return Math.floor(position / MAX_DEVICES_PER_UPLOAD) + 1;
}

/** How much one POST may carry. */
export type UploadLimits = Readonly<{ devices: number; bytes: number }>;

/** Our own cap on one POST, in bytes of device data; a thousand devices with hardware hashes stay just below. */
const MAX_BYTES_PER_UPLOAD = 6 * 1024 * 1024;

/** @see MAX_DEVICES_PER_UPLOAD */
export const UPLOAD_LIMITS: UploadLimits = { devices: MAX_DEVICES_PER_UPLOAD, bytes: MAX_BYTES_PER_UPLOAD };

/** Positions at which uploads begin, for devices of these sizes in bytes; the first is 0. One device is never split. */
export function uploadStarts(sizes: readonly number[], { devices, bytes }: UploadLimits): readonly number[] {
  const starts: number[] = [];
  let [count, sum] = [devices, 0];
  for (const [position, size] of sizes.entries()) {
    if (count >= devices || (count > 0 && sum + size > bytes)) {
      starts.push(position);
      [count, sum] = [0, 0];
    }
    count += 1;
    sum += size;
  }
  return starts;
}

/** How the whole batch ended, from its uploads and devices; `undefined` while something is still awaited. */
export function verdict(
  uploads: readonly Pick<Upload, 'state'>[],
  devices: Readonly<Record<DeviceState, number>>,
): BatchState | undefined {
  const states = uploads.map(({ state }) => state);
  if (states.some((state) => !['finished', 'failed', 'needs-human'].includes(state))) return undefined;
  if (states.includes('needs-human')) return 'needs-human';
  if (states.every((state) => state === 'failed')) return 'failed';
  const wrong = devices.failed + devices.unknown + devices.pending;
  return wrong > 0 || states.includes('failed') ? 'done-with-errors' : 'done';
}

/** True when nothing about the batch will change by itself any more. */
export function isEnded(state: BatchState): boolean {
  return !['draft', 'sending', 'waiting'].includes(state);
}

/** What Partner Center's word for one device means to a rep. */
export function deviceState(result: DeviceResult): DeviceState {
  const name = autopilotErrorName(result.errorCode, result.errorName);
  if (name === 'ZtdDeviceAlreadyAssigned') return 'already';
  if (name || result.state === 'finished_with_errors') return 'failed';
  return result.state === 'finished' ? 'registered' : 'pending';
}

/** Failures of Microsoft's own that may be gone the next time. @see Autopilot registration error table */
const TRANSIENT: ReadonlySet<string> = new Set(['StorageError', 'InvalidZtdRequestBody']);

/** True for a failure that says nothing about the device: it is sent once more. */
export function isTransient({ errorCode, errorName }: Pick<DeviceResult, 'errorCode' | 'errorName'>): boolean {
  return TRANSIENT.has(autopilotErrorName(errorCode, errorName) ?? '');
}

/** Autopilot codes by number. @see Autopilot registration error table (ZTD codes) */
const NAME_BY_CODE: Readonly<Record<string, string>> = {
  '801': 'InvalidZtdRequestBody',
  '802': 'InvalidZtdHardwareHash',
  '803': 'MissingZtdSerialNumberAndProductKey',
  '806': 'ZtdDeviceAlreadyAssigned',
  '807': 'ZtdDeviceIsNotRegistered',
  '808': 'ZtdDeviceAssignedToOtherTenant',
  '809': 'ZtdProfileIsNotRegistered',
  '810': 'ZtdProfileAssignedToOtherTenant',
  '811': 'ZtdDeviceRegisteredByOtherTenant',
  '812': 'ZtdDeviceNotFound',
  '813': 'ZtdDeviceIsNotUnique',
  '814': 'ZtdDeviceAlreadyAadRegistered',
};

/**
 * The error's name. The name Partner Center gives beats its number: in the field 806 was seen with the name of the
 * other-tenant error, and that name occurs in two spellings. `undefined` when there is no error.
 */
export function autopilotErrorName(code: string | undefined, name: string | undefined): string | undefined {
  if (name && /(other|another)tenant/i.test(name)) {
    if (/profile/i.test(name)) return 'ZtdProfileAssignedToOtherTenant';
    return /registered/i.test(name) ? 'ZtdDeviceRegisteredByOtherTenant' : 'ZtdDeviceAssignedToOtherTenant';
  }
  if (name) return name;
  if (!code || code === '0' || code === '200') return undefined;
  return NAME_BY_CODE[code] ?? code;
}
