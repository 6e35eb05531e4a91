/**
 * The profile a rep chose for a batch, and every time a profile is applied to devices of one: what was to be, its ids,
 * and what became of each device. A device may be in several applications; the latest counts.
 */
export const PROFILE_APPLICATIONS = {
  id: 11,
  name: 'profile-applications',
  sql: `
alter table batches add column profile_id text;
alter table batches add column profile_name text;
create table profile_applications (
  id text primary key,
  batch_id text not null references batches (id),
  profile_id text not null,
  profile_name text not null,
  requested_by jsonb not null,
  request_id text not null,
  correlation_id text not null,
  state text not null,
  tracking_id text,
  attempts integer not null default 0,
  looks integer not null default 0,
  first_sent_at timestamptz,
  sent_at timestamptz,
  problem text,
  step integer not null default 0,
  created_at timestamptz not null
);
create index profile_applications_by_batch on profile_applications (batch_id, created_at);
create table profile_devices (
  application_id text not null references profile_applications (id),
  position integer not null,
  device_id text,
  state text not null,
  error_code text,
  error_name text,
  primary key (application_id, position)
);
`,
} as const;
