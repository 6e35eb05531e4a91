import { describe, expect, it } from 'vitest';
import {
  autopilotErrorName,
  BATCH_STATES,
  isEnded,
  MAX_BATCH_NAME_CHARS,
  parseBatchName,
  suggestBatchName,
} from '../../../services/devices/batch.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { TenantId } from '../../../services/identity.ts';

describe('a batch name', () => {
  it.each([
    ['A', 'A'],
    ['  Order  4711 ', 'Order 4711'],
    ['Order   4711', 'Order 4711'],
    ['a.b_c-d 9', 'a.b_c-d 9'],
    ['x'.repeat(50), 'x'.repeat(50)],
  ])('%j is read as %j', (text, name) => expect(parseBatchName(text)).toBe(name));

  it.each(['', ' ', '-a', 'a-', '.a', 'a.', 'a/b', 'a\nb', 'å', '=1', 'x'.repeat(51)])('%j is refused', (text) => {
    let refusal: unknown;
    try {
      parseBatchName(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ServiceError);
    expect(refusal).toMatchObject({ code: 'batch-name-invalid', message: 'batch name', details: { max: 50 } });
  });

  it('is at most 50 characters long', () => expect(MAX_BATCH_NAME_CHARS).toBe(50));

  it('is suggested after the customer’s name where that can be written so', () => {
    const customer = { tenantId: 't' as TenantId, name: 'Fabrikam AB', domain: 'x.example' };
    expect(suggestBatchName(customer, new Date('2026-11-21T23:59:59Z'), 'AB12')).toBe('FabrikamAB-2026-11-21-AB12');
  });

  it.each([
    ['contoso.example', 'Contoso-2026-11-21-AB12'],
    ['x.example', 'X-2026-11-21-AB12'],
    ['a--.example', 'A-2026-11-21-AB12'],
    ['a-b.example', 'A-b-2026-11-21-AB12'],
    ['åä.example', 'Customer-2026-11-21-AB12'],
    ['', 'Customer-2026-11-21-AB12'],
    [`${'c'.repeat(30)}.example`, `C${'c'.repeat(23)}-2026-11-21-AB12`],
  ])('is suggested for %j as %s, which can be used as it is', (domain, name) => {
    const customer = { tenantId: 't' as TenantId, name: '日本', domain };
    const suggested = suggestBatchName(customer, new Date('2026-11-21T23:59:59Z'), 'AB12');
    expect(suggested).toBe(name);
    expect(parseBatchName(suggested)).toBe(name);
  });
});

describe('the end of a batch', () => {
  it('is every state but three', () => {
    expect(BATCH_STATES.filter((state) => !isEnded(state))).toEqual(['draft', 'sending', 'waiting']);
  });
});

describe('the name of an Autopilot error', () => {
  it.each([
    ['801', 'InvalidZtdRequestBody'],
    ['802', 'InvalidZtdHardwareHash'],
    ['803', 'MissingZtdSerialNumberAndProductKey'],
    ['807', 'ZtdDeviceIsNotRegistered'],
    ['809', 'ZtdProfileIsNotRegistered'],
    ['810', 'ZtdProfileAssignedToOtherTenant'],
    ['811', 'ZtdDeviceRegisteredByOtherTenant'],
    ['812', 'ZtdDeviceNotFound'],
    ['813', 'ZtdDeviceIsNotUnique'],
    ['814', 'ZtdDeviceAlreadyAadRegistered'],
  ])('of code %s alone is %s', (code, name) => expect(autopilotErrorName(code, undefined)).toBe(name));

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0', undefined],
    ['200', undefined],
  ])('of code %j is none: nothing went wrong', (code, name) => expect(autopilotErrorName(code, undefined)).toBe(name));

  it.each([
    ['ZtdDeviceAssignedToAnotherTenant', 'ZtdDeviceAssignedToOtherTenant'],
    ['ZtdDeviceAssignedToOtherTenant', 'ZtdDeviceAssignedToOtherTenant'],
    ['ZtdDeviceRegisteredByAnotherTenant', 'ZtdDeviceRegisteredByOtherTenant'],
    ['ZtdProfileAssignedToAnotherTenant', 'ZtdProfileAssignedToOtherTenant'],
  ])('%s is %s in either spelling', (told, name) => expect(autopilotErrorName('806', told)).toBe(name));

  it('is the one that was told, whatever the code says', () => {
    expect(autopilotErrorName('812', 'ZtdDeviceIsNotUnique')).toBe('ZtdDeviceIsNotUnique');
    expect(autopilotErrorName(undefined, 'ZtdSomethingNew')).toBe('ZtdSomethingNew');
    expect(autopilotErrorName('899', '')).toBe('899');
  });
});
