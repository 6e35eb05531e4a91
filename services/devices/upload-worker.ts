import { ServiceError } from '../errors.ts';
import type { UploadId } from '../identity.ts';
import { isEnded, type Upload } from './batch.ts';
import { findBatch } from './batch-store.ts';
import { createUploadLooking } from './upload-looking.ts';
import { createUploadMoves } from './upload-moves.ts';
import type { Held, UploadPorts } from './upload-ports.ts';
import { createUploadSending } from './upload-sending.ts';
import { findUpload } from './upload-store.ts';

/**
 * Takes uploads to Partner Center and follows them to the end, one small durable step per job. Before a POST its ids and
 * the intent are committed; a POST whose outcome is unknown is read back before anything else happens.
 */
export function createUploadWorker(ports: UploadPorts) {
  const { db } = ports;
  const moves = createUploadMoves(ports);
  const { send } = createUploadSending(ports, moves);
  const { look, readBack } = createUploadLooking(ports, moves);

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
      await moves.comeBack(held, pauseAskedFor(error));
    }
  }

  /** A POST was begun and nobody recorded its answer: unless it is still under way here, its outcome is unknown. */
  async function begunBefore(held: Held): Promise<void> {
    await moves.move(held, { state: 'reconciling', pauseMs: 0, problem: 'no-answer' });
  }

  return { step };
}

/** The very job that began a POST is run again: it was cut off, and nobody waits for the answer any more. */
function isSendersAgain({ state, step }: Upload, jobStep: number): boolean {
  return state === 'sending' && jobStep === step - 1;
}

/** Longest pause we believe when we are asked for one. */
const LONGEST_PAUSE_MS = 3_600_000;

/** The pause an error asks for, in ms. @throws the error itself when it asks for none: then the job engine decides. */
function pauseAskedFor(error: unknown): number {
  const asked = error instanceof ServiceError ? error.details.retryAfterMs : undefined;
  if (typeof asked !== 'number') throw error;
  return Math.min(asked, LONGEST_PAUSE_MS);
}
