import { record } from '../audit/audit.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import { ServiceError } from '../errors.ts';
import { eventOfBatch } from '../events/event.ts';
import type { Announce } from '../events/ports.ts';
import type { UploadId } from '../identity.ts';
import type { Log } from '../log.ts';
import { channelsFor } from '../messages/channels.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import { whoConsented } from '../relationships/consent.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import { type Batch, type BatchDevice, isEnded, isTransient, type Upload, verdict } from './batch.ts';
import { findBatch, replaceBatch } from './batch-store.ts';
import { countDevices, devicesOfUpload, moveToUpload, saveResults } from './device-store.ts';
import type { BatchSummary, DeviceRegistry, DeviceUpload, UploadOutcome } from './ports.ts';
import { type Verdict, verdicts, verdictsFromBatch } from './results.ts';
import {
  type AfterPost,
  afterPost,
  afterReadingBack,
  CERTAINTY_WITHIN_MS,
  LATE_RESULTS_WITHIN_MS,
  lookPauseMs,
  PARKED,
} from './upload.ts';
import { findUpload, insertUploads, replaceUpload, uploadsOf } from './upload-store.ts';

export type UploadPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  registry: DeviceRegistry;
  /** Puts the profile chosen for a batch on its way, in the transaction in which the batch ends. */
  applyProfile?: (tx: Transaction, batch: Batch) => Promise<void>;
  customers: CustomerService;
  now: () => Date;
  newId: () => string;
  /** Tells a ticket system; absent where there is none. */
  announce?: Announce;
  log: Log;
}>;

type Held = Readonly<{ upload: Upload; batch: Batch }>;
type Progress = Readonly<{ words: readonly Verdict[]; isOver: boolean }>;
/** What was learnt by looking; `again` are positions of devices whose failure may pass. */
type Learnt = Readonly<{ words: readonly Verdict[]; again?: readonly number[] }>;
const NOTHING: Learnt = { words: [] };

/**
 * Takes uploads to Partner Center and follows them to the end, one small durable step per job. Before a POST its ids and
 * the intent are committed; a POST whose outcome is unknown is read back before anything else happens.
 */
