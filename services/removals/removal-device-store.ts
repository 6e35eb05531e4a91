import { z } from 'zod';
import type { RemovalId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, optionalMoment, optionalText, text } from '../storage/rows.ts';
import { REMOVAL_DEVICE_STATES, type RemovalCounts, type RemovalDevice, type RemovalDeviceState } from './removal.ts';

/** A device as it comes into a draft. */
export type NewRemovalDevice = Pick<
  RemovalDevice,
  'pkid' | 'serial' | 'manufacturer' | 'model' | 'state' | 'batchName' | 'deviceId'
>;

/** Adds devices behind those that are there. */
export async function addRemovalDevices(
  tx: Transaction,
  id: RemovalId,
  from: number,
  devices: readonly NewRemovalDevice[],
): Promise<void> {
  await tx.query(
    `insert into removal_devices (removal_id, position, pkid, serial, manufacturer, model, state, batch_name, device_id)
     select $1, d.* from jsonb_to_recordset($2::jsonb) as d(position int, pkid text, serial text, manufacturer text,
       model text, state text, "batchName" text, "deviceId" text)
     on conflict do nothing`,
    [id, JSON.stringify(devices.map((device, index) => ({ position: from + index, ...device })))],
  );
}

/** Takes devices out of a draft. */
export async function dropRemovalDevices(tx: Transaction, id: RemovalId, positions: readonly number[]): Promise<void> {
  await tx.query('delete from removal_devices where removal_id = $1 and position = any($2::int[])', [id, positions]);
}

/** Devices by position, or in the order a rep reads results: what went wrong first. */
export async function listRemovalDevices(
  db: Queryable,
  id: RemovalId,
  page: { limit: number; offset: number },
): Promise<readonly RemovalDevice[]> {
  const rows = await db.query(
    `select * from removal_devices where removal_id = $1
     order by array_position(array['failed','unknown','checking','removing','absent','unchecked'], state) nulls last, position
     limit $2 offset $3`,
    [id, page.limit, page.offset],
  );
  return rows.map(parse);
}

/** Devices in one of these states, by position. */
export async function removalDevicesIn(
  db: Queryable,
  id: RemovalId,
  states: readonly RemovalDeviceState[],
  limit: number,
): Promise<readonly RemovalDevice[]> {
  const rows = await db.query(
    `select * from removal_devices where removal_id = $1 and state = any($2::text[]) order by position limit $3`,
    [id, states, limit],
  );
  return rows.map(parse);
}

/** How many devices are in which state. */
export async function countRemovalDevices(db: Queryable, id: RemovalId): Promise<RemovalCounts> {
  const rows = await db.query('select state, count(*) as n from removal_devices where removal_id = $1 group by state', [
    id,
  ]);
  const none = Object.fromEntries(REMOVAL_DEVICE_STATES.map((state) => [state, 0])) as Record<
    RemovalDeviceState,
    number
  >;
  const counts = { ...none, total: 0 };
  for (const raw of rows) {
    const { state, n } = countRow.parse(raw);
    counts[state] = n;
    counts.total += n;
  }
  return counts;
}

/** Those of these Partner Center ids that were removed already. */
export async function removedAmong(db: Queryable, deviceIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.query(
    `select device_id from removal_devices where state = 'removed' and device_id = any($1::text[])`,
    [deviceIds],
  );
  return new Set(rows.map(({ device_id: id }) => String(id)));
}

/** The batches that the devices of a removal are in, the fullest first. */
export async function batchesOfRemoval(
  db: Queryable,
  id: RemovalId,
  limit: number,
): Promise<readonly Readonly<{ name: string; devices: number }>[]> {
  const rows = await db.query(
    `select batch_name as name, count(*) as devices from removal_devices
     where removal_id = $1 and device_id is not null group by batch_name order by 2 desc, 1 limit $2`,
    [id, limit],
  );
  return rows.map((raw) => batchRow.parse(raw));
}

/** Freezes what was found: each device gets its ids, which stay the same for every attempt. */
export async function freezeRemovalDevices(tx: Transaction, id: RemovalId): Promise<void> {
  await tx.query(
    `update removal_devices set state = 'waiting', request_id = gen_random_uuid()::text,
       correlation_id = gen_random_uuid()::text where removal_id = $1 and state = 'found'`,
    [id],
  );
}

/** Writes how far one device got, unless somebody else got further: `conflict`. */
export async function moveRemovalDevice(
  tx: Transaction,
  id: RemovalId,
  before: RemovalDevice,
  after: RemovalDevice & Readonly<{ endedAt?: Date }>,
): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update removal_devices set state = $5, attempts = $6, sent_at = $7, ended_at = $8, error_status = $9, error_code = $10
     where removal_id = $1 and position = $2 and state = $3 and attempts = $4 returning position`,
    [
      id,
      before.position,
      before.state,
      before.attempts,
      after.state,
      after.attempts,
      after.sentAt ?? null,
      after.endedAt ?? null,
      after.errorStatus ?? null,
      after.errorCode ?? null,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

const countRow = z.object({ state: z.enum(REMOVAL_DEVICE_STATES), n: count });
const batchRow = z.object({ name: text, devices: count });

const deviceRow = z.object({
  position: count,
  pkid: optionalText,
  serial: optionalText,
  manufacturer: optionalText,
  model: optionalText,
  state: z.enum(REMOVAL_DEVICE_STATES),
  batch_name: optionalText,
  device_id: optionalText,
  request_id: optionalText,
  correlation_id: optionalText,
  attempts: count,
  sent_at: optionalMoment,
  error_status: count.nullish().transform((value) => value ?? undefined),
  error_code: optionalText,
});

function parse(raw: Row): RemovalDevice {
  const found = deviceRow.parse(raw);
  return {
    position: found.position,
    pkid: found.pkid,
    serial: found.serial,
    manufacturer: found.manufacturer,
    model: found.model,
    state: found.state,
    batchName: found.batch_name,
    deviceId: found.device_id,
    requestId: found.request_id,
    correlationId: found.correlation_id,
    attempts: found.attempts,
    sentAt: found.sent_at,
    errorStatus: found.error_status,
    errorCode: found.error_code,
  };
}
