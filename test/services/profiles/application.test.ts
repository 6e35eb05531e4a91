import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomerService } from '../../../services/customers/customer-service.ts';
import { findBatch, insertBatch } from '../../../services/devices/batch-store.ts';
import { insertDevices, saveResults } from '../../../services/devices/device-store.ts';
import type { BatchId, UserId } from '../../../services/identity.ts';
import { createApplicationService } from '../../../services/profiles/application-service.ts';
import { applicationsOf, outcomesOf } from '../../../services/profiles/application-store.ts';
import { createApplicationWorker } from '../../../services/profiles/application-worker.ts';
import type { Job, Jobs } from '../../../services/queue/ports.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';
import { customerOf, openEmulated, tenantOf } from '../partner-center/emulated.ts';

const PKIDS = ['3300000000011', '3300000000028', '3300000000035'];
const UPDATES = '/v1/customers/*/DevicePolicyUpdates';
const HOUR_MS = 3_600_000;

let opened: Awaited<ReturnType<typeof openEmulated>>;
let test: TestDatabase;
let jobs: Job[] = [];
let clock = Date.now();

beforeAll(async () => {
  opened = await openEmulated();
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
  opened.emulators.partnerCenter.accept(customer().tenantId);
});

beforeEach(() => {
  opened.emulators.faults.clear();
  Object.assign(opened.emulators.partnerCenter.behaviour, { forgetsTrackingIds: false });
  jobs = [];
});

afterAll(async () => {
  await opened?.emulators.close();
  await test?.remove();
});

const customer = () => customerOf(opened.emulators, 0);
const by = () => ({ tenantId: tenantOf(opened.emulators.world.partner.tenantId), userId: 'r' as UserId, name: 'R' });

/** A process as it would be after a start: nothing of it is remembered but the database. */
function started() {
  const { partnerCenter, log } = opened;
  const now = () => new Date(clock);
  const db = test.database;
  const queue: Jobs = {
    enqueue: async (_tx, added) => void jobs.push(...added),
    work: async () => {},
    counts: () => Promise.reject(new Error('nobody counts here')),
    stop: async () => {},
  };
  const shared = { db, jobs: queue, now, newId: randomUUID };
  const customers = createCustomerService({ db, partnerCenter, now, log });
  return {
    applications: createApplicationService(shared),
    worker: createApplicationWorker({ ...shared, registry: partnerCenter, customers, log }),
  };
}

/** A batch whose first devices Partner Center has registered; a profile; and the positions that are registered here. */
async function aBatch(registered = PKIDS) {
  const { partnerCenter, emulators } = opened;
  const id = randomUUID() as BatchId;
  const name = `Order ${id.slice(0, 8)}`;
  const ids = () => ({ requestId: randomUUID(), correlationId: randomUUID() });
  const customerId = customer().tenantId;
  emulators.partnerCenter.state().batches.length = 0;
  await partnerCenter.createBatch({
    customerId,
    batchName: name,
    devices: registered.map((pkid) => ({ pkid })),
    ...ids(),
  });
  emulators.partnerCenter.advance(HOUR_MS);
  const inBatch = await partnerCenter.batchDevices(customerId, name);
  const profile = await partnerCenter.createProfile(customerId, { name: `P ${id}`, settings: ['skip_eula'] }, ids());
  const db = test.database;
  const { tenantId, name: customerName } = customer();
  await db.transaction(async (tx) => {
    const of = { tenantId, name: customerName, domain: 'contoso.example' };
    const at = new Date(clock);
    await insertBatch(tx, { id, customer: of, name, requestedBy: by(), state: 'done', createdAt: at, version: 1 });
    const devices = PKIDS.map((pkid, position) => ({ position, source: 'pasted', row: position + 1, pkid }));
    await insertDevices(
      tx,
      id,
      devices.map((device) => ({ ...device, state: 'listed' as const })),
    );
    await tx.query(`update batch_devices set state = 'pending' where batch_id = $1`, [id]);
    const results = PKIDS.flatMap((pkid, position) => {
      const deviceId = inBatch.find((device) => device.pkid === pkid)?.deviceId;
      return deviceId ? [{ position, state: 'registered' as const, deviceId }] : [];
    });
    await saveResults(tx, id, results);
  });
  return { id, profile: { id: profile.id, name: profile.name } };
}

