import type { Jobs } from '../queue/ports.ts';
import type { Transaction } from '../storage/ports.ts';
import { PARKED } from './upload.ts';
import { parkedUploads, replaceUpload } from './upload-store.ts';

/**
 * Sends on what waited for a sign-in. Each gets a step of its own, so that the job it still has for later finds nothing
 * left to do.
 */
export async function wakeParkedUploads(tx: Transaction, jobs: Jobs): Promise<number> {
  const parked = await parkedUploads(tx, PARKED);
  for (const upload of parked) {
    if ((await replaceUpload(tx, { ...upload, problem: undefined })) === 'conflict') continue;
    await jobs.enqueue(tx, [{ queue: 'upload', id: upload.id, step: upload.step + 1 }]);
  }
  return parked.length;
}
