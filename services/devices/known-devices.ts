import type { BatchId } from '../identity.ts';
import type { Queryable } from '../storage/ports.ts';
import type { Batch } from './batch.ts';

/** How many devices of a draft are known from elsewhere. */
export type KnownCounts = Readonly<{ alreadyHere: number; inOtherBatch: number; otherCustomer: number }>;

/**
 * Looks every device of a draft up among all others, by PKID or by serial number: a few index reads per device. One that
 * was taken out of its customer's Autopilot since is no longer registered there.
 */
export async function countKnown(db: Queryable, batch: Batch): Promise<KnownCounts> {
  const [row] = await db.query(
    `with mine as (select pkid, serial from batch_devices where batch_id = $1),
     others as (
       select d.batch_id, d.state, d.pkid, d.serial, d.pkid as key from batch_devices d join mine on mine.pkid = d.pkid
       union all
       select d.batch_id, d.state, d.pkid, d.serial, d.serial from batch_devices d
         join mine on mine.serial = d.serial and mine.pkid is null
     ), told as (
       select o.key, bool_or(b.customer_tenant_id = $2 and o.state in ('registered', 'already')) as here,
         bool_or(b.customer_tenant_id = $2 and o.state = 'pending') as open,
         bool_or(b.customer_tenant_id <> $2 and o.state in ('registered', 'already')) as elsewhere
       from others o join batches b on b.id = o.batch_id
       where b.id <> $1 and b.state not in ('draft', 'cancelled', 'failed') and not exists (
         select 1 from (select * from removal_devices where state = 'removed' and pkid = o.pkid
                        union all
                        select * from removal_devices where state = 'removed' and upper(serial) = upper(o.serial)) r
         join removals m on m.id = r.removal_id
         where m.customer_tenant_id = b.customer_tenant_id and r.ended_at >= b.created_at
       ) group by o.key
     )
     select count(*) filter (where here) as here, count(*) filter (where open and not here) as open,
       count(*) filter (where elsewhere) as elsewhere from told`,
    [batch.id, batch.customer.tenantId],
  );
  return {
    alreadyHere: Number(row?.here ?? 0),
    inOtherBatch: Number(row?.open ?? 0),
    otherCustomer: Number(row?.elsewhere ?? 0),
  };
}

/** How many devices of a draft come with a hardware hash and no PKID, which Microsoft advises against. */
export async function countByHash(db: Queryable, id: BatchId): Promise<number> {
  const [row] = await db.query(
    'select count(*) as n from batch_devices where batch_id = $1 and pkid is null and hash is not null',
    [id],
  );
  return Number(row?.n ?? 0);
}
