import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomerService } from '../../services/customers/customer-service.ts';
import { insertUploads } from '../../services/devices/upload-store.ts';
import { createUploadWorker } from '../../services/devices/upload-worker.ts';
import type { UploadId } from '../../services/identity.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { CONTOSO } from './cast.ts';
import { type House, NOW, openHouse } from './house.ts';
import { DRAFT, setScene } from './scene.ts';

/** What the owner of the database can write behind our back, and what it must not bring about. */
describe('rows changed behind our back', () => {
  const upload = 'e0000000-0000-4000-8000-000000000001' as UploadId;
  let house: House;
  let posts: number;

  beforeAll(async () => {
    house = await openHouse(quietLog);
  });
  beforeEach(async () => {
    posts = 0;
    await setScene(house, 'sent');
    await house.db.query(
      `update requests set state = 'approved', decision = jsonb_build_object('decision', 'approve', 'at', now(),
         'by', requested_by)`,
    );
    await house.db.query('update customers set is_reseller = true, since = $1, checked_at = $1', [NOW]);
    await house.db.query(`update batches set state = 'sending' where id = $1`, [DRAFT]);
    await house.db.query('update batch_devices set upload_number = 1 where batch_id = $1', [DRAFT]);
    const ids = { requestId: 'r', correlationId: 'c' };
    const counts = { number: 1, deviceCount: 1, attempts: 0, looks: 0, step: 0 };
    await house.db.transaction((tx) =>
      insertUploads(tx, [{ id: upload, batchId: DRAFT, ...ids, ...counts, state: 'queued' }]),
    );
  });
  afterAll(() => house?.close());

  function work(): Promise<void> {
    const { db, outside } = house;
    const accept = async () => {
      posts += 1;
      return { kind: 'accepted', trackingId: 't' } as const;
    };
    const registry = { ...outside.registry, createBatch: accept, addDevices: accept };
    const customers = createCustomerService({
      db,
      partnerCenter: outside.partnerCenter,
      now: () => NOW,
      log: quietLog,
    });
    const jobs = {
      enqueue: async () => {},
      work: async () => {},
      counts: async () => {
        throw new Error('not asked here');
      },
      stop: async () => {},
    };
    const newId = () => crypto.randomUUID();
    return createUploadWorker({ db, jobs, registry, customers, now: () => NOW, newId, log: quietLog }).step(upload, 0);
  }

  it('send nothing while Partner Center does not show the relationship, and the list ends', async () => {
    await work();
    expect(posts).toBe(0);
    const [row] = await house.db.query('select state, problem from uploads where id = $1', [upload]);
    expect(row).toEqual({ state: 'failed', problem: 'relationship-not-active' });
    const [customer] = await house.db.query('select is_reseller from customers where tenant_id = $1', [CONTOSO]);
    expect(customer).toEqual({ is_reseller: false });
  });

  it('would have sent it, had Partner Center shown it: the test can fail', async () => {
    house.outside.state.isReseller = true;
    await work();
    expect(posts).toBe(1);
  });
});
