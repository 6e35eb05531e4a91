import { z } from 'zod';
import { UPLOAD_STATES } from '../devices/batch.ts';
import type { BatchId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, moment, optionalMoment, optionalText, person, text } from '../storage/rows.ts';
import { OUTCOME_STATES, type OutcomeState, type ProfileApplication, type ProfileOutcome } from './application.ts';

export async function insertApplication(
  tx: Transaction,
  application: ProfileApplication,
  devices: readonly Pick<ProfileOutcome, 'position' | 'deviceId'>[],
): Promise<void> {
  const { id, batchId, profile, requestedBy, requestId, correlationId, state, createdAt } = application;
  await tx.query(
    `insert into profile_applications (id, batch_id, profile_id, profile_name, requested_by, request_id, correlation_id,
       state, created_at) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)`,
    [id, batchId, profile.id, profile.name, JSON.stringify(requestedBy), requestId, correlationId, state, createdAt],
  );
  await tx.query(
    `insert into profile_devices (application_id, position, device_id, state)
     select $1, d.position, d."deviceId", 'pending' from jsonb_to_recordset($2::jsonb) as d(position int, "deviceId" text)`,
    [id, JSON.stringify(devices)],
  );
}

export async function findApplication(db: Queryable, id: string): Promise<ProfileApplication | undefined> {
  const [found] = await db.query('select * from profile_applications where id = $1', [id]);
  return found && parseApplication(found);
}

/** Applications of a batch, oldest first. */
export async function applicationsOf(db: Queryable, id: BatchId): Promise<readonly ProfileApplication[]> {
  const rows = await db.query('select * from profile_applications where batch_id = $1 order by created_at, id', [id]);
  return rows.map(parseApplication);
}

