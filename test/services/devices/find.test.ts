import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchCustomer } from '../../../services/devices/customer-search.ts';
import { readKeys } from '../../../services/devices/device-keys.ts';
import { FIND_DEVICES, findDevices } from '../../../services/devices/device-search.ts';
import type { BatchSummary, RegisteredDevice } from '../../../services/devices/ports.ts';
import type { TenantId } from '../../../services/identity.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const CONTOSO = 'c0000000-0000-4000-8000-000000000001' as TenantId;

describe('what is looked for', () => {
  it.each([
    ['3300000000011', ['3300000000011']],
    ['330-0000-0000-11 pf3abcde', ['PF3ABCDE']],
    ['330 0000 0000 11', ['3300000000011']],
    ['3300000000011, 3300000000028;pf3abcde\n3300000000011', ['3300000000011', '3300000000028', 'PF3ABCDE']],
    ['PKID: 3300000000011', ['3300000000011']],
    ['"5CG1234XYZ"', ['5CG1234XYZ']],
    ['', []],
    ['** ${x} <at>', []],
  ])('is read from %j', (text, keys) => expect(readKeys(text)).toEqual(expect.arrayContaining(keys)));

  it('is nothing where nothing could be a number', () => {
    expect(readKeys('')).toEqual([]);
    expect(readKeys('** ${x} <> ,;')).toEqual([]);
  });
});

describe('over all customers and batches', () => {
  let test: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    test = await inMemory.create();
    db = test.database;
    await migrate(db, MIGRATIONS, quietLog);
    await db.query(BATCHES);
    await db.query(DEVICES);
    await db.query('analyze batch_devices');
    await db.query('analyze batches');
  });
  afterAll(() => test?.remove());

  it('finds a PKID in every batch it was sent in, the newest first, and a serial number in any letter case', async () => {
    const found = await findDevices(db, ['3300000000017', 'SN0000000000123', '9999999999999']);
    expect(found.map(({ key, batch }) => [key, batch.name])).toEqual([
      ['3300000000017', 'B-3'],
      ['3300000000017', 'B-2'],
      ['3300000000017', 'B-1'],
      ['SN0000000000123', 'B-3'],
      ['SN0000000000123', 'B-2'],
      ['SN0000000000123', 'B-1'],
    ]);
    expect(found[0]?.device).toMatchObject({ pkid: '3300000000017', serial: 'Sn0000000000017', state: 'registered' });
  });

  it('shows nothing of lists that were never sent', async () => {
    expect(await findDevices(db, ['DRAFT0000000001'])).toEqual([]);
  });

  it('reads indexes only, so that a million devices cost no more than a hundred', async () => {
    const rows = await db.query(`explain (costs off) ${FIND_DEVICES}`, [['3300000000017'], 3]);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(plan).toContain('batch_devices_by_pkid');
    expect(plan).toContain('batch_devices_by_serial_any_case');
    expect(plan).not.toContain('Seq Scan on batch_devices');
  });
});

/** Three confirmed batches and a draft. */
const BATCHES = `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state,
    created_at, version)
  select 'b' || n, '${CONTOSO}', 'Contoso', 'contoso.example', 'B-' || n,
    '{"tenantId":"t","userId":"u","name":"Robin"}', case n when 4 then 'draft' else 'done' end,
    timestamptz '2026-11-20T09:00:00Z' + n * interval '1 hour', 1
  from generate_series(1, 4) n`;
/** The same 20,000 devices in each of the three, so that the planner has something to choose from. */
const DEVICES = `insert into batch_devices (batch_id, position, source, row_number, pkid, serial, state)
  select 'b' || b, n, 'pasted', n, '33' || lpad(n::text, 11, '0'),
    case b when 4 then 'DRAFT' || lpad(n::text, 10, '0') else 'Sn' || lpad(n::text, 13, '0') end, 'registered'
  from generate_series(1, 4) b, generate_series(1, 20000) n
  where b < 4 or n < 3`;

describe('at one customer, in Partner Center itself', () => {
  const device = (pkid: string): RegisteredDevice => ({ deviceId: `id-${pkid}`, pkid, serial: `sn-${pkid}` });

  function registry(batches: Readonly<Record<string, readonly RegisteredDevice[]>>) {
    const read: string[] = [];
    return {
      read,
      batches: async (): Promise<readonly BatchSummary[]> =>
        Object.keys(batches).map((name, n) => ({ name, state: 'finished', createdAt: new Date(n * 1_000) })),
      async batchDevices(_: TenantId, name: string) {
        read.push(name);
        return batches[name] ?? [];
      },
    };
  }

  it('looks into the likely batch first and no further once everything is found', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`B${n}`, [device(`33000000000${n + 10}`)]]));
    const partnerCenter = registry(many);
    const search = await searchCustomer(CONTOSO, ['3300000000015'], {
      registry: partnerCenter,
      first: ['b5'],
      isOver: () => false,
    });
    expect(search.found.get('3300000000015')).toMatchObject([{ batchName: 'B5' }]);
    expect(partnerCenter.read[0]).toBe('B5');
    expect(partnerCenter.read.length).toBeLessThanOrEqual(4);
  });

  it('finds by serial number in any letter case, and the same device in two batches', async () => {
    const partnerCenter = registry({ A: [device('3300000000011')], B: [device('3300000000011')] });
    const search = await searchCustomer(CONTOSO, ['SN-3300000000011', 'NOWHERE'], {
      registry: partnerCenter,
      isOver: () => false,
    });
    expect(search.found.get('SN-3300000000011')).toHaveLength(2);
    expect(search.found.has('NOWHERE')).toBe(false);
    expect(search).toMatchObject({ looked: 2, batches: 2 });
  });

  it('says how many batches it did not get to', async () => {
    const partnerCenter = registry({ A: [], B: [], C: [], D: [], E: [], F: [] });
    let asked = 0;
    const search = await searchCustomer(CONTOSO, ['NOWHERE'], {
      registry: partnerCenter,
      isOver: () => {
        asked += 1;
        return asked > 2;
      },
    });
    expect(search).toMatchObject({ looked: 2, batches: 6 });
  });
});
