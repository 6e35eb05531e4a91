import { z } from 'zod';
import type { BatchId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, optionalText, text } from '../storage/rows.ts';
import { type BatchDevice, DEVICE_STATES, type DeviceState, type Upload } from './batch.ts';
import { PROBLEM_KINDS, type ProblemKind } from './device.ts';

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

/** Devices of a batch by position, or in the order a rep reads results: what went wrong first. */
export async function listDevices(
  db: Queryable,
  id: BatchId,
  page: { limit: number; offset: number; order: 'position' | 'failures-first'; only?: 'failed' },
): Promise<readonly BatchDevice[]> {
  const order =
    page.order === 'position'
      ? 'position'
      : `array_position(array['failed','unknown','pending','already','registered','listed'], state), position`;
  const only = page.only ? ` and state in ('failed', 'unknown')` : '';
  const rows = await db.query(
    `select * from batch_devices where batch_id = $1${only} order by ${order} limit $2 offset $3`,
    [id, page.limit, page.offset],
  );
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

/** Places of the devices that await the rep's yes, but for those that do so for one of these reasons. */
export async function doubtfulPositions(
  tx: Transaction,
  id: BatchId,
  except: readonly ProblemKind[],
): Promise<readonly number[]> {
  const rows = await tx.query(
    'select position from batch_devices where batch_id = $1 and confirm is not null and not confirm = any($2::text[])',
    [id, except],
  );
  return rows.map(({ position }) => Number(position));
}

/** Serial numbers, or PKIDs where there are none, of a draft's Surface devices. */
export async function surfaceSerials(db: Queryable, id: BatchId, limit: number): Promise<readonly string[]> {
  const rows = await db.query(
    `select coalesce(serial, pkid) as number from batch_devices
     where batch_id = $1 and confirm = 'surface_device' order by position limit $2`,
    [id, limit],
  );
  return rows.map(({ number }) => String(number));
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

/** Takes rows out of a list and closes the gaps; by way of negative numbers, so that no two share a position in between. */
export async function removeRows(
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

/** Roughly what each device takes in a POST, in bytes, by position; a hash beside a PKID is not sent. */
export async function deviceSizes(tx: Transaction, id: BatchId): Promise<readonly number[]> {
  const rows = await tx.query(
    `select 100 + coalesce(length(pkid), 0) + coalesce(length(serial), 0) + coalesce(length(manufacturer), 0)
       + coalesce(length(model), 0) + case when pkid is null then coalesce(length(hash), 0) else 0 end as bytes
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

/** Reads a row of `batch_devices`, as it is or as JSON. */
export function parseDevice(raw: Row): BatchDevice {
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