export function createUploadWorker(ports: UploadPorts) {
  const { db, now } = ports;

  /** What one job does, by the state in which it finds the upload. */
  async function step(id: string, jobStep: number): Promise<void> {
    const upload = await findUpload(db, id as UploadId);
    if (!upload || (jobStep < upload.step && !isSendersAgain(upload, jobStep))) return; // a later job has it in hand
    const batch = await findBatch(db, upload.batchId);
    if (!batch || isEnded(batch.state)) return;
    const held = { upload, batch };
    try {
      if (upload.state === 'queued') await send(held);
      else if (upload.state === 'sending') await begunBefore(held);
      else if (upload.state === 'reconciling') await readBack(held);
      else if (upload.state === 'accepted') await look(held);
    } catch (error) {
      await comeBack(held, pauseAskedFor(error));
    }
  }

  /** Partner Center, or our own budget, said when to come again; the job engine's own pauses are shorter than that. */
  async function comeBack({ upload }: Held, pauseMs: number): Promise<void> {
    await db.transaction(async (tx) => {
      if ((await replaceUpload(tx, upload)) === 'conflict') return;
      const startAt = new Date(now().getTime() + pauseMs);
      await ports.jobs.enqueue(tx, [{ queue: 'upload', id: upload.id, step: upload.step + 1, startAt }]);
    });
  }

  /**
   * Two keys to a POST: the rep's confirmation, which made this upload, and a relationship that Partner Center shows at this
   * moment. What our own tables say of it does not count here: whoever can write them could open that lock.
   */
  async function send(held: Held): Promise<void> {
    const { upload, batch } = held;
    if (!(await ports.customers.checkRelationship(batch.customer.tenantId))) {
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
    const outcome = await post(request(current, devices), upload.number === 1);
    ports.log.info('upload sent', { upload: upload.id, outcome: outcome.kind, requestId: upload.requestId });
    await move(current, afterPost(outcome, { ...sending, devices: devices.length }, now()));
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

  /** A POST was begun and nobody recorded its answer: unless it is still under way here, its outcome is unknown. */
  async function begunBefore(held: Held): Promise<void> {
    await move(held, { state: 'reconciling', pauseMs: 0, problem: 'no-answer' });
  }

  async function readBack(held: Held): Promise<void> {
    const { upload, batch } = held;
    const { tenantId } = batch.customer;
    const devices = await devicesOfUpload(db, upload);
    const name = batch.name.toLowerCase();
    const summary = (await ports.registry.batches(tenantId)).find((one) => one.name.toLowerCase() === name);
    const inBatch = summary ? await ports.registry.batchDevices(tenantId, summary.name) : [];
    const ours = verdictsFromBatch(devices, inBatch).length > 0;
    if (summary && upload.number === 1 && inBatch.length > 0 && !ours) {
      await move(held, { state: 'failed', pauseMs: 0, problem: 'batch-name-taken' });
      return;
    }
    const isThere = ours || (summary !== undefined && (upload.number === 1 || (await isCounted(upload, summary))));
    const seen = isThere ? 'there' : isUnclear(upload, summary) ? 'unclear' : 'absent';
    await move(held, afterReadingBack(upload, seen, now()), NOTHING);
  }

  /** An addition whose devices do not show, or never will because all of them fail, still shows in the batch's count. */
  async function isCounted(upload: Upload, { deviceCount }: BatchSummary): Promise<boolean> {
    const taken = (await uploadsOf(db, upload.batchId)).filter(
      ({ id, state }) => id === upload.id || state === 'accepted' || state === 'finished',
    );
    return deviceCount !== undefined && deviceCount >= taken.reduce((sum, one) => sum + one.deviceCount, 0);
  }

  async function look(held: Held): Promise<void> {
    const { upload } = held;
    const devices = await devicesOfUpload(db, upload);
    const { words, isOver } = (await fromStatus(held, devices)) ?? (await fromBatch(held, devices));
    const open = devices.length - words.filter(({ state }) => state !== 'pending').length;
    const waitedMs = now().getTime() - (upload.sentAt ?? now()).getTime();
    const { looks } = upload;
    if (isOver && (open === 0 || waitedMs >= LATE_RESULTS_WITHIN_MS)) {
      const again = upload.retryOf ? [] : words.filter(isTransient).map(({ position }) => position);
      await move(held, { state: 'finished', pauseMs: 0 }, { words: withUnknown(devices, words), again });
    } else if (waitedMs >= CERTAINTY_WITHIN_MS) {
      const after = { state: 'needs-human', pauseMs: 0, problem: 'never-finished' } as const;
      await move(held, after, { words: withUnknown(devices, words) });
    } else {
      await move(held, { state: 'accepted', pauseMs: lookPauseMs(looks + 1, devices.length) }, { words });
    }
  }

  async function fromStatus({ upload, batch }: Held, devices: readonly BatchDevice[]): Promise<Progress | undefined> {
    if (!upload.trackingId) return undefined;
    const status = await ports.registry.uploadStatus(batch.customer.tenantId, upload.trackingId);
    return status && { words: verdicts(devices, status), isOver: isTerminal(status.state) };
  }

  /** Where the tracking id was lost, or is no longer known, the batch's own content tells what is registered. */
  async function fromBatch({ batch }: Held, devices: readonly BatchDevice[]): Promise<Progress> {
    const { tenantId } = batch.customer;
    const name = batch.name.toLowerCase();
    const summary = (await ports.registry.batches(tenantId)).find((one) => one.name.toLowerCase() === name);
    const inBatch = summary ? await ports.registry.batchDevices(tenantId, summary.name) : [];
    return { words: verdictsFromBatch(devices, inBatch), isOver: summary !== undefined && isTerminal(summary.state) };
  }

  /** Records where an upload got to, what that means for the batch, and the next job: one transaction. */
  async function move(held: Held, after: AfterPost, learnt?: Learnt): Promise<void> {
    const { upload, batch } = held;
    await db.transaction(async (tx) => {
      const next: Upload = {
        ...upload,
        state: after.state,
        looks: learnt && after.state === upload.state ? upload.looks + 1 : 0,
        trackingId: after.trackingId ?? upload.trackingId,
        problem: after.problem,
        problemDetails: after.problemDetails,
      };
      if ((await replaceUpload(tx, next)) === 'conflict') return;
      const { words = [], again = [] } = learnt ?? {};
      const settled = words.filter(({ position }) => !again.includes(position));
      const changed = settled.length > 0 ? await saveResults(tx, batch.id, settled) : 0;
      if (again.length > 0) await sendAgain(tx, next, again);
      if (next.state !== upload.state) await recordMove(tx, held, next);
      if (next.state === 'failed') await failDevices(tx, next);
      await enqueueNext(tx, held, next, after.pauseMs);
      if (changed > 0 || next.state !== upload.state) await followBatch(tx, batch.id);
    });
  }

  async function enqueueNext(tx: Transaction, { upload }: Held, next: Upload, pauseMs: number): Promise<void> {
    const startAt = new Date(now().getTime() + pauseMs);
    if (['queued', 'reconciling', 'accepted'].includes(next.state)) {
      await ports.jobs.enqueue(tx, [{ queue: 'upload', id: next.id, step: next.step + 1, startAt }]);
    }
    if (next.state === upload.state || next.state === 'queued' || next.state === 'reconciling') return;
    const following = (await uploadsOf(tx, next.batchId)).find(({ number }) => number === next.number + 1);
    if (following?.state !== 'queued' || following.attempts > 0) return;
    if (next.number === 1 && next.state !== 'accepted' && next.state !== 'finished') {
      await abandon(tx, next);
      return;
    }
    await ports.jobs.enqueue(tx, [{ queue: 'upload', id: following.id, step: following.step, startAt }]);
  }

  /** Devices that failed for a reason that may pass go out once more, in an upload of their own. */
  async function sendAgain(tx: Transaction, { id, batchId }: Upload, positions: readonly number[]): Promise<void> {
    const { length } = await uploadsOf(tx, batchId);
    const fresh = { requestId: ports.newId(), correlationId: ports.newId(), attempts: 0, looks: 0, step: 0 };
    const retry: Upload = {
      ...fresh,
      id: ports.newId() as UploadId,
      batchId,
      number: length + 1,
      retryOf: id,
      deviceCount: positions.length,
      state: 'queued',
    };
    await insertUploads(tx, [retry]);
    await moveToUpload(tx, retry, positions);
    const startAt = new Date(now().getTime() + BEFORE_SENDING_AGAIN_MS);
    await ports.jobs.enqueue(tx, [{ queue: 'upload', id: retry.id, step: 0, startAt }]);
  }

  /** Without the batch that the first upload creates there is nothing to add to: the others end as it did. */
  async function abandon(tx: Transaction, first: Upload): Promise<void> {
    for (const upload of await uploadsOf(tx, first.batchId)) {
      if (upload.number === 1 || upload.state !== 'queued') continue;
      const ended: Upload = {
        ...upload,
        state: 'failed',
        problem: first.problem,
        problemDetails: first.problemDetails,
      };
      await replaceUpload(tx, ended);
      await failDevices(tx, ended);
    }
  }

  /** Devices of an upload that Partner Center never took. */
  async function failDevices(tx: Transaction, upload: Upload): Promise<void> {
    await tx.query(
      `update batch_devices set state = 'failed', error_name = $3 where batch_id = $1 and upload_number = $2
         and state in ('pending', 'unknown')`,
      [upload.batchId, upload.number, 'NotSent'],
    );
  }

  async function recordMove(tx: Transaction, { upload, batch }: Held, next: Upload): Promise<void> {
    await record(tx, {
      at: now(),
      action: `upload.${next.state}`,
      subject: { kind: 'upload', id: upload.id },
      customerTenantId: batch.customer.tenantId,
      details: {
        batch: batch.id,
        requestId: upload.requestId,
        correlationId: upload.correlationId,
        trackingId: next.trackingId,
        attempts: next.attempts,
        problem: next.problem,
      },
    });
  }

  /** Brings the batch to what its uploads and devices say, and wants its cards brought up to date. */
  async function followBatch(tx: Transaction, id: Batch['id']): Promise<void> {
    await tx.query('select 1 from batches where id = $1 for update', [id]);
    const batch = await findBatch(tx, id);
    if (!batch) return;
    const uploads = await uploadsOf(tx, id);
    const ended = verdict(uploads, await countDevices(tx, id));
    const sent = uploads.every(({ state }) => state !== 'queued' && state !== 'sending' && state !== 'reconciling');
    const state = ended ?? (sent ? 'waiting' : 'sending');
    const after: Batch = {
      ...batch,
      state,
      problem: uploads.find(({ problem }) => problem)?.problem,
      finishedAt: ended ? now() : undefined,
    };
    if ((await replaceBatch(tx, after)) === 'conflict') throw new Error('the batch kept changing');
    const outbox = createOutbox(tx, ports.jobs, ports.newId);
    await outbox.redraw({ kind: 'batch', id });
    if (ended) await tellEnded(tx, after);
    if (ended && batch.profile) await ports.applyProfile?.(tx, after);
  }

  async function tellEnded(tx: Transaction, batch: Batch): Promise<void> {
    const outbox = createOutbox(tx, ports.jobs, ports.newId);
    const subject = { kind: 'batch', id: batch.id } as const;
    const { tenantId, userId } = batch.requestedBy;
    const counts = await countDevices(tx, batch.id);
    await record(tx, {
      at: now(),
      action: `batch.${batch.state}`,
      subject,
      customerTenantId: batch.customer.tenantId,
      details: { ...counts },
    });
    await ports.announce?.(tx, { type: eventOfBatch(batch.state), data: { ...namesOf(batch), devices: counts } });
    const urgency = batch.state === 'needs-human' ? 'urgent' : undefined;
    await outbox.want(subject, 'batch.notice-rep', { kind: 'person', tenantId, userId }, urgency);
    const admin = counts.registered > 0 ? await whoConsented(tx, batch.customer.tenantId) : undefined;
    if (admin && admin.settings?.deviceNotices !== false) {
      const recipient = { kind: 'person', tenantId: admin.tenantId, userId: admin.userId } as const;
      await outbox.want(subject, 'batch.notice-customer', recipient);
    }
    if (batch.origin) await outbox.want(subject, 'batch.notice-channel', { kind: 'conversation', ...batch.origin });
    for (const channel of await channelsFor(tx, batch.origin?.conversationId)) {
      await outbox.want(subject, 'batch.notice-channel', channel);
    }
  }

  return { step };
}

function namesOf({ id, customer, name, state }: Batch) {
  return { batchId: id, customerTenantId: customer.tenantId, name, state };
}

/** A POST that has not answered after this long has timed out in its own process, too. */
const POST_WATCH_MS = 3 * 60_000;

/** The very job that began a POST is run again: it was cut off, and nobody waits for the answer any more. */
function isSendersAgain({ state, step }: Upload, jobStep: number): boolean {
  return state === 'sending' && jobStep === step - 1;
}

/** The batch still works on something, or does not show at all although an addition goes to one that is there. */
function isUnclear({ number }: Upload, summary: BatchSummary | undefined): boolean {
  return summary ? !isTerminal(summary.state) : number > 1;
}

/** How soon an upload looks again whether the one before it has arrived. */
const ONE_AFTER_ANOTHER_MS = 20_000;
/** How long Microsoft's own trouble is given to pass. */
const BEFORE_SENDING_AGAIN_MS = 60_000;
/** Longest pause we believe when we are asked for one. */
const LONGEST_PAUSE_MS = 3_600_000;

/** The pause an error asks for, in ms. @throws the error itself when it asks for none: then the job engine decides. */
function pauseAskedFor(error: unknown): number {
  const asked = error instanceof ServiceError ? error.details.retryAfterMs : undefined;
  if (typeof asked !== 'number') throw error;
  return Math.min(asked, LONGEST_PAUSE_MS);
}

function isTerminal(state: string): boolean {
  return state === 'finished' || state === 'finished_with_errors';
}

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

/** Whatever still has no verdict when an upload has ended is unknown, not lost. */
function withUnknown(devices: readonly BatchDevice[], words: readonly Verdict[]): readonly Verdict[] {
  const told = new Map(words.filter(({ state }) => state !== 'pending').map((word) => [word.position, word]));
  return devices.map(({ position }) => told.get(position) ?? { position, state: 'unknown' });
}
