import { isConfirmed } from '../audit/witness.ts';
import { ServiceError } from '../errors.ts';
import type { Batch, BatchDevice, Upload } from './batch.ts';
import { devicesOfUpload } from './device-store.ts';
import type { DeviceUpload, UploadOutcome } from './ports.ts';
import { afterPost, PARKED } from './upload.ts';
import type { UploadMoves } from './upload-moves.ts';
import type { Held, UploadPorts } from './upload-ports.ts';
import { replaceUpload, uploadsOf } from './upload-store.ts';

/** Takes one upload to Partner Center: its intent is committed before the POST, its outcome after it. */
export function createUploadSending(ports: UploadPorts, { move, comeBack }: UploadMoves) {
  const { db, now } = ports;

  /**
   * Two keys to a POST: the rep's confirmation, which the audit must have, and a relationship that Partner Center has shown
   * to this very process within the last minutes. What our own tables say of either does not count here: whoever can write
   * them could open that lock.
   */
  async function send(held: Held): Promise<void> {
    const { upload, batch } = held;
    if (!(await isRecorded(batch))) {
      await move(held, { state: 'failed', pauseMs: 0, problem: 'not-recorded' });
      return;
    }
    if (!(await ports.customers.checkRelationship(batch.customer.tenantId, 'seen-lately'))) {
      await move(held, { state: 'failed', pauseMs: 0, problem: 'relationship-not-active' });
      return;
    }
    const devices = await devicesOfUpload(db, upload);
    const sending: Upload = {
      ...upload,
      state: 'sending',
      attempts: upload.attempts + 1,
      looks: 0,
      sentAt: now(),
      firstSentAt: upload.firstSentAt ?? now(),
    };
    const begun = await begin(sending);
    if (begun === 'another-first') await comeBack(held, ONE_AFTER_ANOTHER_MS);
    if (begun !== 'begun') return;
    const current = { batch, upload: { ...sending, step: sending.step + 1 } };
    const outcome = await post(request(current, devices), upload.number === 1 && !batch.addsTo);
    ports.log.info('upload sent', { upload: upload.id, outcome: outcome.kind, requestId: upload.requestId });
    await move(current, afterPost(outcome, { ...sending, devices: devices.length }, now()));
  }

  async function isRecorded({ id, state, customer: { tenantId } }: Batch): Promise<boolean> {
    if (await isConfirmed(db, { kind: 'batch', id, customer: tenantId })) return true;
    const said = { found: `batch.${state} ${tenantId}`, recorded: 'not confirmed for this customer' };
    await db.transaction((tx) => ports.alarms.raise(tx, { kind: 'batch', id, customer: tenantId, ...said }));
    return false;
  }

  /** A missing sign-in stops a POST before it leaves, or Partner Center before it acts: the same ids are sent later. */
  async function post(upload: DeviceUpload, isFirst: boolean): Promise<UploadOutcome> {
    try {
      return await (isFirst ? ports.registry.createBatch(upload) : ports.registry.addDevices(upload));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== PARKED) throw error;
      return { kind: 'not-sent', reason: PARKED };
    }
  }

  /**
   * Commits the intent together with a job that takes over should this process die before the answer. Of one batch only
   * one upload is on its way at a time: with two unknown outcomes, its count of devices could not tell which arrived.
   */
  async function begin(sending: Upload): Promise<'begun' | 'another-first' | 'conflict'> {
    return db.transaction(async (tx) => {
      await tx.query('select 1 from batches where id = $1 for update', [sending.batchId]);
      const others = (await uploadsOf(tx, sending.batchId)).filter(({ id }) => id !== sending.id);
      if (others.some(({ state }) => state === 'sending' || state === 'reconciling')) return 'another-first';
      if ((await replaceUpload(tx, sending)) === 'conflict') return 'conflict';
      const startAt = new Date(now().getTime() + POST_WATCH_MS);
      await ports.jobs.enqueue(tx, [{ queue: 'upload', id: sending.id, step: sending.step + 1, startAt }]);
      return 'begun';
    });
  }

  return { send };
}

/** A POST that has not answered after this long has timed out in its own process, too. */
const POST_WATCH_MS = 3 * 60_000;

/** How soon an upload looks again whether the one before it has arrived. */
const ONE_AFTER_ANOTHER_MS = 20_000;

/**
 * What is asked of Partner Center. A hash beside a PKID stays here: the PKID is enough and recommended, and a hash that does
 * not fit would have the device refused. @see Windows Autopilot, manual registration: partners use the PKID
 */
function request({ upload, batch }: Held, devices: readonly BatchDevice[]): DeviceUpload {
  if (devices.length === 0) throw new ServiceError('batch-empty', `${upload.id} has no devices`);
  return {
    customerId: batch.customer.tenantId,
    batchName: batch.name,
    requestId: upload.requestId,
    correlationId: upload.correlationId,
    devices: devices.map(({ pkid, serial, manufacturer, model, hash }) => ({
      pkid,
      serial,
      manufacturer,
      model,
      hash: pkid === undefined ? hash : undefined,
    })),
  };
}
