import { randomUUID } from 'node:crypto';
import { createAccess } from '../../../services/access/access.ts';
import { createAlarms } from '../../../services/audit/alarms.ts';
import { createCustomerService } from '../../../services/customers/customer-service.ts';
import { createBatchService } from '../../../services/devices/batch-service.ts';
import type { DeviceList } from '../../../services/devices/device.ts';
import type { BatchSummary, RegisteredDevice } from '../../../services/devices/ports.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { Person, RemovalId, TenantId, UserId } from '../../../services/identity.ts';
import type { Job, Jobs, QueueName } from '../../../services/queue/ports.ts';
import { createRemovalService } from '../../../services/removals/removal-service.ts';
import { createRemovalWorker } from '../../../services/removals/removal-worker.ts';
import type { Database, Transaction } from '../../../services/storage/ports.ts';
import { quietLog } from '../../contracts/test-databases.ts';

export const NORTHWIND = 'c0000000-0000-4000-8000-000000000001' as TenantId;
export const CONTOSO = 'c0000000-0000-4000-8000-000000000002' as TenantId;
export const ROBIN = person('robin', 'Robin');
export const SAM = person('sam', 'Sam');
export const UMA = person('uma', 'Uma');

/** Thrown where the process dies: nothing after it happens, and nobody catches it. */
export class Crash extends Error {}

/** What the outside did, and what it is told to do next. */
export type World = {
  now: number;
  isReseller: boolean;
  /** Batches at Partner Center by name, each with its devices. */
  batches: Map<string, RegisteredDevice[]>;
  /** Ids of devices that were deleted, in the order of the deletions. */
  deleted: string[];
  calls: number;
  /** Answers for the next calls, in order; `deleted` where there is none. */
  answers: ((remove: () => 'deleted' | 'not-found') => 'deleted' | 'not-found')[];
  paceMs: number;
  removers: readonly Person[];
  jobs: (Job & { id: string })[];
  /** Called before and after everything that leaves the process. */
  point: () => void;
};

export function aWorld(count = 3): World {
  const devices = Array.from({ length: count }, (_, n) => aDevice(n));
  return {
    now: Date.parse('2026-11-21T09:00:00Z'),
    isReseller: true,
    batches: new Map([['Order 4711', devices]]),
    deleted: [],
    calls: 0,
    answers: [],
    paceMs: 0,
    removers: [SAM, UMA],
    jobs: [],
    point: () => {},
  };
}

export function aDevice(n: number): RegisteredDevice {
  return { deviceId: `id-${n}`, pkid: pkid(n), serial: `SN-${n}`, manufacturer: 'HP', model: 'EliteBook' };
}

export function pkid(n: number): string {
  return `33${String(n).padStart(11, '0')}`;
}

/** The removals of a bot around this database and this world. */
export function openRemovals(database: Database, world: World) {
  const db = watched(database, world);
  const now = () => new Date(world.now);
  const newId = randomUUID;
  const jobs: Jobs = {
    async enqueue(tx, added) {
      for (const job of added) await tx.query('insert into test_jobs values ($1, $2, $3, $4)', jobRow(job));
    },
    work: async () => {},
    counts: async () => ({}) as Record<QueueName, number>,
    stop: async () => {},
  };
  const customers = createCustomerService({ db, partnerCenter: partnerCenterOf(world), now, log: quietLog });
  const registry = registryOf(world);
  const batches = createBatchService({ db, jobs, registry, reader: READER, customers, now, newId });
  const access = createAccess({
    partnerTenantId: NORTHWIND,
    groupOf: { rep: 'reps', remover: 'removers', admin: 'admins' },
    groups: {
      memberOf: async (userId) => new Set(world.removers.some((one) => one.userId === userId) ? ['removers'] : []),
      peopleOf: async () => world.removers.map(({ userId, name }) => ({ userId, name, signInName: `${name}@x` })),
    },
    cache: { get: async () => undefined, set: async () => {} },
  });
  const removals = createRemovalService({ db, jobs, registry, reader: READER, customers, batches, access, now, newId });
  const worker = createRemovalWorker({
    ...{ db, jobs, customers, removals, now, newId, log: quietLog },
    alarms: createAlarms({ db, jobs, whomToTell: async () => [], now, newId, log: quietLog }),
    remover: removerOf(world),
    registry: { ...registry, takePlace: () => world.paceMs },
  });

  return {
    removals,
    /** One removal of these PKIDs, asked by Robin. */
    async asked(...pkids: readonly string[]): Promise<RemovalId> {
      const { id } = await removals.open(CONTOSO, ROBIN);
      await removals.add(id, { kind: 'text', source: 'pasted', text: pkids.join('\n') }, ROBIN);
      await removals.look(id, ROBIN);
      const { found } = await removals.counts(id);
      await removals.ask(id, ROBIN, String(found));
      return id;
    },
    /** Runs the jobs that are due until none is left, moving the clock to the next one; a crash ends it, its job stays. */
    async work(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
      for (;;) {
        const [row] = await database.query('select * from test_jobs order by start_at, step limit 1');
        if (!row) return;
        const startAt = new Date(row.start_at as Date).getTime();
        if (startAt > untilMs) return;
        world.now = Math.max(world.now, startAt);
        await worker.step(String(row.id), Number(row.step));
        await database.query('delete from test_jobs where id = $1 and step = $2', [row.id, row.step]);
      }
    },
  };
}

