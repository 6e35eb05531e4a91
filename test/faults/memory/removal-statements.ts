import { FIND_DEVICES } from '../../../services/devices/device-search.ts';
import type { Row } from '../../../services/storage/ports.ts';
import { by, json, records, type Statements, type Tables } from './tables.ts';

/** What `services/removals` says to the database. */
export const REMOVAL_STATEMENTS: Statements = {
  'select * from removals where id = $1': (t, [id]) => {
    const row = t.get('removals', String(id));
    return row ? [row] : [];
  },
  'insert into removals (id, customer_tenant_id, customer_name, customer_domain, requested_by, state, created_at, version) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)':
    (t, [id, customer_tenant_id, customer_name, customer_domain, requestedBy, state, created_at, version]) => {
      const customer = { customer_tenant_id, customer_name, customer_domain };
      const unset = { decision: null, problem: null, asked_at: null, expires_at: null, finished_at: null };
      const begun = { requested_by: json(requestedBy), state, looked_into: [], created_at, step: 0, version };
      t.put('removals', String(id), { id, ...customer, ...begun, ...unset });
      return [];
    },
  'update removals set state = $3, looked_into = $4::jsonb, decision = $5::jsonb, problem = $6, asked_at = $7, expires_at = $8, finished_at = $9, step = $10, version = version + 1 where id = $1 and version = $2 returning id':
    (t, [id, version, state, lookedInto, decision, problem, asked_at, expires_at, finished_at, step]) => {
      const row = t.get('removals', String(id));
      if (!row || row.version !== version) return [];
      const read = { looked_into: json(lookedInto), decision: json(decision) };
      const next = { state, ...read, problem, asked_at, expires_at, finished_at, step, version: Number(version) + 1 };
      t.change('removals', String(id), row, next);
      return [{ id }];
    },

  /** Only as far as we sent nothing about a device ourselves: the stories remove what others registered. */
  [FIND_DEVICES.replace(/\s+/g, ' ').trim()]: (t) => {
    if (t.count('batch_devices') > 0) throw new Error('devices of our own batches are not looked for in memory');
    return [];
  },

  'insert into removal_devices (removal_id, position, pkid, serial, manufacturer, model, state, batch_name, device_id) select $1, d.* from jsonb_to_recordset($2::jsonb) as d(position int, pkid text, serial text, manufacturer text, model text, state text, "batchName" text, "deviceId" text) on conflict do nothing':
    (t, [id, devices]) => {
      for (const device of records(devices)) insertDevice(t, id, device);
      return [];
    },
  'delete from removal_devices where removal_id = $1 and position = any($2::int[])': (t, [id, positions]) => {
    for (const { position } of t.among('removal_devices', id)) {
      if (isAmong(positions, position)) t.remove('removal_devices', keyOf(id, position));
    }
    return [];
  },
  'select * from removal_devices where removal_id = $1 and state = any($2::text[]) order by position limit $3': (
    t,
    [id, states, limit],
  ) =>
    t
      .among('removal_devices', id)
      .filter(({ state }) => isAmong(states, state))
      .toSorted(by('position'))
      .slice(0, Number(limit)),
  'select state, count(*) as n from removal_devices where removal_id = $1 group by state': (t, [id]) => {
    const counts = new Map<unknown, number>();
    for (const { state } of t.among('removal_devices', id)) counts.set(state, (counts.get(state) ?? 0) + 1);
    return [...counts].map(([state, n]) => ({ state, n }));
  },
  "update removal_devices set state = 'waiting', request_id = gen_random_uuid()::text, correlation_id = gen_random_uuid()::text where removal_id = $1 and state = 'found'":
    (t, [id]) => {
      for (const row of t.among('removal_devices', id).filter(({ state }) => state === 'found')) {
        const [request_id, correlation_id] = ['a', 'b'].map((kind) => idLike(id, kind, row.position));
        t.change('removal_devices', keyOf(id, row.position), row, { state: 'waiting', request_id, correlation_id });
      }
      return [];
    },
  'update removal_devices set state = $5, attempts = $6, sent_at = $7, ended_at = $8, error_status = $9, error_code = $10 where removal_id = $1 and position = $2 and state = $3 and attempts = $4 returning position':
    (t, [id, position, stateBefore, attemptsBefore, state, attempts, sent_at, ended_at, error_status, error_code]) => {
      const row = t.get('removal_devices', keyOf(id, position));
      if (!row || row.state !== stateBefore || row.attempts !== attemptsBefore) return [];
      const next = { state, attempts, sent_at, ended_at, error_status, error_code };
      t.change('removal_devices', keyOf(id, position), row, next);
      return [{ position }];
    },
};

function insertDevice(t: Tables, removal_id: unknown, device: Row): void {
  const { position, pkid = null, serial = null, manufacturer = null, model = null, state } = device;
  const { batchName: batch_name = null, deviceId: device_id = null } = device;
  const isThere = t
    .among('removal_devices', removal_id)
    .some((row) => row.position === position || (device_id !== null && row.device_id === device_id));
  if (isThere) return;
  const named = { pkid, serial, manufacturer, model, state, batch_name, device_id };
  const ids = { request_id: null, correlation_id: null };
  const unset = { attempts: 0, sent_at: null, ended_at: null, error_status: null, error_code: null };
  t.put('removal_devices', keyOf(removal_id, position), { removal_id, position, ...named, ...ids, ...unset });
}

/** An id that is the same each time the story is told, and of no other device. */
function idLike(removalId: unknown, kind: string, position: unknown): string {
  return `${String(removalId).slice(0, 24)}${kind}${String(position).padStart(11, '0')}`;
}

function isAmong(values: unknown, value: unknown): boolean {
  return Array.isArray(values) && values.includes(value);
}

function keyOf(removalId: unknown, position: unknown): string {
  return `${removalId}/${position}`;
}
