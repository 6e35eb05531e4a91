import { record } from '../audit/audit.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import type { Batch, BatchDevice } from '../devices/batch.ts';
import { findBatch } from '../devices/batch-store.ts';
import { MAX_DEVICES_PER_BATCH } from '../devices/device.ts';
import { listDevices } from '../devices/device-store.ts';
import type { DeviceRegistry, RegisteredDevice, UploadOutcome } from '../devices/ports.ts';
import { verdictsFromBatch } from '../devices/results.ts';
import {
  type AfterPost,
  afterPost,
  afterReadingBack,
  CERTAINTY_WITHIN_MS,
  LATE_RESULTS_WITHIN_MS,
  lookPauseMs,
  PARKED,
} from '../devices/upload.ts';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import { tellOrCollect, toReader } from '../messages/digests.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import {
  isOver,
  outcomesFromBatch,
  outcomesFromStatus,
  type ProfileApplication,
  type ProfileOutcome,
} from './application.ts';
import {
  applicationsOf,
  countOutcomes,
  findApplication,
  outcomesOf,
  replaceApplication,
  saveOutcomes,
} from './application-store.ts';
import type { ProfileRegistry } from './ports.ts';

export type ApplicationWorkerPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  /** Its reads and writes are counted in a budget. */
  registry: DeviceRegistry & Pick<ProfileRegistry, 'applyProfile'>;
  customers: CustomerService;
  now: () => Date;
  newId: () => string;
  log: Log;
}>;

type Held = Readonly<{ application: ProfileApplication; batch: Batch }>;

/**
 * Takes profiles to devices by the rules of uploads, one small durable step per job: the intent is committed before the
 * call, an unknown outcome is read back from the devices, and each device's own outcome is followed to the end.
 */
