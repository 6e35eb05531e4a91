import { type BatchDevice, deviceState } from './batch.ts';
import type { DeviceResult, RegisteredDevice, UploadStatus } from './ports.ts';

/** A device's verdict, ready to be stored. */
export type Verdict = Pick<BatchDevice, 'position' | 'state' | 'deviceId' | 'errorCode' | 'errorName'>;

/**
 * Matches Partner Center's per-device words to our devices by identity, never by position: the order of the answer is not
 * documented. A PKID counts before a serial number; hash-only devices come back without either and stay open, unless all
 * of an upload are told apart by exclusion.
 */
export function verdicts(devices: readonly BatchDevice[], status: UploadStatus): readonly Verdict[] {
  const byPkid = index(status.devices, ({ pkid }) => pkid, isOpen);
  const bySerial = index(status.devices, ({ serial }) => serial?.toLowerCase(), isOpen);
  const anonymous = status.devices.filter(({ pkid, serial }) => !pkid && !serial);
  const hashOnly = devices.filter(({ pkid, serial }) => !pkid && !serial);
  return devices.flatMap((device) => {
    const word =
      (device.pkid && byPkid.get(device.pkid)) ||
      (device.serial && bySerial.get(device.serial.toLowerCase())) ||
      (!device.pkid && !device.serial ? commonWord(anonymous, hashOnly.length) : undefined);
    return word ? [verdictOf(device, word)] : [];
  });
}

/** What can be said when the status of an upload can no longer be read: devices that are in the batch are registered. */
export function verdictsFromBatch(
  devices: readonly BatchDevice[],
  inBatch: readonly RegisteredDevice[],
): readonly Verdict[] {
  const byPkid = index(inBatch, ({ pkid }) => pkid);
  const bySerial = index(inBatch, ({ serial }) => serial?.toLowerCase());
  return devices.flatMap((device) => {
    const found =
      (device.pkid && byPkid.get(device.pkid)) || (device.serial && bySerial.get(device.serial.toLowerCase()));
    return found ? [{ position: device.position, state: 'registered' as const, deviceId: found.deviceId }] : [];
  });
}

function isOpen(word: DeviceResult): boolean {
  return deviceState(word) === 'pending';
}

/** Hash-only devices cannot be told apart; they have a verdict only when all of them have the same. */
function commonWord(words: readonly DeviceResult[], expected: number): DeviceResult | undefined {
  const [first] = words;
  if (!first || words.length !== expected) return undefined;
  const same = words.every((word) => deviceState(word) === deviceState(first) && word.errorName === first.errorName);
  return same ? { ...first, deviceId: expected === 1 ? first.deviceId : undefined } : undefined;
}

function verdictOf(device: BatchDevice, word: DeviceResult): Verdict {
  return {
    position: device.position,
    state: deviceState(word),
    deviceId: word.deviceId,
    errorCode: word.errorCode,
    errorName: word.errorName,
  };
}

/** First row by key wins, unless a later one brings a verdict where the first is still open. */
function index<T>(
  rows: readonly T[],
  key: (row: T) => string | undefined,
  isOpen: (row: T) => boolean = () => false,
): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const row of rows) {
    const name = key(row);
    if (!name) continue;
    const before = map.get(name);
    if (!before || isOpen(before)) map.set(name, row);
  }
  return map;
}
