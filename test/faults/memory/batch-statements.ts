import type { Row } from '../../../services/storage/ports.ts';
import { by, Duplicate, json, records, type Statements, type Tables } from './tables.ts';

const CLOSED = ['draft', 'cancelled', 'failed'];

/** What `services/devices` says to the database. */
export const BATCH_STATEMENTS: Statements = {
  'select * from batches where id = $1': (t, [id]) => found(t.get('batches', String(id))),
  'select 1 from batches where id = $1 for update': (t, [id]) =>
    found(t.get('batches', String(id))).map(() => ({ '?column?': 1 })),
  "select * from batches where customer_tenant_id = $1 and lower(name) = lower($2) and state not in ('draft', 'cancelled', 'failed')":
    (t, [customer, name]) => t.among('batches', customer).filter((row) => hasName(row, customer, name)),
  'insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, origin, state, created_at, version) values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10)':
    (
      t,
      [id, customer_tenant_id, customer_name, customer_domain, name, requestedBy, origin, state, created_at, version],
    ) => {
      const customer = { customer_tenant_id, customer_name, customer_domain };
      const unset = {
        problem: null,
        confirmed_at: null,
        finished_at: null,
        profile_id: null,
        profile_name: null,
        follows: null,
        adds_to: null,
        adds_to_count: null,
      };
      const people = { requested_by: json(requestedBy), origin: json(origin) };
      t.put('batches', String(id), { id, ...customer, name, ...people, state, created_at, version, ...unset });
      return [];
    },
  'update batches set name = $3, state = $4, problem = $5, confirmed_at = $6, finished_at = $7, version = version + 1 where id = $1 and version = $2 returning id':
    (t, [id, version, name, state, problem, confirmed_at, finished_at]) => {
      const row = t.get('batches', String(id));
      if (!row || row.version !== version) return [];
      const taken = t
        .among('batches', row.customer_tenant_id)
        .filter((other) => other.id !== id && hasName(other, row.customer_tenant_id, name));
      const isNew = row.adds_to === null && !CLOSED.includes(String(state));
      if (isNew && taken.some(({ adds_to }) => adds_to === null)) throw new Duplicate('batches_one_name_per_customer');
      const next = { name, state, problem, confirmed_at, finished_at, version: Number(version) + 1 };
      t.change('batches', String(id), row, next);
      return [{ id }];
    },

  'update batches set adds_to = $2, adds_to_count = $3 where id = $1': (t, [id, adds_to, adds_to_count]) => {
    const row = t.get('batches', String(id));
    if (row) t.change('batches', String(id), row, { adds_to, adds_to_count });
    return [];
  },
  /** One statement at a time here: nobody to wait for. */
  'select pg_advisory_xact_lock(hashtextextended($1, 0))': () => [{ pg_advisory_xact_lock: '' }],
  "select 1 from batches where customer_tenant_id = $1 and lower(name) = lower($2) and id <> $3 and state in ('sending', 'waiting') limit 1":
    (t, [customer, name, id]) =>
      t
        .among('batches', customer)
        .filter((row) => hasName(row, customer, name) && row.id !== id)
        .filter(({ state }) => state === 'sending' || state === 'waiting')
        .slice(0, 1)
        .map(() => ({ '?column?': 1 })),

  "insert into batch_devices (batch_id, position, source, row_number, pkid, serial, manufacturer, model, hash, confirm, state) select $1, d.* , 'listed' from jsonb_to_recordset($2::jsonb) as d(position int, source text, row int, pkid text, serial text, manufacturer text, model text, hash text, confirm text)":
    (t, [batchId, devices]) => {
      for (const device of records(devices)) insertDevice(t, batchId, device);
      return [];
    },
  'select * from batch_devices where batch_id = $1 order by position limit $2 offset $3': (t, [id, limit, offset]) =>
    t
      .among('batch_devices', id)
      .toSorted(by('position'))
      .slice(Number(offset), Number(offset) + Number(limit)),
  'select state, count(*) as n, count(confirm) as doubtful from batch_devices where batch_id = $1 group by state': (
    t,
    [id],
  ) => {
    const groups = new Map<unknown, { state: unknown; n: number; doubtful: number }>();
    for (const { state, confirm } of t.among('batch_devices', id)) {
      const group = groups.get(state) ?? { state, n: 0, doubtful: 0 };
      groups.set(state, { state, n: group.n + 1, doubtful: group.doubtful + (confirm === null ? 0 : 1) });
    }
    return [...groups.values()];
  },
  "update batch_devices set state = 'pending', upload_number = (select count(*) from unnest($2::int[]) as s(start) where s.start <= position) where batch_id = $1":
    (t, [id, starts]) => {
      const number = (position: unknown) => list(starts).filter((start) => Number(start) <= Number(position)).length;
      changeDevices(
        t,
        id,
        () => true,
        ({ position }) => ({ state: 'pending', upload_number: number(position) }),
      );
      return [];
    },
  'select 100 + coalesce(length(pkid), 0) + coalesce(length(serial), 0) + coalesce(length(manufacturer), 0) + coalesce(length(model), 0) + case when pkid is null then coalesce(length(hash), 0) else 0 end as bytes from batch_devices where batch_id = $1 order by position':
    (t, [id]) =>
      t
        .among('batch_devices', id)
        .toSorted(by('position'))
        .map(({ pkid, serial, manufacturer, model, hash }) => ({
          bytes:
            100 +
            [pkid ?? hash, serial, manufacturer, model].reduce(
              (sum: number, text) => sum + String(text ?? '').length,
              0,
            ),
        })),
  "update batch_devices set state = 'pending', upload_number = $2 where batch_id = $1 and position = any($3::int[])": (
    t,
    [id, upload_number, positions],
  ) => {
    const fits = (row: Row) => list(positions).includes(row.position);
    changeDevices(t, id, fits, () => ({ state: 'pending', upload_number }));
    return [];
  },
  'select * from batch_devices where batch_id = $1 and upload_number = $2 order by position': (t, [id, number]) =>
    t
      .among('batch_devices', id)
      .filter((row) => row.upload_number === number)
      .toSorted(by('position')),
  'update batch_devices d set state = r.state, device_id = coalesce(r."deviceId", d.device_id), error_code = r."errorCode", error_name = r."errorName" from jsonb_to_recordset($2::jsonb) as r(position int, state text, "deviceId" text, "errorCode" text, "errorName" text) where d.batch_id = $1 and d.position = r.position and d.state in (\'pending\', \'unknown\') and d.state <> r.state returning d.position':
    (t, [id, results]) => records(results).flatMap((result) => saveResult(t, id, result)),
  "update batch_devices set state = 'failed', error_name = $3 where batch_id = $1 and upload_number = $2 and state in ('pending', 'unknown')":
    (t, [id, number, error_name]) => {
      const fits = (row: Row) => row.upload_number === number && isOpen(row);
      changeDevices(t, id, fits, () => ({ state: 'failed', error_name }));
      return [];
    },

  'insert into batch_problems (batch_id, position, source, row_number, kind, details) select $1, p.* from jsonb_to_recordset($2::jsonb) as p(position int, source text, row int, kind text, details jsonb)':
    (t, [batch_id, problems]) => {
      for (const { position, source, row, kind, details } of records(problems)) {
        t.put('batch_problems', `${batch_id}/${position}`, {
          batch_id,
          position,
          source,
          row_number: row,
          kind,
          details,
        });
      }
      return [];
    },
  'select *, count(*) over () as total from batch_problems where batch_id = $1 order by position limit $2 offset $3': (
    t,
    [id, limit, offset],
  ) => {
    const all = t.among('batch_problems', id).toSorted(by('position'));
    const page = all.slice(Number(offset), Number(offset) + Number(limit));
    return page.map((row) => ({ ...row, total: all.length }));
  },

  'insert into uploads (id, batch_id, number, request_id, correlation_id, state, retry_of, device_count) values ($1, $2, $3, $4, $5, $6, $7, $8)':
    (t, [id, batch_id, number, request_id, correlation_id, state, retry_of, device_count]) => {
      const ids = { id, batch_id, number, request_id, correlation_id, retry_of, device_count };
      const unset = { tracking_id: null, first_sent_at: null, sent_at: null, problem: null, problem_details: null };
      t.put('uploads', String(id), { ...ids, state, attempts: 0, looks: 0, step: 0, ...unset });
      return [];
    },
  'select * from uploads where id = $1': (t, [id]) => found(t.get('uploads', String(id))),
  "select * from uploads where state = 'queued' and problem = $1 order by id": (t, [problem]) =>
    t
      .where('uploads', (row) => row.state === 'queued' && row.problem === problem)
      .toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
  'select * from uploads where batch_id = $1 order by number': (t, [id]) =>
    t.among('uploads', id).toSorted(by('number')),
  'update uploads set state = $3, tracking_id = $4, attempts = $5, first_sent_at = $6, sent_at = $7, looks = $8, problem = $9, problem_details = $10::jsonb, step = step + 1 where id = $1 and step = $2 returning id':
    (t, [id, step, state, tracking_id, attempts, first_sent_at, sent_at, looks, problem, details]) => {
      const row = t.get('uploads', String(id));
      if (!row || row.step !== step) return [];
      const next = { state, tracking_id, attempts, first_sent_at, sent_at, looks, problem };
      t.change('uploads', String(id), row, { ...next, problem_details: json(details), step: Number(step) + 1 });
      return [{ id }];
    },
};

