import type { Alarms } from '../audit/alarms.ts';
import { record } from '../audit/audit.ts';
import { isConfirmed } from '../audit/witness.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import type { DevicePace } from '../devices/paced-registry.ts';
import type { DeviceRegistry } from '../devices/ports.ts';
import { ServiceError } from '../errors.ts';
import { isSamePerson, type Person, type RemovalId } from '../identity.ts';
import type { Log } from '../log.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { DeviceRemover } from '../partner-center/devices.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { MAX_ATTEMPTS, type Removal, type RemovalDevice, readBackPauseMs, removalVerdict } from './removal.ts';
import { countRemovalDevices, moveRemovalDevice, removalDevicesIn } from './removal-device-store.ts';
import type { RemovalService } from './removal-service.ts';
import { findRemoval, replaceRemoval } from './removal-store.ts';

export type RemovalWorkerPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  remover: DeviceRemover;
  /** Reads and budgets of background work. */
  registry: Pick<DeviceRegistry, 'batchDevices'> & Pick<DevicePace, 'takePlace'>;
  customers: Pick<CustomerService, 'checkRelationship'>;
  removals: Pick<RemovalService, 'expire'>;
  /** Tells administrators of a removal that the audit does not know as confirmed. */
  alarms: Pick<Alarms, 'raise'>;
  now: () => Date;
  newId: () => string;
  log: Log;
}>;

/** How one call ended, as far as we can know. */
type Outcome = Pick<RemovalDevice, 'state' | 'errorStatus' | 'errorCode'> & Readonly<{ pauseMs?: number }>;

/**
 * Removes the devices of confirmed removals, one after the other. Before each call its intent is committed; a call whose
 * outcome is unknown is read back from the batch before anything else happens to that device.
 */
