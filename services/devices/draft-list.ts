import type { BatchDevice } from './batch.ts';
import type { DeviceList, ListedDevice } from './device.ts';

/** A device as a draft holds it. */
export function listed(device: ListedDevice, position: number): BatchDevice {
  return { ...device, position, state: 'listed' };
}

/** Somebody said something while a list was open; it is no line of it. */
export function isJustTalk({ devices, problems }: DeviceList): boolean {
  return devices.length === 0 && problems.every(({ kind }) => kind === 'no_devices_found');
}
