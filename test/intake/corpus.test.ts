import { afterAll, describe, expect, it } from 'vitest';
import type { DeviceList, ListedDevice } from '../../services/devices/device.ts';
import { createListReader } from '../../services/devices/intake/index.ts';
import { corpus } from './corpus/corpus.ts';
import type { Expected, Sample } from './corpus/sample.ts';

const samples = await corpus();
const reader = createListReader();
const read = new Map<string, DeviceList>();
afterAll(() => reader.close());

async function listOf({ name, input }: Sample): Promise<DeviceList> {
  const list = read.get(name) ?? (await reader.read(input));
  read.set(name, list);
  return list;
}

const FIELDS = ['pkid', 'serial', 'manufacturer', 'model', 'hash', 'confirm'] as const;

function fits(device: ListedDevice, expected: Expected): boolean {
  return (
    FIELDS.every((field) => device[field] === expected[field]) &&
    (expected.row === undefined || device.row === expected.row)
  );
}

function seen(list: DeviceList) {
  return list.devices.map(({ pkid, serial, manufacturer, model, row, confirm }) => ({
    pkid,
    serial,
    manufacturer,
    model,
    row,
    confirm,
  }));
}

describe('the corpus of lists', () => {
  it('has at least 150 inputs, each with a name of its own', () => {
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
    expect(samples.length).toBeGreaterThanOrEqual(150);
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))('reads %s', async (_, sample) => {
    const list = await listOf(sample);
    const problems = list.problems.map(({ row, kind }) => [row, kind]);
    expect(problems, JSON.stringify(seen(list))).toEqual(sample.problems);
    const missing = sample.devices.filter((expected) => !list.devices.some((device) => fits(device, expected)));
    expect(missing, JSON.stringify(seen(list))).toEqual([]);
    expect(list.devices.length).toBe(sample.devices.length);
  });

  it('accepts no wrong device without a question, and finds at least 98 % of the expected ones', async () => {
    let wrong = 0;
    let found = 0;
    let expected = 0;
    for (const sample of samples) {
      const { devices } = await listOf(sample);
      expected += sample.devices.length;
      found += sample.devices.filter((one) => devices.some((device) => fits(device, one))).length;
      wrong += devices.filter((device) => !device.confirm && !sample.devices.some((one) => fits(device, one))).length;
    }
    expect(wrong).toBe(0);
    expect(found / expected).toBeGreaterThanOrEqual(0.98);
  });
});