export function createApplicationWorker(ports: ApplicationWorkerPorts) {
  const { db, registry, now } = ports;

  async function step(id: string, jobStep: number): Promise<void> {
    const application = await findApplication(db, id);
    if (!application || (jobStep < application.step && application.state !== 'sending')) return;
    const batch = await findBatch(db, application.batchId);
    if (!batch) return;
    const held = { application, batch };
    try {
      if (application.state === 'queued') await send(held);
      else if (application.state === 'sending') await begunBefore(held, jobStep);
      else if (application.state === 'reconciling') await readBack(held);
      else if (application.state === 'accepted') await look(held);
    } catch (error) {
      await comeBack(held, error);
    }
  }

  /** Partner Center, or our own budget, said when to come again. */
  async function comeBack({ application }: Held, error: unknown): Promise<void> {
    const asked = error instanceof ServiceError ? error.details.retryAfterMs : undefined;
    if (typeof asked !== 'number') throw error;
    await db.transaction(async (tx) => {
      if ((await replaceApplication(tx, application)) === 'conflict') return;
      await enqueue(tx, application, Math.min(asked, LONGEST_PAUSE_MS));
    });
  }

  async function send(held: Held): Promise<void> {
    const { application, batch } = held;
    if (!(await ports.customers.checkRelationship(batch.customer.tenantId, 'seen-lately'))) {
      await move(held, { state: 'failed', pauseMs: 0, problem: 'relationship-not-active' });
      return;
    }
    const devices = (await withIds(held)).filter(({ state }) => state === 'pending');
    if (devices.length === 0) {
      await move(held, { state: 'finished', pauseMs: 0 });
      return;
    }
    const sending: ProfileApplication = {
      ...application,
      state: 'sending',
      attempts: application.attempts + 1,
      looks: 0,
      sentAt: now(),
      firstSentAt: application.firstSentAt ?? now(),
    };
    if (!(await begin(sending))) return;
    const current = { batch, application: { ...sending, step: sending.step + 1 } };
    const ids = devices.flatMap(({ deviceId }) => deviceId ?? []);
    const outcome = await patch(current, ids);
    ports.log.info('profile sent', { application: application.id, outcome: outcome.kind });
    await move(current, afterPost(outcome, { ...sending, number: 1, devices: ids.length }, now()));
  }

  /** Devices without an id are looked for in the batch; those that are not there cannot get a profile. */
  async function withIds({ application, batch }: Held): Promise<readonly ProfileOutcome[]> {
    const outcomes = await outcomesOf(db, application.id);
    const without = new Set(outcomes.filter(({ deviceId }) => !deviceId).map(({ position }) => position));
    if (without.size === 0) return outcomes;
    const inBatch = await registry.batchDevices(batch.customer.tenantId, batch.name);
    const ids = idsByPosition(await devicesOf(batch, without), inBatch);
    const found = outcomes.map((outcome): ProfileOutcome => {
      if (outcome.deviceId || outcome.state !== 'pending') return outcome;
      const deviceId = ids.get(outcome.position);
      return deviceId ? { ...outcome, deviceId } : { ...outcome, state: 'failed', errorName: 'NoDeviceId' };
    });
    await db.transaction((tx) => saveOutcomes(tx, application.id, found));
    return found;
  }

  async function devicesOf(batch: Batch, positions: ReadonlySet<number>): Promise<readonly BatchDevice[]> {
    const page = { limit: MAX_DEVICES_PER_BATCH, offset: 0, order: 'position' } as const;
    return (await listDevices(db, batch.id, page)).filter(({ position }) => positions.has(position));
  }

  /** A missing sign-in stops the call before it leaves, or Partner Center before it acts. */
  async function patch({ application, batch }: Held, deviceIds: readonly string[]): Promise<UploadOutcome> {
    try {
      return await registry.applyProfile(batch.customer.tenantId, application.profile.id, deviceIds, application);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== PARKED) throw error;
      return { kind: 'not-sent', reason: PARKED };
    }
  }

  /** Commits the intent together with a job that takes over should this process die before the answer. */
  async function begin(sending: ProfileApplication): Promise<boolean> {
    return db.transaction(async (tx) => {
      if ((await replaceApplication(tx, sending)) === 'conflict') return false;
      await enqueue(tx, sending, CALL_WATCH_MS);
      return true;
    });
  }

  /** The call was begun and nobody recorded its answer; a job of before that finds its own call still under way. */
  async function begunBefore(held: Held, jobStep: number): Promise<void> {
    const { step } = held.application;
    if (jobStep < step - 1) return;
    await move(held, { state: 'reconciling', pauseMs: 0, problem: 'no-answer' });
  }

  async function readBack(held: Held): Promise<void> {
    const { application } = held;
    const devices = await outcomesOf(db, application.id);
    const seen = await fromBatch(held, devices);
    await move(held, afterReadingBack(application, seen.length > 0 ? 'there' : 'absent', now()), seen);
  }

  async function look(held: Held): Promise<void> {
    const { application, batch } = held;
    const devices = (await outcomesOf(db, application.id)).filter(({ state }) => state === 'pending');
    const status =
      application.trackingId && (await registry.uploadStatus(batch.customer.tenantId, application.trackingId));
    const told = status ? outcomesFromStatus(devices, status.devices) : await fromBatch(held, devices);
    const isDone = !status || status.state === 'finished' || status.state === 'finished_with_errors';
    const waitedMs = now().getTime() - (application.sentAt ?? now()).getTime();
    const open = devices.length - told.length;
    if (isDone && (open === 0 || waitedMs >= LATE_RESULTS_WITHIN_MS)) {
      await move(held, { state: 'finished', pauseMs: 0 }, withUnknown(devices, told));
    } else if (waitedMs >= CERTAINTY_WITHIN_MS) {
      await move(held, { state: 'needs-human', pauseMs: 0, problem: 'never-finished' }, withUnknown(devices, told));
    } else {
      await move(held, { state: 'accepted', pauseMs: lookPauseMs(application.looks + 1, devices.length) }, told);
    }
  }

  async function fromBatch({ application, batch }: Held, devices: readonly ProfileOutcome[]) {
    const inBatch = await registry.batchDevices(batch.customer.tenantId, batch.name);
    return outcomesFromBatch(devices, inBatch, application.profile.id);
  }

  /** Records where an application got to, what became of devices, and the next job: one transaction. */
  async function move(held: Held, after: AfterPost, told: readonly ProfileOutcome[] = []): Promise<void> {
    const { application, batch } = held;
    const next: ProfileApplication = {
      ...application,
      state: after.state,
      looks: after.state === application.state ? application.looks + 1 : 0,
      trackingId: after.trackingId ?? application.trackingId,
      problem: after.problem,
    };
    await db.transaction(async (tx) => {
      await tx.query('select 1 from batches where id = $1 for update', [batch.id]);
      if ((await replaceApplication(tx, next)) === 'conflict') return;
      if (told.length > 0) await saveOutcomes(tx, next.id, told);
      if (next.state === 'failed') await failPending(tx, next);
      if (!isOver(next.state)) await enqueue(tx, next, after.pauseMs);
      if (next.state !== application.state) await recordMove(tx, held, next, after);
      if (isOver(next.state)) await tellEnded(tx, held);
    });
  }

  async function failPending(tx: Transaction, { id }: ProfileApplication): Promise<void> {
    const open = (await outcomesOf(tx, id)).filter(({ state }) => state === 'pending');
    const failed = open.map((outcome) => ({ ...outcome, state: 'failed' as const, errorName: 'NotSent' }));
    await saveOutcomes(tx, id, failed);
  }

  async function recordMove(
    tx: Transaction,
    { application, batch }: Held,
    next: ProfileApplication,
    { problemDetails }: AfterPost,
  ): Promise<void> {
    const { requestId, correlationId, trackingId, problem, profile } = next;
    await record(tx, {
      at: now(),
      action: `profile.apply.${next.state}`,
      subject: { kind: 'profile', id: application.id },
      customerTenantId: batch.customer.tenantId,
      details: { batch: batch.id, profile, requestId, correlationId, trackingId, problem, ...problemDetails },
    });
  }

  /** The card shows it at once; the rep is told when the last part of it has ended. */
  async function tellEnded(tx: Transaction, { application, batch }: Held): Promise<void> {
    const outbox = createOutbox(tx, ports.jobs, ports.newId);
    await outbox.redraw({ kind: 'batch', id: batch.id });
    const all = await applicationsOf(tx, batch.id);
    if (all.some(({ id, state }) => id !== application.id && !isOver(state))) return;
    const isGood = (await countOutcomes(tx, batch.id)).every(({ counts }) => counts.failed + counts.unknown === 0);
    const subject = { kind: 'profile', id: application.id } as const;
    const news = { subject, notice: 'profile.notice', digest: 'digest.rep', isGood } as const;
    await tellOrCollect(tx, news, await toReader(tx, application.requestedBy), { outbox, now, newId: ports.newId });
  }

  async function enqueue(tx: Transaction, { id, step: before }: ProfileApplication, pauseMs: number): Promise<void> {
    const startAt = new Date(now().getTime() + pauseMs);
    await ports.jobs.enqueue(tx, [{ queue: 'profile-apply', id, step: before + 1, startAt }]);
  }

  return { step };
}

/** A call that has not answered after this long has timed out in its own process, too. */
const CALL_WATCH_MS = 3 * 60_000;
/** Longest pause we believe when we are asked for one. */
const LONGEST_PAUSE_MS = 3_600_000;

function idsByPosition(
  devices: readonly BatchDevice[],
  inBatch: readonly RegisteredDevice[],
): ReadonlyMap<number, string> {
  return new Map(
    verdictsFromBatch(devices, inBatch).flatMap(({ position, deviceId }) =>
      deviceId ? [[position, deviceId] as const] : [],
    ),
  );
}

/** Whatever was never told when a job has ended is unknown, not lost. */
function withUnknown(devices: readonly ProfileOutcome[], told: readonly ProfileOutcome[]): readonly ProfileOutcome[] {
  const known = new Map(told.map((outcome) => [outcome.position, outcome]));
  return devices.map((device) => known.get(device.position) ?? { ...device, state: 'unknown' });
}