/** Writes over the step that was read and counts it up. */
export async function replaceApplication(tx: Transaction, after: ProfileApplication): Promise<'saved' | 'conflict'> {
  const rows = await tx.query(
    `update profile_applications set state = $3, tracking_id = $4, attempts = $5, looks = $6, first_sent_at = $7,
       sent_at = $8, problem = $9, step = step + 1 where id = $1 and step = $2 returning id`,
    [
      after.id,
      after.step,
      after.state,
      after.trackingId ?? null,
      after.attempts,
      after.looks,
      after.firstSentAt ?? null,
      after.sentAt ?? null,
      after.problem ?? null,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

export async function outcomesOf(db: Queryable, applicationId: string): Promise<readonly ProfileOutcome[]> {
  const rows = await db.query('select * from profile_devices where application_id = $1 order by position', [
    applicationId,
  ]);
  return rows.map(parseOutcome);
}

/** Stores what became of devices; what is settled stays. */
export async function saveOutcomes(
  tx: Transaction,
  applicationId: string,
  outcomes: readonly ProfileOutcome[],
): Promise<void> {
  await tx.query(
    `update profile_devices d set state = r.state, device_id = coalesce(r."deviceId", d.device_id),
       error_code = r."errorCode", error_name = r."errorName"
     from jsonb_to_recordset($2::jsonb) as r(position int, state text, "deviceId" text, "errorCode" text, "errorName" text)
     where d.application_id = $1 and d.position = r.position and d.state in ('pending', 'unknown')`,
    [applicationId, JSON.stringify(outcomes)],
  );
}

/** Devices a profile can be applied to: registered ones that do not have it from here already. */
export async function applicableDevices(
  db: Queryable,
  id: BatchId,
  profileId: string,
  only?: readonly number[],
): Promise<readonly Pick<ProfileOutcome, 'position' | 'deviceId'>[]> {
  const rows = await db.query(
    `select b.position, b.device_id from batch_devices b
     where b.batch_id = $1 and b.state in ('registered', 'already') and ($3::int[] is null or b.position = any($3::int[]))
       and not exists (
         select 1 from (select d.state, a.profile_id from profile_devices d
           join profile_applications a on a.id = d.application_id
           where a.batch_id = $1 and d.position = b.position order by a.created_at desc, a.id desc limit 1) latest
         where latest.state = 'applied' and latest.profile_id = $2)
     order by b.position`,
    [id, profileId, only ?? null],
  );
  return rows.map((raw) => {
    const { position, device_id: deviceId } = applicable.parse(raw);
    return { position, deviceId };
  });
}

/** What stands about profiles on a batch's card: the latest outcome of each of these devices. */
export type LatestOutcome = ProfileOutcome & Readonly<{ profileName: string }>;

export async function latestOutcomes(
  db: Queryable,
  id: BatchId,
  positions: readonly number[],
): Promise<readonly LatestOutcome[]> {
  const rows = await db.query(
    `select distinct on (d.position) d.*, a.profile_name from profile_devices d
     join profile_applications a on a.id = d.application_id
     where a.batch_id = $1 and d.position = any($2::int[]) order by d.position, a.created_at desc, a.id desc`,
    [id, positions],
  );
  return rows.map((raw) => ({ ...parseOutcome(raw), profileName: text.parse(raw.profile_name) }));
}

/** How many devices have which profile, and how many do not: by the latest application of each device. */
export type ProfileCounts = Readonly<{ profileName: string; counts: Readonly<Record<OutcomeState, number>> }>;

export async function countOutcomes(db: Queryable, id: BatchId): Promise<readonly ProfileCounts[]> {
  const rows = await db.query(
    `select profile_name, state, count(*) as n from (
       select distinct on (d.position) d.state, a.profile_name from profile_devices d
       join profile_applications a on a.id = d.application_id
       where a.batch_id = $1 order by d.position, a.created_at desc, a.id desc) latest
     group by profile_name, state order by profile_name`,
    [id],
  );
  const found = new Map<string, Record<OutcomeState, number>>();
  for (const raw of rows) {
    const { profile_name: name, state, n } = countRow.parse(raw);
    const counts = found.get(name) ?? { pending: 0, applied: 0, failed: 0, unknown: 0 };
    found.set(name, { ...counts, [state]: n });
  }
  return [...found].map(([profileName, counts]) => ({ profileName, counts }));
}

const applicable = z.object({ position: count, device_id: optionalText });
const countRow = z.object({ profile_name: text, state: z.enum(OUTCOME_STATES), n: count });
const outcomeRow = z.object({
  position: count,
  device_id: optionalText,
  state: z.enum(OUTCOME_STATES),
  error_code: optionalText,
  error_name: optionalText,
});

function parseOutcome(raw: Row): ProfileOutcome {
  const { position, device_id: deviceId, state, error_code: errorCode, error_name: errorName } = outcomeRow.parse(raw);
  return { position, deviceId, state, errorCode, errorName };
}

const applicationRow = z.object({
  id: text,
  batch_id: text.transform((value) => value as BatchId),
  profile_id: text,
  profile_name: text,
  requested_by: person,
  request_id: text,
  correlation_id: text,
  state: z.enum(UPLOAD_STATES),
  tracking_id: optionalText,
  attempts: count,
  looks: count,
  first_sent_at: optionalMoment,
  sent_at: optionalMoment,
  problem: optionalText,
  step: count,
  created_at: moment,
});

function parseApplication(raw: Row): ProfileApplication {
  const found = applicationRow.parse(raw);
  return {
    id: found.id,
    batchId: found.batch_id,
    profile: { id: found.profile_id, name: found.profile_name },
    requestedBy: found.requested_by,
    requestId: found.request_id,
    correlationId: found.correlation_id,
    state: found.state,
    trackingId: found.tracking_id,
    attempts: found.attempts,
    looks: found.looks,
    firstSentAt: found.first_sent_at,
    sentAt: found.sent_at,
    problem: found.problem,
    step: found.step,
    createdAt: found.created_at,
  };
}