export function createRemovalWorker(ports: RemovalWorkerPorts) {
  const { db, now } = ports;

  /** What one job does: a number of devices, then the next job takes over. */
  async function step(id: string, jobStep: number): Promise<void> {
    const removal = await findRemoval(db, id as RemovalId);
    if (!removal || jobStep < removal.step) return; // a later job has it in hand
    if (removal.state === 'asked') return ports.removals.expire(removal.id);
    if (removal.state !== 'removing') return;
    const pauseMs = (await removeSome(removal)) ?? (await readBack(removal));
    await goOn(removal, pauseMs);
  }

  /** Devices that wait for their turn. Returns the pause after which to come again, or nothing when none are left. */
  async function removeSome(removal: Removal): Promise<number | undefined> {
    const waiting = await removalDevicesIn(db, removal.id, ['waiting'], DEVICES_PER_JOB);
    if (waiting.length === 0) return undefined;
    if (!(await isRecorded(removal))) {
      await failAll(removal, 'not-recorded');
      return 0;
    }
    if (!(await ports.customers.checkRelationship(removal.customer.tenantId))) {
      await failAll(removal, 'relationship-not-active');
      return 0;
    }
    for (const device of waiting) {
      const pauseMs = ports.registry.takePlace(removal.customer.tenantId);
      if (pauseMs > 0) return pauseMs;
      const askedFor = await removeOne(removal, device);
      if (askedFor) return askedFor;
    }
    return 0;
  }

  async function removeOne(removal: Removal, device: RemovalDevice): Promise<number | undefined> {
    const removing: RemovalDevice = { ...device, state: 'removing', attempts: device.attempts + 1, sentAt: now() };
    const begun = await db.transaction((tx) => moveRemovalDevice(tx, removal.id, device, removing));
    if (begun === 'conflict') return undefined;
    const outcome = await call(removal, removing);
    ports.log.info('device removal called', { removal: removal.id, state: outcome.state, requestId: device.requestId });
    await settle(removal, removing, outcome);
    return outcome.pauseMs;
  }

  async function call({ customer }: Removal, device: RemovalDevice): Promise<Outcome> {
    const { batchName = '', deviceId = '', requestId = '', correlationId = '', attempts } = device;
    try {
      const said = await ports.remover.deleteDevice(customer.tenantId, batchName, deviceId, {
        requestId,
        correlationId,
      });
      return { state: said === 'deleted' || attempts > 1 ? 'removed' : 'gone' };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return afterError(error);
    }
  }

  async function settle(removal: Removal, before: RemovalDevice, outcome: Outcome): Promise<void> {
    const isOver = !['waiting', 'checking'].includes(outcome.state);
    // an attempt that never left does not count
    const attempts = outcome.state === 'waiting' && before.state === 'removing' ? before.attempts - 1 : before.attempts;
    const { state, errorStatus, errorCode } = outcome;
    const after = { ...before, state, attempts, errorStatus, errorCode, ...(isOver && { endedAt: now() }) };
    await db.transaction((tx) => moveRemovalDevice(tx, removal.id, before, after));
  }

  /**
   * Devices whose call went unanswered, or was cut off: what their batch lists now decides. One that is still listed
   * gets another attempt, the same call with the same ids; a device cannot be removed twice.
   */
  async function readBack(removal: Removal): Promise<number | undefined> {
    const open = await removalDevicesIn(db, removal.id, ['removing', 'checking'], DEVICES_PER_JOB);
    if (open.length === 0) return undefined;
    const due = open.filter((device) => dueInMs(device, now()) === 0);
    const names = [...new Set(due.flatMap(({ batchName }) => batchName ?? []))];
    for (const name of names) {
      const listed = await ports.registry.batchDevices(removal.customer.tenantId, name);
      const there = new Set(listed.map(({ deviceId }) => deviceId));
      for (const device of due.filter(({ batchName }) => batchName === name)) {
        if (!there.has(device.deviceId ?? '')) await settle(removal, device, { state: 'removed' });
        else await again(removal, device);
      }
    }
    return due.length > 0 ? 0 : Math.min(...open.map((device) => dueInMs(device, now())));
  }

  /** Another attempt, or, after many, a person's look. */
  async function again(removal: Removal, before: RemovalDevice): Promise<void> {
    const state = before.attempts < MAX_ATTEMPTS ? 'waiting' : 'unknown';
    await db.transaction((tx) => moveRemovalDevice(tx, removal.id, before, { ...before, state }));
  }

  /** The row alone does not count: that a second person confirmed must stand in the audit. */
  async function isRecorded({ id, customer: { tenantId } }: Removal): Promise<boolean> {
    if (await isConfirmed(db, { kind: 'removal', id, customer: tenantId })) return true;
    const said = { found: `removal.removing ${tenantId}`, recorded: 'not confirmed for this customer' };
    await db.transaction((tx) => ports.alarms.raise(tx, { kind: 'removal', id, customer: tenantId, ...said }));
    return false;
  }

  /** Nothing more is tried. */
  async function failAll(removal: Removal, errorCode: string): Promise<void> {
    const waiting = await removalDevicesIn(db, removal.id, ['waiting'], Number.MAX_SAFE_INTEGER);
    for (const device of waiting) {
      await settle(removal, device, { state: 'failed', errorCode });
    }
  }

  /** Ends the removal when nothing is awaited any more, or enqueues the next job; with it everybody's card is drawn anew. */
  async function goOn(removal: Removal, pauseMs = 0): Promise<void> {
    await db.transaction(async (tx) => {
      const state = removalVerdict(await countRemovalDevices(tx, removal.id));
      const ended = state && { state, finishedAt: now() };
      const after: Removal = { ...removal, ...ended, step: removal.step + 1 };
      if ((await replaceRemoval(tx, after)) === 'conflict') return;
      await createOutbox(tx, ports.jobs, ports.newId).redraw({ kind: 'removal', id: removal.id });
      if (ended) return tellEnded(tx, after);
      const startAt = new Date(now().getTime() + pauseMs);
      await ports.jobs.enqueue(tx, [{ queue: 'removal', id: removal.id, step: after.step, startAt }]);
    });
  }

  async function tellEnded(tx: Transaction, removal: Removal): Promise<void> {
    const outbox = createOutbox(tx, ports.jobs, ports.newId);
    const subject = { kind: 'removal', id: removal.id } as const;
    const { removed, gone, failed, unknown } = await countRemovalDevices(tx, removal.id);
    await record(tx, {
      at: now(),
      action: `removal.${removal.state}`,
      subject,
      customerTenantId: removal.customer.tenantId,
      details: { removed, gone, failed, unknown },
    });
    const { requestedBy, decision } = removal;
    await outbox.want(subject, 'removal.notice-rep', toPerson(requestedBy));
    if (decision && !isSamePerson(decision.by, requestedBy))
      await outbox.want(subject, 'removal.notice-remover', toPerson(decision.by));
  }

  return { step };
}

/** So many devices are removed by one job; then the relationship is looked at again, and cards are drawn anew. */
const DEVICES_PER_JOB = 25;
/** A sign-in is renewed by a person: looked for again this often. */
const SIGN_IN_PAUSE_MS = 5 * 60_000;
/** A call that has not answered after this long has timed out in its own process, too. */
const CALL_WATCH_MS = 3 * 60_000;

/** When a device whose outcome is unknown may be read back, in ms from now. */
function dueInMs({ state, sentAt, attempts }: RemovalDevice, now: Date): number {
  const quietMs = state === 'removing' ? CALL_WATCH_MS : readBackPauseMs(attempts);
  return Math.max(0, (sentAt ?? now).getTime() + quietMs - now.getTime());
}

/** What an error says about the device: refused for good, certainly nothing done, or not known. */
function afterError({ code, details }: ServiceError): Outcome {
  if (code === 'partner-center-sign-in') return { state: 'waiting', pauseMs: SIGN_IN_PAUSE_MS };
  const { status, code: reason, retryAfterMs } = details;
  if (code !== 'partner-center-refused')
    return { state: 'checking', pauseMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined };
  return {
    state: 'failed',
    errorStatus: typeof status === 'number' ? status : undefined,
    errorCode: reason === undefined ? undefined : String(reason).slice(0, 64),
  };
}

function toPerson({ tenantId, userId }: Person) {
  return { kind: 'person', tenantId, userId } as const;
}
