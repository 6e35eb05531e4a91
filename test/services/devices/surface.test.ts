import { describe, expect, it } from 'vitest';
import type { Device } from '../../../services/devices/device.ts';
import { doubtSurface, isForMicrosoftSupport } from '../../../services/devices/surface.ts';

const listed = (device: Device, more: object = {}) => ({ source: 'list.csv', row: 2, ...device, ...more });

describe('a Surface device', () => {
  it.each([
    [{ serial: '1', manufacturer: 'Microsoft Corporation', model: 'Surface Laptop' }, true],
    [{ serial: '1', manufacturer: 'microsoft', model: 'SURFACE Pro 9' }, true],
    [{ serial: '1', manufacturer: 'Microsoft Surface', model: 'Laptop Studio' }, true],
    [{ serial: '1', manufacturer: '', model: 'Microsoft Surface Go 3' }, true],
    [{ pkid: '3300000000011', manufacturer: 'Microsoft Corporation', model: 'Surface Hub 2S' }, true],
    [{ serial: '1', manufacturer: 'Microsoft Corporation', model: 'Virtual Machine' }, false],
    [{ serial: '1', manufacturer: 'HP', model: 'Surface Studio lookalike' }, false],
    [{ serial: '1', manufacturer: 'LENOVO', model: '20XW' }, false],
    [{ pkid: '3300000000011' }, false],
    [{ serial: '1', manufacturer: 'Microsoft Corporation', model: 'Surface Pro 7', hash: 'T0FB' }, false],
  ])('is recognised by its maker and model: %j', (device, expected) => {
    expect(isForMicrosoftSupport(device)).toBe(expected);
  });
});

describe('in a list', () => {
  it('waits for its own yes, whatever else was doubtful about it', () => {
    const surface = { serial: '1', manufacturer: 'Microsoft', model: 'Surface Go' };
    const doubt = { source: 'list.csv', row: 2, kind: 'case_sensitive_value', details: {} } as const;
    const other = { ...doubt, row: 3 };
    const list = doubtSurface({
      devices: [listed(surface, { confirm: 'case_sensitive_value' }), listed({ pkid: '3300000000011' }, { row: 3 })],
      problems: [doubt, other],
    });
    expect(list.devices.map(({ confirm }) => confirm)).toEqual(['surface_device', undefined]);
    expect(list.problems).toEqual([other]);
  });

  it('leaves lists without one as they are', () => {
    const list = { devices: [listed({ pkid: '3300000000011' })], problems: [] };
    expect(doubtSurface(list)).toBe(list);
  });
});
