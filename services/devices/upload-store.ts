import { z } from 'zod';
import type { BatchId, UploadId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, optionalMoment, optionalText, text } from '../storage/rows.ts';
import { UPLOAD_STATES, type Upload } from './batch.ts';

/** Splits a confirmed batch into its uploads, whose ids are fixed here and now. */
export async function insertUploads(tx: Transaction, uploads: readonly Upload[]): Promise<void> {
  for (const upload of uploads) {
    await tx.query(
      `insert into uploads (id, batch_id, number, request_id, correlation_id, state, retry_of, device_count)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        upload.id,
        upload.batchId,
        upload.number,
        upload.requestId,
        upload.correlationId,
        upload.state,
        upload.retryOf ?? null,
        upload.deviceCount,
      ],
    );
  }
}

export async function findUpload(db: Queryable, id: UploadId): Promise<Upload | undefined> {
  const [found] = await db.query('select * from uploads where id = $1', [id]);
  return found && parseUpload(found);
}

export async function uploadsOf(db: Queryable, id: BatchId): Promise<readonly Upload[]> {
  const rows = await db.query('select * from uploads where batch_id = $1 order by number', [id]);
  return rows.map(parseUpload);
}

/** Uploads that wait to be sent, for this reason. */
export async function parkedUploads(db: Queryable, problem: string): Promise<readonly Upload[]> {
  const rows = await db.query(`select * from uploads where state = 'queued' and problem = $1 order by id`, [problem]);
  return rows.map(parseUpload);
}

/** Writes over the step that was read and counts it up: a worker that was overtaken changes nothing. */
export async function replaceUpload(tx: Transaction, after: Upload): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update uploads set state = $3, tracking_id = $4, attempts = $5, first_sent_at = $6, sent_at = $7, looks = $8,
       problem = $9, problem_details = $10::jsonb, step = step + 1
     where id = $1 and step = $2 returning id`,
    [
      after.id,
      after.step,
      after.state,
      after.trackingId ?? null,
      after.attempts,
      after.firstSentAt ?? null,
      after.sentAt ?? null,
      after.looks,
      after.problem ?? null,
      after.problemDetails ? JSON.stringify(after.problemDetails) : null,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

const uploadRow = z.object({
  id: text.transform((value) => value as UploadId),
  batch_id: text.transform((value) => value as BatchId),
  number: count,
  retry_of: optionalText.transform((value) => value as UploadId | undefined),
  device_count: count,
  request_id: text,
  correlation_id: text,
  state: z.enum(UPLOAD_STATES),
  tracking_id: optionalText,
  attempts: count,
  first_sent_at: optionalMoment,
  sent_at: optionalMoment,
  looks: count,
  problem: optionalText,
  problem_details: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .nullish()
    .transform((value) => value ?? undefined),
  step: count,
});

function parseUpload(raw: Row): Upload {
  const found = uploadRow.parse(raw);
  return {
    id: found.id,
    batchId: found.batch_id,
    number: found.number,
    retryOf: found.retry_of,
    deviceCount: found.device_count,
    requestId: found.request_id,
    correlationId: found.correlation_id,
    state: found.state,
    trackingId: found.tracking_id,
    attempts: found.attempts,
    firstSentAt: found.first_sent_at,
    sentAt: found.sent_at,
    looks: found.looks,
    problem: found.problem,
    problemDetails: found.problem_details,
    step: found.step,
  };
}
