import { z } from 'zod';
import type { BatchId, TenantId, UploadId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, moment, optionalMoment, optionalText, person, tenantId, text } from '../storage/rows.ts';
import {
  BATCH_STATES,
  type Batch,
  type BatchDevice,
  DEVICE_STATES,
  type DeviceState,
  UPLOAD_STATES,
  type Upload,
} from './batch.ts';
import { type ListProblem, PROBLEM_KINDS } from './device.ts';

export async function findBatch(db: Queryable, id: BatchId): Promise<Batch | undefined> {
  const [found] = await db.query('select * from batches where id = $1', [id]);
  return found && parseBatch(found);
}

/** Batches that were confirmed, newest first. */
export async function listBatches(
  db: Queryable,
  page: { limit: number; offset: number },
): Promise<{ batches: readonly Batch[]; total: number }> {
  const rows = await db.query(
    `select *, count(*) over () as total from batches where state not in ('draft', 'cancelled')
     order by created_at desc, id limit $1 offset $2`,
    [page.limit, page.offset],
  );
  return { batches: rows.map(parseBatch), total: Number(rows[0]?.total ?? 0) };
}

/** How many batches are under way. */
export async function countRunningBatches(db: Queryable): Promise<number> {
  const [row] = await db.query(`select count(*) as n from batches where state in ('sending', 'waiting')`);
  return Number(row?.n);
}

/** The batch of that customer which has, or had, this name at Partner Center, if any. */
export async function findBatchByName(db: Queryable, customer: TenantId, name: string): Promise<Batch | undefined> {
  const [found] = await db.query(
    `select * from batches where customer_tenant_id = $1 and lower(name) = lower($2)
       and state not in ('draft', 'cancelled', 'failed')`,
    [customer, name],
  );
  return found && parseBatch(found);
}

export async function insertBatch(tx: Transaction, batch: Batch): Promise<void> {
  await tx.query(
    `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, origin, state,
       created_at, version) values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10)`,
    [
      batch.id,
      batch.customer.tenantId,
      batch.customer.name,
      batch.customer.domain,
      batch.name,
      JSON.stringify(batch.requestedBy),
      batch.origin ? JSON.stringify(batch.origin) : null,
      batch.state,
      batch.createdAt,
      batch.version,
    ],
  );
}