function found(row: Row | undefined): readonly Row[] {
  return row ? [row] : [];
}

function hasName(row: Row, customer: unknown, name: unknown): boolean {
  const isSame = row.customer_tenant_id === customer && String(row.name).toLowerCase() === String(name).toLowerCase();
  return isSame && !CLOSED.includes(String(row.state));
}

function isOpen({ state }: Row): boolean {
  return state === 'pending' || state === 'unknown';
}

function insertDevice(t: Tables, batch_id: unknown, device: Row): void {
  const { position, source, row: row_number, pkid = null, serial = null, manufacturer = null } = device;
  const { model = null, hash = null, confirm = null } = device;
  const unset = { upload_number: null, device_id: null, error_code: null, error_name: null, state: 'listed' };
  const named = { pkid, serial, manufacturer, model, hash };
  t.put('batch_devices', keyOf(batch_id, position), {
    batch_id,
    position,
    source,
    row_number,
    ...named,
    confirm,
    ...unset,
  });
}

function saveResult(t: Tables, id: unknown, result: Row): readonly Row[] {
  const { position, state, deviceId, errorCode, errorName } = result;
  const row = t.get('batch_devices', keyOf(id, position));
  if (!row || !isOpen(row) || row.state === state) return [];
  const error = { error_code: errorCode ?? null, error_name: errorName ?? null };
  t.change('batch_devices', keyOf(id, position), row, { state, device_id: deviceId ?? row.device_id, ...error });
  return [{ position }];
}

function changeDevices(t: Tables, batch: unknown, fits: (row: Row) => boolean, changes: (row: Row) => Row): void {
  for (const row of t.among('batch_devices', batch).filter(fits)) {
    t.change('batch_devices', keyOf(row.batch_id, row.position), row, changes(row));
  }
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('not an array');
  return value;
}

function keyOf(batchId: unknown, position: unknown): string {
  return `${batchId}/${position}`;
}
