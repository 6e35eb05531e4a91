import { describe, expect, it } from 'vitest';
import {
  autopilotErrorName,
  deviceState,
  isTransient,
  parseBatchName,
  suggestBatchName,
  uploadNumber,
  uploadStarts,
  verdict,
} from '../../../services/devices/batch.ts';
import type { TenantId } from '../../../services/identity.ts';

const none = { listed: 0, pending: 0, registered: 0, already: 0, failed: 0, unknown: 0 };

describe('verdict', () => {
  it.each([
    ['is awaited while one upload is open', ['finished', 'accepted'], { registered: 5 }, undefined],
    ['is done when every device is registered, or was already', ['finished'], { registered: 4, already: 1 }, 'done'],
    ['is done with errors when one device failed', ['finished'], { registered: 4, failed: 1 }, 'done-with-errors'],
    ['is done with errors when one device is unknown', ['finished'], { registered: 4, unknown: 1 }, 'done-with-errors'],
    [
      'is done with errors when one of two uploads failed',
      ['finished', 'failed'],
      { registered: 4 },
      'done-with-errors',
    ],
    ['failed when no upload was taken', ['failed', 'failed'], { failed: 5 }, 'failed'],
    ['needs a human when reading back could not tell', ['finished', 'needs-human'], { registered: 4 }, 'needs-human'],
  ] as const)('%s', (_name, states, counts, expected) => {
    expect(
      verdict(
        states.map((state) => ({ state })),
        { ...none, ...counts },
      ),
    ).toBe(expected);
  });
});

describe('deviceState', () => {
  it('reads each device by its own word, not by the state of the upload', () => {
    expect(deviceState({ state: 'finished' })).toBe('registered');
    expect(deviceState({ state: 'processing' })).toBe('pending');
    expect(deviceState({ state: 'finished_with_errors', errorCode: '812' })).toBe('failed');
    expect(deviceState({ state: 'finished', errorCode: '808' })).toBe('failed');
    expect(deviceState({ state: 'finished_with_errors', errorCode: '806' })).toBe('already');
    expect(deviceState({ state: 'unknown' })).toBe('pending');
  });

  it('believes the name over the number: 806 was seen with the other tenant’s name', () => {
    expect(autopilotErrorName('806', 'ZtdDeviceAssignedToAnotherTenant')).toBe('ZtdDeviceAssignedToOtherTenant');
    expect(
      deviceState({ state: 'finished_with_errors', errorCode: '806', errorName: 'ZtdDeviceAssignedToOtherTenant' }),
    ).toBe('failed');
    expect(autopilotErrorName('811', 'ZtdDeviceRegisteredByOtherTenant')).toBe('ZtdDeviceRegisteredByOtherTenant');
  });

  it('keeps an unknown code as it came', () => {
    expect(autopilotErrorName('899', undefined)).toBe('899');
    expect(autopilotErrorName('0', undefined)).toBeUndefined();
  });
});

describe('batch names', () => {
  it('accepts what travels safely in a URL and a group tag', () => {
    expect(parseBatchName('  Order 4711_b.2  ')).toBe('Order 4711_b.2');
  });

  it.each(['', ' ', '../x', 'a/b', 'a,b', 'ä', 'x'.repeat(51), '-a', 'a\u202eb'])('refuses %j', (name) => {
    expect(() => parseBatchName(name)).toThrow(expect.objectContaining({ code: 'batch-name-invalid' }));
  });

  it('suggests one that is accepted as it is', () => {
    const customer = { tenantId: 't' as TenantId, name: 'Contoso', domain: 'contoso-nord.example' };
    const name = suggestBatchName(customer, new Date('2026-11-21T23:00:00Z'), 'A1B2');
    expect(name).toBe('Contoso-2026-11-21-A1B2');
    expect(parseBatchName(name)).toBe(name);
  });
});

it('puts a thousand devices into each upload', () => {
  expect([0, 999, 1_000, 4_999].map(uploadNumber)).toEqual([1, 1, 2, 5]);
});

describe('uploadStarts', () => {
  it('begins a new upload where the next device would be one too many, by number or by size', () => {
    expect(uploadStarts([1, 1, 1, 1, 1], { devices: 2, bytes: 100 })).toEqual([0, 2, 4]);
    expect(uploadStarts([40, 40, 40, 90, 5], { devices: 10, bytes: 100 })).toEqual([0, 2, 3]);
    expect(uploadStarts([200, 200], { devices: 10, bytes: 100 })).toEqual([0, 1]);
    expect(uploadStarts([], { devices: 10, bytes: 100 })).toEqual([]);
  });
});

it('sends again only what failed for no reason of its own', () => {
  expect(isTransient({ errorName: 'StorageError' })).toBe(true);
  expect(isTransient({ errorCode: '801' })).toBe(true);
  expect(isTransient({ errorCode: '808' })).toBe(false);
  expect(isTransient({})).toBe(false);
});