/** Writes over the version that was read and counts it up; `conflict` when somebody wrote in between. */
export async function replaceBatch(tx: Transaction, after: Batch): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update batches set name = $3, state = $4, problem = $5, confirmed_at = $6, finished_at = $7, version = version + 1
     where id = $1 and version = $2 returning id`,
    [
      after.id,
      after.version,
      after.name,
      after.state,
      after.problem ?? null,
      after.confirmedAt ?? null,
      after.finishedAt ?? null,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

const DEVICES_PER_INSERT = 500;

/** Appends devices to a draft, in their order. */
export async function insertDevices(tx: Transaction, id: BatchId, devices: readonly BatchDevice[]): Promise<void> {
  for (let start = 0; start < devices.length; start += DEVICES_PER_INSERT) {
    const part = devices.slice(start, start + DEVICES_PER_INSERT);
    await tx.query(
      `insert into batch_devices (batch_id, position, source, row_number, pkid, serial, manufacturer, model, hash,
         confirm, state)
       select $1, d.* , 'listed' from jsonb_to_recordset($2::jsonb) as d(position int, source text, row int, pkid text,
         serial text, manufacturer text, model text, hash text, confirm text)`,
      [
        id,
        JSON.stringify(
          part.map(({ position, source, row, pkid, serial, manufacturer, model, hash, confirm }) => ({
            position,
            source,
            row,
            pkid,
            serial,
            manufacturer,
            model,
            hash,
            confirm,
          })),
        ),
      ],
    );
  }
}

export async function insertProblems(
  tx: Transaction,
  id: BatchId,
  from: number,
  problems: readonly ListProblem[],
): Promise<void> {
  await tx.query(
    `insert into batch_problems (batch_id, position, source, row_number, kind, details)
     select $1, p.* from jsonb_to_recordset($2::jsonb) as p(position int, source text, row int, kind text, details jsonb)`,
    [id, JSON.stringify(problems.map((problem, index) => ({ position: from + index, ...problem })))],
  );
}

/** Devices of a batch by position, or in the order a rep reads results: what went wrong first. */
export async function listDevices(
  db: Queryable,
  id: BatchId,
  page: { limit: number; offset: number; order: 'position' | 'failures-first' },
): Promise<readonly BatchDevice[]> {
  const order =
    page.order === 'position'
      ? 'position'
      : `array_position(array['failed','unknown','pending','already','registered','listed'], state), position`;
  const rows = await db.query(`select * from batch_devices where batch_id = $1 order by ${order} limit $2 offset $3`, [
    id,
    page.limit,
    page.offset,
  ]);
  return rows.map(parseDevice);
}

/** Devices that await the rep's yes. */
export async function listDoubtful(
  db: Queryable,
  id: BatchId,
  page: { limit: number; offset: number },
): Promise<readonly BatchDevice[]> {
  const rows = await db.query(
    'select * from batch_devices where batch_id = $1 and confirm is not null order by position limit $2 offset $3',
    [id, page.limit, page.offset],
  );
  return rows.map(parseDevice);
}

export async function doubtfulPositions(tx: Transaction, id: BatchId): Promise<readonly number[]> {
  const rows = await tx.query('select position from batch_devices where batch_id = $1 and confirm is not null', [id]);
  return rows.map(({ position }) => Number(position));
}

export async function acceptDevices(tx: Transaction, id: BatchId, positions: readonly number[]): Promise<void> {
  await tx.query('update batch_devices set confirm = null where batch_id = $1 and position = any($2::int[])', [
    id,
    positions,
  ]);
}

/** Takes devices out of a draft and closes the gaps they leave. */
export async function removeDevices(tx: Transaction, id: BatchId, positions: readonly number[]): Promise<void> {
  if (positions.length > 0) await removeRows(tx, 'batch_devices', id, positions);
}

/** Takes problem rows out of a draft and closes the gaps they leave. */
export async function removeProblems(tx: Transaction, id: BatchId, positions: readonly number[]): Promise<void> {
  if (positions.length > 0) await removeRows(tx, 'batch_problems', id, positions);
}

/** By way of negative numbers, so that no two rows have the same position in between. */
async function removeRows(
  tx: Transaction,
  table: 'batch_devices' | 'batch_problems',
  id: BatchId,
  positions: readonly number[],
): Promise<void> {
  await tx.query(`delete from ${table} where batch_id = $1 and position = any($2::int[])`, [id, positions]);
  await tx.query(`update ${table} set position = -1 - position where batch_id = $1`, [id]);
  await tx.query(
    `update ${table} t set position = n.rank
     from (select position, row_number() over (order by position desc) - 1 as rank from ${table} where batch_id = $1) n
     where t.batch_id = $1 and t.position = n.position`,
    [id],
  );
}

/** Where the devices and problems of a draft came from, in the order in which they were added. */
export async function listSources(db: Queryable, id: BatchId): Promise<readonly string[]> {
  const rows = await db.query(
    `select source from (select source, position from batch_devices where batch_id = $1
       union all select source, position from batch_problems where batch_id = $1) s
     group by source order by min(position), source`,
    [id],
  );
  return rows.map(({ source }) => String(source));
}

/** Freezes a list: each device gets the number of its upload, from 1, by the positions at which uploads begin. */
export async function assignUploads(tx: Transaction, id: BatchId, starts: readonly number[]): Promise<void> {
  await tx.query(
    `update batch_devices set state = 'pending',
       upload_number = (select count(*) from unnest($2::int[]) as s(start) where s.start <= position)
     where batch_id = $1`,
    [id, starts],
  );
}

/** Roughly what each device takes in a POST, in bytes, by position. */
export async function deviceSizes(tx: Transaction, id: BatchId): Promise<readonly number[]> {
  const rows = await tx.query(
    `select 100 + coalesce(length(pkid), 0) + coalesce(length(serial), 0) + coalesce(length(manufacturer), 0)
       + coalesce(length(model), 0) + coalesce(length(hash), 0) as bytes
     from batch_devices where batch_id = $1 order by position`,
    [id],
  );
  return rows.map(({ bytes }) => Number(bytes));
}

/** Moves devices that failed for a passing reason to a further upload, which sends them again. */
export async function moveToUpload(
  tx: Transaction,
  upload: Pick<Upload, 'batchId' | 'number'>,
  positions: readonly number[],
): Promise<void> {
  await tx.query(
    `update batch_devices set state = 'pending', upload_number = $2 where batch_id = $1 and position = any($3::int[])`,
    [upload.batchId, upload.number, positions],
  );
}

export async function devicesOfUpload(db: Queryable, upload: Upload): Promise<readonly BatchDevice[]> {
  const rows = await db.query(
    'select * from batch_devices where batch_id = $1 and upload_number = $2 order by position',
    [upload.batchId, upload.number],
  );
  return rows.map(parseDevice);
}

export async function listProblems(
  db: Queryable,
  id: BatchId,
  page: { limit: number; offset: number },
): Promise<{ problems: readonly (ListProblem & { position: number })[]; total: number }> {
  const rows = await db.query(
    `select *, count(*) over () as total from batch_problems where batch_id = $1 order by position limit $2 offset $3`,
    [id, page.limit, page.offset],
  );
  return { problems: rows.map(parseProblem), total: Number(rows[0]?.total ?? 0) };
}

/** How many devices of a batch are in which state, and how many of them still await the rep's yes. */
export async function countDevices(
  db: Queryable,
  id: BatchId,
): Promise<Readonly<Record<DeviceState, number>> & { total: number; doubtful: number }> {
  const rows = await db.query(
    `select state, count(*) as n, count(confirm) as doubtful from batch_devices where batch_id = $1 group by state`,
    [id],
  );
  const counts = { listed: 0, pending: 0, registered: 0, already: 0, failed: 0, unknown: 0, total: 0, doubtful: 0 };
  for (const raw of rows) {
    const { state, n, doubtful } = countRow.parse(raw);
    counts[state] = n;
    counts.total += n;
    counts.doubtful += doubtful;
  }
  return counts;
}

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

/** Stores the verdicts on devices; one that is already final stays. Returns how many changed. */
export async function saveResults(
  tx: Transaction,
  id: BatchId,
  results: readonly Pick<BatchDevice, 'position' | 'state' | 'deviceId' | 'errorCode' | 'errorName'>[],
): Promise<number> {
  const rows = await tx.query(
    `update batch_devices d set state = r.state, device_id = coalesce(r."deviceId", d.device_id),
       error_code = r."errorCode", error_name = r."errorName"
     from jsonb_to_recordset($2::jsonb) as r(position int, state text, "deviceId" text, "errorCode" text, "errorName" text)
     where d.batch_id = $1 and d.position = r.position and d.state in ('pending', 'unknown') and d.state <> r.state
     returning d.position`,
    [id, JSON.stringify(results)],
  );
  return rows.length;
}

const countRow = z.object({ state: z.enum(DEVICE_STATES), n: count, doubtful: count });

const batchRow = z.object({
  id: text.transform((value) => value as BatchId),
  customer_tenant_id: tenantId,
  customer_name: text,
  customer_domain: text,
  name: text,
  requested_by: person,
  origin: z
    .object({ tenantId, conversationId: z.string(), serviceUrl: z.string() })
    .nullish()
    .transform((value) => value ?? undefined),
  state: z.enum(BATCH_STATES),
  problem: optionalText,
  created_at: moment,
  confirmed_at: optionalMoment,
  finished_at: optionalMoment,
  version: count,
});

function parseBatch(raw: Row): Batch {
  const found = batchRow.parse(raw);
  return {
    id: found.id,
    customer: { tenantId: found.customer_tenant_id, name: found.customer_name, domain: found.customer_domain },
    name: found.name,
    requestedBy: found.requested_by,
    origin: found.origin,
    state: found.state,
    problem: found.problem,
    createdAt: found.created_at,
    confirmedAt: found.confirmed_at,
    finishedAt: found.finished_at,
    version: found.version,
  };
}

const deviceRow = z.object({
  position: count,
  upload_number: count.nullish().transform((value) => value ?? undefined),
  source: text,
  row_number: count,
  pkid: optionalText,
  serial: optionalText,
  manufacturer: optionalText,
  model: optionalText,
  hash: optionalText,
  confirm: z
    .enum(PROBLEM_KINDS)
    .nullish()
    .transform((value) => value ?? undefined),
  state: z.enum(DEVICE_STATES),
  device_id: optionalText,
  error_code: optionalText,
  error_name: optionalText,
});

function parseDevice(raw: Row): BatchDevice {
  const found = deviceRow.parse(raw);
  return {
    position: found.position,
    uploadNumber: found.upload_number,
    source: found.source,
    row: found.row_number,
    pkid: found.pkid,
    serial: found.serial,
    manufacturer: found.manufacturer,
    model: found.model,
    hash: found.hash,
    confirm: found.confirm,
    state: found.state,
    deviceId: found.device_id,
    errorCode: found.error_code,
    errorName: found.error_name,
  };
}

const problemRow = z.object({
  position: count,
  source: text,
  row_number: count,
  kind: z.enum(PROBLEM_KINDS),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

function parseProblem(raw: Row): ListProblem & { position: number } {
  const { row_number: row, ...found } = problemRow.parse(raw);
  return { ...found, row };
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
