import type { Jobs } from '../../services/queue/ports.ts';
import type { Database } from '../../services/storage/ports.ts';

/** How much a database is filled with. Everything counts from 0, and ids can be computed: `customerOf`, `batchOf`. */
export type Filling = Readonly<{ customers: number; batchesEach: number; devicesEach: number }>;

const HEX = `lpad(to_hex(n), 12, '0')`;

/** The PKID of device number `n` of all. */
export function pkidOf(n: number): string {
  return `33${String(n).padStart(11, '0')}`;
}

export function batchOf(n: number): string {
  return `b0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function customerOf(n: number): string {
  return `c0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Customers, and batches of theirs in this state, without devices. */
export async function seedBatches(db: Database, { customers, batchesEach }: Filling, state: 'done' | 'waiting') {
  await db.query(
    `insert into customers (tenant_id, name, domain, is_reseller, since, checked_at)
     select 'c0000000-0000-4000-8000-' || ${HEX}, 'Customer ' || n, 'customer' || n || '.example', true, now(), now()
     from generate_series(0, $1::int - 1) n`,
    [customers],
  );
  await db.query(
    `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state, created_at,
       confirmed_at, finished_at, version)
     select 'b0000000-0000-4000-8000-' || ${HEX}, c.tenant_id, c.name, c.domain, 'Order ' || n, $2::jsonb, $3::text,
       now() - n * interval '1 minute', now(), case when $3 = 'done' then now() end, 2
     from generate_series(0, $1::int - 1) n
     join customers c on c.tenant_id = 'c0000000-0000-4000-8000-' || lpad(to_hex(n % $4::int), 12, '0')`,
    [customers * batchesEach, JSON.stringify(REP), state, customers],
  );
}

/** Batches that Partner Center works on: one accepted upload each, whose next looks fall due spread over `withinMs`. */
export async function seedOpenBatches(
  db: Database,
  jobs: Jobs,
  { count, devices, withinMs }: Readonly<{ count: number; devices: number; withinMs: number }>,
): Promise<void> {
  await seedBatches(db, { customers: count, batchesEach: 1, devicesEach: devices }, 'waiting');
  await db.query(
    `insert into uploads (id, batch_id, number, request_id, correlation_id, state, tracking_id, attempts, first_sent_at,
       sent_at, looks, step, device_count)
     select 'e0000000-0000-4000-8000-' || ${HEX}, 'b0000000-0000-4000-8000-' || ${HEX}, 1, 'r' || n, 'c' || n, 'accepted',
       'd0000000-0000-4000-8000-' || ${HEX}, 1, now(), now(), 10, 12, $2::int from generate_series(0, $1::int - 1) n`,
    [count, devices],
  );
  await db.query(
    `insert into batch_devices (batch_id, position, upload_number, source, row_number, pkid, state)
     select 'b0000000-0000-4000-8000-' || ${HEX}, p, 1, 'list', p + 1, '33' || lpad((n * $2 + p)::text, 11, '0'), 'pending'
     from generate_series(0, $1::int - 1) n, generate_series(0, $2::int - 1) p`,
    [count, devices],
  );
  const start = Date.now();
  await db.transaction((tx) =>
    jobs.enqueue(
      tx,
      Array.from({ length: count }, (_, n) => ({
        queue: 'upload' as const,
        id: `e0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
        step: 12,
        startAt: new Date(start + (withinMs * n) / count),
      })),
    ),
  );
}

/** Devices taken back long ago, so many for each customer: none of them is in a batch. */
export async function seedRemovals(db: Database, { customers }: Filling, each: number): Promise<void> {
  await db.query(
    `insert into removals (id, customer_tenant_id, customer_name, customer_domain, requested_by, state, created_at, version)
     select 'a0000000-0000-4000-8000-' || ${HEX}, 'c0000000-0000-4000-8000-' || ${HEX}, 'Customer', 'customer.example',
       $2::jsonb, 'done', now(), 1 from generate_series(0, $1::int - 1) n`,
    [customers, JSON.stringify(REP)],
  );
  await db.query(
    `insert into removal_devices (removal_id, position, pkid, serial, state, ended_at)
     select 'a0000000-0000-4000-8000-' || ${HEX}, p, '339' || lpad((n * $2 + p)::text, 10, '0'), 'OLD-' || (n * $2 + p),
       'removed', now() from generate_series(0, $1::int - 1) n, generate_series(0, $2::int - 1) p`,
    [customers, each],
  );
}

/** Notices of the first batch's end, each to somebody else in one organisation. */
export async function seedNotices(
  db: Database,
  jobs: Jobs,
  { count, tenantId, serviceUrl }: Readonly<{ count: number; tenantId: string; serviceUrl: string }>,
): Promise<void> {
  await db.query(
    `insert into people (tenant_id, user_id, name, locale, time_zone, installed, conversation_id, service_url, seen_at)
     select $2, '9a000000-0000-4000-8000-' || ${HEX}, 'Person ' || n, 'en-GB', 'Europe/Stockholm', true, 'a:' || n, $3, now()
     from generate_series(0, $1::int - 1) n`,
    [count, tenantId, serviceUrl],
  );
  await db.query(
    `insert into messages (id, subject_kind, subject_id, role, recipient_key, recipient, state, wanted, urgent)
     select 'm' || n, 'batch', $3, 'batch.notice-rep', $2 || '/9a000000-0000-4000-8000-' || ${HEX},
       jsonb_build_object('kind', 'person', 'tenantId', $2::text, 'userId', '9a000000-0000-4000-8000-' || ${HEX}),
       'due', 1, true from generate_series(0, $1::int - 1) n`,
    [count, tenantId, batchOf(0)],
  );
  await db.transaction((tx) =>
    jobs.enqueue(
      tx,
      Array.from({ length: count }, (_, n) => ({ queue: 'deliver' as const, id: `m${n}`, step: 1 })),
    ),
  );
}

const REP = {
  tenantId: '1a000000-0000-4000-8000-000000000001',
  userId: '2a000000-0000-4000-8000-000000000001',
  name: 'Robin Reyes',
};