/** Runs the jobs that are due until none is left, the clock running ahead to the next. */
async function run(limit = 40): Promise<void> {
  for (let n = 0; n < limit; n++) {
    const waiting = jobs.filter(({ queue }) => queue === 'profile-apply');
    const next = waiting.toSorted((a, b) => (a.startAt?.getTime() ?? 0) - (b.startAt?.getTime() ?? 0))[0];
    if (!next) return;
    jobs.splice(jobs.indexOf(next), 1);
    const aheadMs = Math.max(0, (next.startAt?.getTime() ?? clock) - clock);
    clock += aheadMs;
    opened.emulators.partnerCenter.advance(aheadMs);
    await started()
      .worker.step(next.id, next.step)
      .catch(() => jobs.push({ ...next, startAt: new Date(clock + 60_000) }));
  }
}

const patches = () => opened.emulators.journal.find({ method: 'PATCH', path: UPDATES }).length;

async function statesOf(id: BatchId): Promise<readonly string[]> {
  const [application] = await applicationsOf(test.database, id);
  const outcomes = await outcomesOf(test.database, application?.id ?? '');
  return [application?.state ?? 'none', ...outcomes.map(({ state }) => state)];
}

describe('a profile on a batch', () => {
  it('is applied to every registered device and told once', async () => {
    const { id, profile } = await aBatch();
    const applicationId = randomUUID();
    const before = patches();
    expect(await started().applications.apply({ applicationId, batchId: id, profile }, by())).toBe(3);
    expect(await started().applications.apply({ applicationId, batchId: id, profile }, by())).toBe(0);
    await run();
    expect(await statesOf(id)).toEqual(['finished', 'applied', 'applied', 'applied']);
    expect(patches() - before).toBe(1);
    expect(await started().applications.counts(id)).toEqual([
      { profileName: profile.name, counts: { applied: 3, failed: 0, unknown: 0, pending: 0 } },
    ]);
    const told = await test.database.query(`select 1 from messages where role = 'profile.notice' and subject_id = $1`, [
      applicationId,
    ]);
    expect(told).toHaveLength(1);
  });

  it('goes to chosen devices, and not twice to one that has it', async () => {
    const { id, profile } = await aBatch();
    const one = { applicationId: randomUUID(), batchId: id, profile, positions: [1] };
    expect(await started().applications.apply(one, by())).toBe(1);
    await run();
    clock += 1_000;
    expect(await started().applications.apply({ ...one, applicationId: randomUUID(), positions: [0, 1] }, by())).toBe(
      1,
    );
    await run();
    clock += 1_000;
    await expect(
      started().applications.apply({ ...one, applicationId: randomUUID(), positions: [0, 1] }, by()),
    ).rejects.toMatchObject({ code: 'profile-no-devices' });
  });

  it('waits for what is under way', async () => {
    const { id, profile } = await aBatch();
    const wanted = { batchId: id, profile };
    await started().applications.apply({ ...wanted, applicationId: randomUUID() }, by());
    await expect(started().applications.apply({ ...wanted, applicationId: randomUUID() }, by())).rejects.toMatchObject({
      code: 'profile-busy',
    });
    await run();
  });

  it('that was chosen beforehand goes to what was registered when the batch ends', async () => {
    const { id, profile } = await aBatch([PKIDS[0] ?? '']);
    await test.database.query('update batches set profile_id = $2, profile_name = $3 where id = $1', [
      id,
      profile.id,
      profile.name,
    ]);
    const batch = await findBatch(test.database, id);
    if (!batch) throw new Error('no batch');
    await test.database.transaction((tx) => started().applications.followBatch(tx, batch));
    await run();
    expect(await statesOf(id)).toEqual(['finished', 'applied']);
  });

  it('says of a device without an id that nothing could be applied', async () => {
    const { id, profile } = await aBatch([PKIDS[0] ?? '']);
    await test.database.query(`update batch_devices set state = 'already' where batch_id = $1 and position = 2`, [id]);
    await started().applications.apply({ applicationId: randomUUID(), batchId: id, profile }, by());
    await run();
    expect(await statesOf(id)).toEqual(['finished', 'applied', 'failed']);
    expect((await started().applications.latest(id, [2]))[0]?.errorName).toBe('NoDeviceId');
  });

  it('tells devices that are gone from those that have it', async () => {
    const { id, profile } = await aBatch();
    opened.emulators.partnerCenter.state().batches[0]?.devices.splice(1, 1);
    await started().applications.apply({ applicationId: randomUUID(), batchId: id, profile }, by());
    await run();
    expect(await statesOf(id)).toEqual(['finished', 'applied', 'failed', 'applied']);
  });
});

