import { record } from '../audit/audit.ts';
import type { UploadId } from '../identity.ts';
import type { Transaction } from '../storage/ports.ts';
import type { Upload } from './batch.ts';
import { createBatchEnd } from './batch-end.ts';
import { moveToUpload, saveResults } from './device-store.ts';
import type { Verdict } from './results.ts';
import type { AfterPost } from './upload.ts';
import type { Held, UploadPorts } from './upload-ports.ts';
import { insertUploads, replaceUpload, uploadsOf } from './upload-store.ts';

/** What was learnt by looking; `again` are positions of devices whose failure may pass. */
export type Learnt = Readonly<{ words: readonly Verdict[]; again?: readonly number[] }>;

/** The writes by which an upload gets on: each is one transaction with the job that comes next. */
export function createUploadMoves(ports: UploadPorts) {
  const { db, now } = ports;
  const { followBatch } = createBatchEnd(ports);

  /** Partner Center, or our own budget, said when to come again; the job engine's own pauses are shorter than that. */
  async function comeBack({ upload }: Held, pauseMs: number): Promise<void> {
    await db.transaction(async (tx) => {
      if ((await replaceUpload(tx, upload)) === 'conflict') return;
      const startAt = new Date(now().getTime() + pauseMs);
      await ports.jobs.enqueue(tx, [{ queue: 'upload', id: upload.id, step: upload.step + 1, startAt }]);
    });
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
    const soon = new Date(now().getTime() + Math.min(pauseMs, BEFORE_ADDING_MS));
    await ports.jobs.enqueue(tx, [{ queue: 'upload', id: following.id, step: following.step, startAt: soon }]);
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

  return { move, comeBack };
}

export type UploadMoves = ReturnType<typeof createUploadMoves>;

/** How long a batch is given to show, once it was accepted, before more is added to it. */
const BEFORE_ADDING_MS = 10_000;
/** How long Microsoft's own trouble is given to pass. */
const BEFORE_SENDING_AGAIN_MS = 60_000;