export const JOBS_TABLE = 'create table test_jobs (queue text, id text, step int, start_at timestamptz)';

function jobRow({ queue, id, step, startAt }: Job): unknown[] {
  return [queue, id, step, startAt ?? new Date(0)];
}

/** A database whose transactions and statements are points at which the process can die. */
function watched(db: Database, { point }: World): Database {
  return {
    mode: db.mode,
    async query(text, values) {
      point();
      const rows = await db.query(text, values);
      point();
      return rows;
    },
    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      point();
      const result = await db.transaction(async (tx) => {
        const done = await work(tx);
        point();
        return done;
      });
      point();
      return result;
    },
    close: () => db.close(),
  };
}

function partnerCenterOf(world: World) {
  const customer = () => ({
    tenantId: CONTOSO,
    name: 'Contoso',
    domain: 'contoso.example',
    isReseller: world.isReseller,
  });
  return {
    requestLink: async () => '',
    customer: async () => customer(),
    async *customers() {
      yield customer();
    },
  };
}

function registryOf(world: World) {
  const nothing = () => Promise.reject(new Error('nothing is uploaded here'));
  return {
    createBatch: nothing,
    addDevices: nothing,
    uploadStatus: async () => undefined,
    batches: async (): Promise<readonly BatchSummary[]> =>
      [...world.batches.keys()].map((name) => ({ name, state: 'finished' })),
    async batchDevices(_: TenantId, name: string) {
      world.point();
      return [...(world.batches.get(name) ?? [])];
    },
  };
}

function removerOf(world: World) {
  return {
    async deleteDevice(_: TenantId, batchName: string, deviceId: string): Promise<'deleted' | 'not-found'> {
      world.calls += 1;
      world.point();
      const answer = world.answers.shift();
      const remove = () => removeFrom(world, batchName, deviceId);
      const said = answer ? answer(remove) : remove();
      world.point();
      return said;
    },
  };
}

function removeFrom(world: World, batchName: string, deviceId: string): 'deleted' | 'not-found' {
  const devices = world.batches.get(batchName) ?? [];
  const index = devices.findIndex((device) => device.deviceId === deviceId);
  if (index < 0) return 'not-found';
  devices.splice(index, 1);
  world.deleted.push(deviceId);
  return 'deleted';
}

/** Partner Center's answer was lost, after or before it did what was asked. */
export function lost(didIt: boolean): World['answers'][number] {
  return (remove) => {
    if (didIt) remove();
    throw new ServiceError('partner-center-unavailable', 'no answer');
  };
}

export function refused(status: number, code: string): World['answers'][number] {
  return () => {
    throw new ServiceError('partner-center-refused', 'refused', { status, code });
  };
}

/** Reads one PKID per line. */
const READER = {
  async read(input: { kind: string; text?: string }): Promise<DeviceList> {
    const lines = (input.text ?? '').split('\n').filter(Boolean);
    return { devices: lines.map((line, index) => ({ source: 'pasted', row: index + 1, pkid: line })), problems: [] };
  },
  close: async () => {},
};

function person(id: string, name: string): Person {
  return { tenantId: NORTHWIND, userId: id as UserId, name };
}
