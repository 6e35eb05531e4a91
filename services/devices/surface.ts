import type { Device, DeviceList, ListedDevice } from './device.ts';

/**
 * True for a Surface device that Microsoft Support registers on request. One with a hardware hash is not: Microsoft hands
 * hashes out so that the owner or the partner can register the device themselves.
 *
 * @see Surface Registration Support for Windows Autopilot; Surface System SKU reference (names of makers and models)
 */
export function isForMicrosoftSupport({ manufacturer, model, hash }: Device): boolean {
  if (hash) return false;
  const maker = (manufacturer ?? '').trim();
  const isMicrosoft = maker === '' || /^microsoft(?:\s+(?:corporation|corp\.?|surface))?$/i.test(maker);
  return isMicrosoft && (/^(?:microsoft\s+)?surface\b/i.test((model ?? '').trim()) || /surface$/i.test(maker));
}

/** Makes every Surface device of a list one that needs the rep's own yes; what else was doubtful about it waits behind that. */
export function doubtSurface(list: DeviceList): DeviceList {
  const surface = new Set(list.devices.filter(isForMicrosoftSupport));
  if (surface.size === 0) return list;
  const told = new Set([...surface].map(({ source, row, confirm }) => `${source} ${row} ${confirm}`));
  const devices = list.devices.map(
    (device): ListedDevice => (surface.has(device) ? { ...device, confirm: 'surface_device' } : device),
  );
  return { devices, problems: list.problems.filter(({ source, row, kind }) => !told.has(`${source} ${row} ${kind}`)) };
}
