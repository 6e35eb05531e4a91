import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceRegistry, DeviceUpload, UploadStatus } from '../../services/devices/ports.ts';
import type { TenantId } from '../../services/identity.ts';
import type { PartnerRelationships } from '../../services/relationships/ports.ts';

/** A Partner Center with one customer who may accept, and one who never does. */
export type PartnerCenterWorld = Readonly<{
  ports: PartnerRelationships & DeviceRegistry;
  customerId: TenantId;
  strangerId: TenantId;
  /** As the customer's administrator does in the admin center. */
  accept(): void;
  /** Lets every job that was started come to its end. */
  settle(): void;
  close(): Promise<void>;
}>;

/** What both ports promise, whoever stands behind them. */
export function partnerCenterContract(name: string, open: () => Promise<PartnerCenterWorld>): void {
  describe(`${name} as Partner Center`, () => {
    let world: PartnerCenterWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const upload = (changes: Partial<DeviceUpload> = {}): DeviceUpload => ({
      customerId: world.customerId,
      batchName: `B-${randomUUID().slice(0, 8)}`,
      requestId: randomUUID(),
      correlationId: randomUUID(),
      devices: [{ pkid: '3301234567000' }],
      ...changes,
    });

    async function finished(trackingId: string): Promise<UploadStatus | undefined> {
      world.settle();
      return world.ports.uploadStatus(world.customerId, trackingId);
    }

    async function acceptedId(outcome: ReturnType<DeviceRegistry['createBatch']>): Promise<string> {
      const result = await outcome;
      if (result.kind !== 'accepted') expect.fail(`the upload was ${JSON.stringify(result)}`);
      return result.trackingId;
    }

    it('gives the same link for every customer, one for each route', async () => {
      const link = await world.ports.requestLink('direct');
      expect(await world.ports.requestLink('direct')).toBe(link);
      expect(await world.ports.requestLink('through-distributor')).not.toBe(link);
    });

    it('knows a customer only after they accepted', async () => {
      expect(await world.ports.customer(world.customerId)).toBeUndefined();
      world.accept();
      const customer = await world.ports.customer(world.customerId);
      expect(customer).toMatchObject({ tenantId: world.customerId, isReseller: true });
      expect(await listed(world.ports.customers())).toEqual([customer]);
      expect(await world.ports.customer(world.strangerId)).toBeUndefined();
    });

    it('takes no devices for somebody who never accepted', async () => {
      const outcome = await world.ports.createBatch(upload({ customerId: world.strangerId }));
      expect(outcome).toMatchObject({ kind: 'refused', status: 403 });
    });

    it('registers devices and gives each its own verdict', async () => {
      const sent = upload({
        batchName: 'Order 12/3 #4',
        devices: [{ pkid: '3301234567001' }, { pkid: '3301234567812' }],
      });
      const trackingId = await acceptedId(world.ports.createBatch(sent));
      const status = await finished(trackingId);
      expect(status).toMatchObject({ trackingId, state: expect.stringMatching(/^finished/) });
      expect(status?.devices).toMatchObject([
        { pkid: '3301234567001', state: 'finished', deviceId: expect.any(String) },
        { pkid: '3301234567812', state: 'finished_with_errors', errorCode: '812', errorName: 'ZtdDeviceNotFound' },
      ]);
      expect(await world.ports.batches(world.customerId)).toContainEqual(
        expect.objectContaining({ name: 'Order 12/3 #4', deviceCount: 2 }),
      );
      const devices = await world.ports.batchDevices(world.customerId, 'Order 12/3 #4');
      expect(devices).toMatchObject([{ pkid: '3301234567001' }]);
    });

    it('adds to a batch under a tracking id of its own', async () => {
      const first = upload({ devices: [{ pkid: '3301234567002' }] });
      const one = await acceptedId(world.ports.createBatch(first));
      const more = upload({ batchName: first.batchName, devices: [{ pkid: '3301234567003' }] });
      const other = await acceptedId(world.ports.addDevices(more));
      expect(other).not.toBe(one);
      await finished(other);
      expect(await world.ports.batchDevices(world.customerId, first.batchName)).toHaveLength(2);
    });

    it('does nothing twice for the same request id', async () => {
      const sent = upload({ devices: [{ pkid: '3301234567004' }] });
      const one = await acceptedId(world.ports.createBatch(sent));
      expect(await acceptedId(world.ports.createBatch(sent))).toBe(one);
      await finished(one);
      expect(await world.ports.batchDevices(world.customerId, sent.batchName)).toHaveLength(1);
    });

    it('refuses a batch whose name is taken, and devices for one that is not there', async () => {
      const sent = upload({ devices: [{ pkid: '3301234567005' }] });
      await acceptedId(world.ports.createBatch(sent));
      const again = await world.ports.createBatch(upload({ batchName: sent.batchName }));
      expect(again.kind).toBe('refused');
      expect(await world.ports.addDevices(upload())).toMatchObject({ kind: 'refused', status: 404 });
    });

    it('lists every device of a batch of several pages', async () => {
      const devices = Array.from({ length: 230 }, (_, n) => ({
        serial: `S${n}`,
        manufacturer: 'LENOVO',
        model: '20XW',
      }));
      const sent = upload({ devices });
      await finished(await acceptedId(world.ports.createBatch(sent)));
      const listed = await world.ports.batchDevices(world.customerId, sent.batchName);
      expect(new Set(listed.map(({ serial }) => serial)).size).toBe(230);
      expect(listed[0]).toMatchObject({ manufacturer: 'LENOVO', model: '20XW' });
    });

    it('knows nothing of tracking ids and batches that never were', async () => {
      expect(await world.ports.uploadStatus(world.customerId, randomUUID())).toBeUndefined();
      expect(await world.ports.batchDevices(world.customerId, 'never')).toEqual([]);
    });
  });
}

async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
