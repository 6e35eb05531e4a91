import { type DeviceList, differ, type ListedDevice, type ListProblem } from './device.ts';

/**
 * Takes out of a list what the draft has already: sending a device twice would fail it at Partner Center. A doubt that
 * stands on the device itself is not told a second time as a problem.
 */
export function withoutRepeats(before: readonly ListedDevice[], list: DeviceList): DeviceList {
  const doubts = new Set(list.devices.map(({ source, row, confirm }) => `${source} ${row} ${confirm}`));
  const others = list.problems.filter(({ source, row, kind }) => !doubts.has(`${source} ${row} ${kind}`));
  const seen = new Map(before.flatMap((device) => keysOf(device).map((key) => [key, device] as const)));
  const devices: ListedDevice[] = [];
  const repeats: ListProblem[] = [];
  for (const device of list.devices) {
    const first = keysOf(device)
      .map((key) => seen.get(key))
      .find(Boolean);
    if (!first) devices.push(device);
    else repeats.push(repeatOf(device, first));
  }
  return { devices, problems: [...others, ...repeats] };
}

function repeatOf(device: ListedDevice, first: ListedDevice): ListProblem {
  const { source, row } = device;
  const value = device.pkid ?? device.serial ?? '';
  return {
    source,
    row,
    kind: differ(device, first) ? 'conflict' : 'duplicate_in_list',
    details: { value, firstSource: first.source, firstRow: first.row },
  };
}

function keysOf({ pkid, serial, manufacturer, model, hash }: ListedDevice): readonly string[] {
  if (pkid) return [`pkid ${pkid}`];
  if (serial) return [`serial ${serial} ${manufacturer ?? ''} ${model ?? ''}`];
  return hash ? [`hash ${hash}`] : [];
}
