import type { Row } from '../../../services/storage/ports.ts';
import { by, json, records, type Statements, type Tables } from './tables.ts';

/** What `services/profiles` says to the database of profiles on devices. */
export const PROFILE_STATEMENTS: Statements = {
  'insert into profile_applications (id, batch_id, profile_id, profile_name, requested_by, request_id, correlation_id, state, created_at) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)':
    (t, [id, batch_id, profile_id, profile_name, requestedBy, request_id, correlation_id, state, created_at]) => {
      const wanted = { batch_id, profile_id, profile_name, requested_by: json(requestedBy) };
      const unset = { tracking_id: null, attempts: 0, looks: 0, first_sent_at: null, sent_at: null, problem: null };
      const ids = { id, request_id, correlation_id };
      t.put('profile_applications', String(id), { ...ids, ...wanted, state, ...unset, step: 0, created_at });
      return [];
    },
  'insert into profile_devices (application_id, position, device_id, state) select $1, d.position, d."deviceId", \'pending\' from jsonb_to_recordset($2::jsonb) as d(position int, "deviceId" text)':
    (t, [application_id, devices]) => {
      for (const { position, deviceId: device_id = null } of records(devices)) {
        const row = { application_id, position, device_id, state: 'pending', error_code: null, error_name: null };
        t.put('profile_devices', `${application_id}/${position}`, row);
      }
      return [];
    },
  'select * from profile_applications where id = $1': (t, [id]) => {
    const row = t.get('profile_applications', String(id));
    return row ? [row] : [];
  },
  'select * from profile_applications where batch_id = $1 order by created_at, id': (t, [id]) => ofBatch(t, id),
  'update profile_applications set state = $3, tracking_id = $4, attempts = $5, looks = $6, first_sent_at = $7, sent_at = $8, problem = $9, step = step + 1 where id = $1 and step = $2 returning id':
    (t, [id, step, state, tracking_id, attempts, looks, first_sent_at, sent_at, problem]) => {
      const row = t.get('profile_applications', String(id));
      if (!row || row.step !== step) return [];
      const next = { state, tracking_id, attempts, looks, first_sent_at, sent_at, problem, step: Number(step) + 1 };
      t.change('profile_applications', String(id), row, next);
      return [{ id }];
    },
  'select * from profile_devices where application_id = $1 order by position': (t, [id]) =>
    t.among('profile_devices', id).toSorted(by('position')),
  'update profile_devices d set state = r.state, device_id = coalesce(r."deviceId", d.device_id), error_code = r."errorCode", error_name = r."errorName" from jsonb_to_recordset($2::jsonb) as r(position int, state text, "deviceId" text, "errorCode" text, "errorName" text) where d.application_id = $1 and d.position = r.position and d.state in (\'pending\', \'unknown\')':
    (t, [id, outcomes]) => {
      for (const outcome of records(outcomes)) saveOutcome(t, id, outcome);
      return [];
    },
  "select b.position, b.device_id from batch_devices b where b.batch_id = $1 and b.state in ('registered', 'already') and ($3::int[] is null or b.position = any($3::int[])) and not exists ( select 1 from (select d.state, a.profile_id from profile_devices d join profile_applications a on a.id = d.application_id where a.batch_id = $1 and d.position = b.position order by a.created_at desc, a.id desc limit 1) latest where latest.state = 'applied' and latest.profile_id = $2) order by b.position":
    (t, [id, profileId, only]) =>
      t
        .among('batch_devices', id)
        .filter(({ state, position }) => isThere(state) && (!Array.isArray(only) || only.includes(position)))
        .filter(({ position }) => {
          const latest = latestOf(t, id, position);
          return !(latest?.state === 'applied' && latest.profile_id === profileId);
        })
        .toSorted(by('position'))
        .map(({ position, device_id }) => ({ position, device_id })),
  'select profile_name, state, count(*) as n from ( select distinct on (d.position) d.state, a.profile_name from profile_devices d join profile_applications a on a.id = d.application_id where a.batch_id = $1 order by d.position, a.created_at desc, a.id desc) latest group by profile_name, state order by profile_name':
    (t, [id]) => {
      const groups = new Map<string, { profile_name: unknown; state: unknown; n: number }>();
      for (const { position } of t.among('batch_devices', id)) {
        const latest = latestOf(t, id, position);
        if (!latest) continue;
        const { profile_name, state } = latest;
        const key = JSON.stringify([profile_name, state]);
        groups.set(key, { profile_name, state, n: (groups.get(key)?.n ?? 0) + 1 });
      }
      return [...groups.values()].toSorted((a, b) => (String(a.profile_name) < String(b.profile_name) ? -1 : 1));
    },
};

/** Oldest first. */
function ofBatch(t: Tables, id: unknown): readonly Row[] {
  const age = ({ created_at }: Row) => new Date(String(created_at)).getTime();
  return t
    .among('profile_applications', id)
    .toSorted((a, b) => age(a) - age(b) || (String(a.id) < String(b.id) ? -1 : 1));
}

/** What the latest application says of a device, with that application's profile. */
function latestOf(t: Tables, batchId: unknown, position: unknown): Row | undefined {
  for (const application of ofBatch(t, batchId).toReversed()) {
    const outcome = t.get('profile_devices', `${application.id}/${position}`);
    if (outcome) return { ...application, ...outcome };
  }
  return undefined;
}

function saveOutcome(t: Tables, id: unknown, { position, state, deviceId, errorCode, errorName }: Row): void {
  const row = t.get('profile_devices', `${id}/${position}`);
  if (!row || (row.state !== 'pending' && row.state !== 'unknown')) return;
  const error = { error_code: errorCode ?? null, error_name: errorName ?? null };
  t.change('profile_devices', `${id}/${position}`, row, { state, device_id: deviceId ?? row.device_id, ...error });
}

function isThere(state: unknown): boolean {
  return state === 'registered' || state === 'already';
}