describe('what goes wrong on the way', () => {
  async function applyWith(
    effect: { kind: 'reset' } | { kind: 'resetAfterEffect' } | { kind: 'status'; status: number },
  ) {
    const batch = await aBatch();
    opened.emulators.faults.add({ service: 'partner-center', method: 'PATCH', path: UPDATES, effect });
    const before = patches();
    await started().applications.apply(
      { applicationId: randomUUID(), batchId: batch.id, profile: batch.profile },
      by(),
    );
    await run();
    return { states: await statesOf(batch.id), patches: patches() - before };
  }
  const APPLIED = ['finished', 'applied', 'applied', 'applied'];

  it('a lost answer is read back from the devices and not sent again', async () => {
    expect(await applyWith({ kind: 'resetAfterEffect' })).toEqual({ states: APPLIED, patches: 1 });
  });

  it('a call that never arrived is sent again, after a quiet time in which it did not show', async () => {
    expect(await applyWith({ kind: 'reset' })).toEqual({ states: APPLIED, patches: 2 });
  });

  it('a refusal ends it for every device', async () => {
    const { states } = await applyWith({ kind: 'status', status: 400 });
    expect(states).toEqual(['failed', 'failed', 'failed', 'failed']);
  });

  it('a tracking id that is forgotten leaves the devices themselves', async () => {
    const { id, profile } = await aBatch();
    Object.assign(opened.emulators.partnerCenter.behaviour, { forgetsTrackingIds: true });
    await started().applications.apply({ applicationId: randomUUID(), batchId: id, profile }, by());
    await run();
    expect(await statesOf(id)).toEqual(APPLIED);
  });

  it('a process that dies after any commit is taken over, and nothing is applied to twice', async () => {
    for (const dying of [1, 2, 3]) {
      const { id, profile } = await aBatch();
      const before = patches();
      await started().applications.apply({ applicationId: randomUUID(), batchId: id, profile }, by());
      const [job] = jobs.filter(({ queue }) => queue === 'profile-apply');
      if (!job) throw new Error('no job');
      await stepAndDie(job, dying);
      await run();
      expect(await statesOf(id), `dying at commit ${dying}`).toEqual(APPLIED);
      expect(patches() - before, `dying at commit ${dying}`).toBe(1);
    }
  });

  /** Lets the given number of transactions through and cuts the process off in the next one. */
  async function stepAndDie({ id, step }: Job, commits: number): Promise<void> {
    const { database } = test;
    const transaction = database.transaction.bind(database);
    let left = commits;
    database.transaction = (work) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('killed')) : transaction(work);
    };
    try {
      await started()
        .worker.step(id, step)
        .catch(() => undefined);
    } finally {
      database.transaction = transaction;
    }
  }
});
