import { randomUUID } from 'node:crypto';
import type { SentDevice, Verdict } from './state.ts';

/** Autopilot codes and names. 804 and 805 are in no source. [M24], partly [P17][T8] */
const CODE_NAMES: Readonly<Record<string, string>> = {
  801: 'InvalidZtdRequestBody',
  802: 'InvalidZtdHardwareHash',
  803: 'MissingZtdSerialNumberAndProductKey',
  806: 'ZtdDeviceAlreadyAssigned',
  807: 'ZtdDeviceIsNotRegistered',
  808: 'ZtdDeviceAssignedToOtherTenant',
  809: 'ZtdProfileIsNotRegistered',
  810: 'ZtdProfileAssignedToOtherTenant',
  811: 'ZtdDeviceRegisteredByOtherTenant',
  812: 'ZtdDeviceNotFound',
  813: 'ZtdDeviceIsNotUnique',
  814: 'ZtdDeviceAlreadyAadRegistered',
};

/** PKIDs with these endings fail so, unless the table names them. (emulator's convention) */
const ENDINGS = ['803', '806', '808', '812'];

export type Judgement = Readonly<{
  customerId: string;
  /** Autopilot code per PKID. */
  table: Readonly<Record<string, string>>;
  /** Which customer holds the device of this identity. */
  ownerOf(identity: string): string | undefined;
  /** Number 806 with the other-tenant name. [T13] */
  otherTenantAs806: boolean;
}>;

/** Decides one upload, device by device and in order. A device that registers gets a new id. (rules inferred from the meanings of the codes) */
export function judge(devices: readonly SentDevice[], judgement: Judgement): Verdict[] {
  const seen = new Set<string>();
  return devices.map((device) => {
    const identity = identityOf(device);
    if (identity === undefined) return failure('803', judgement);
    // [M5] names the error and that one of the doubles is processed; no number is known.
    if (seen.has(identity)) return { errorName: 'ZtdDeviceDuplicated' };
    seen.add(identity);
    const code = codeFor(device, identity, judgement);
    return code === undefined ? { deviceId: randomUUID() } : failure(code, judgement);
  });
}

/**
 * What makes a device that device: PKID, else manufacturer, model and serial, else hash. `undefined` where nothing
 * identifies it: a PKID has 13 digits and a serial number alone is not enough. [P13][T7]
 */
export function identityOf(device: SentDevice): string | undefined {
  const { productKey, serialNumber, oemManufacturerName, modelName, hardwareHash } = device;
  if (productKey && /^\d{13}$/.test(productKey)) return `pkid:${productKey}`;
  if (serialNumber && oemManufacturerName && modelName) {
    return `tuple:${JSON.stringify([oemManufacturerName, modelName, serialNumber])}`;
  }
  return hardwareHash ? `hash:${hardwareHash}` : undefined;
}

function codeFor({ productKey }: SentDevice, identity: string, judgement: Judgement): string | undefined {
  const { customerId, table } = judgement;
  const listed = productKey ? table[productKey] : undefined;
  if (listed !== undefined) return listed;
  const owner = judgement.ownerOf(identity);
  if (owner !== undefined) return owner === customerId ? '806' : '808';
  return identity.startsWith('pkid:') ? ENDINGS.find((ending) => productKey?.endsWith(ending)) : undefined;
}

function failure(code: string, { otherTenantAs806 }: Judgement): Verdict {
  const errorName = CODE_NAMES[code] ?? 'StorageError';
  return { errorCode: code === '808' && otherTenantAs806 ? '806' : code, errorName };
}
