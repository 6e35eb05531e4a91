import { z } from 'zod';
import type { Queryable } from '../storage/ports.ts';
import { optionalMoment, text } from '../storage/rows.ts';
import type { Batch, BatchDevice } from './batch.ts';
import { parseBatch } from './batch-store.ts';
import { parseDevice } from './device-store.ts';

/** A device of a confirmed batch, and what it was found by. */
export type FoundDevice = Readonly<{
  key: string;
  batch: Batch;
  device: BatchDevice;
  /** When it was taken out of this customer's Autopilot again. */
  removedAt?: Date;
}>;

/** A device sent more often than this is shown where it was sent last. */
const MAX_PER_KEY = 3;

/**
 * Looks for devices by PKID or serial number (in capitals) over all customers and batches, the newest batch of each
 * first: two index reads per key, however many devices there are.
 */
export async function findDevices(db: Queryable, keys: readonly string[]): Promise<readonly FoundDevice[]> {
  const rows = await db.query(FIND_DEVICES, [keys, MAX_PER_KEY]);
  return rows.map((raw) => {
    const { key, batch, device, removed_at: removedAt } = foundRow.parse(raw);
    return { key, batch: parseBatch(batch), device: parseDevice(device), removedAt };
  });
}

/** Exported for the test that looks at its plan. */
export const FIND_DEVICES = `select k.key, found.batch, found.device, removed.at as removed_at
  from unnest($1::text[]) with ordinality as k(key, place)
  cross join lateral (
    select to_jsonb(b) as batch, to_jsonb(d) as device, b.created_at, b.customer_tenant_id, d.pkid, d.serial
    from (select * from batch_devices where pkid = k.key
          union all
          select * from batch_devices where upper(serial) = k.key and pkid is distinct from k.key) d
    join batches b on b.id = d.batch_id
    where b.state not in ('draft', 'cancelled')
    order by b.created_at desc limit $2
  ) found
  left join lateral (
    select max(r.ended_at) as at
    from (select * from removal_devices where state = 'removed' and pkid = found.pkid
          union all
          select * from removal_devices where state = 'removed' and upper(serial) = upper(found.serial)) r
    join removals m on m.id = r.removal_id
    where m.customer_tenant_id = found.customer_tenant_id and r.ended_at >= found.created_at
  ) removed on true
  order by k.place, found.created_at desc`;

const columns = z.record(z.string(), z.unknown());
const foundRow = z.object({ key: text, batch: columns, device: columns, removed_at: optionalMoment });
