/**
 * Taking devices out of Autopilot: what was asked for, who answered, and what became of each device. Each device's ids are
 * fixed when it is asked for. The indexes let `find` tell what was removed.
 */
export const REMOVALS = {
  id: 15,
  name: 'removals',
  sql: `
create table removals (
  id text primary key,
  customer_tenant_id text not null,
  customer_name text not null,
  customer_domain text not null,
  requested_by jsonb not null,
  state text not null,
  looked_into jsonb not null default '[]',
  decision jsonb,
  problem text,
  created_at timestamptz not null,
  asked_at timestamptz,
  expires_at timestamptz,
  finished_at timestamptz,
  step integer not null default 0,
  version integer not null
);
create index removals_by_time on removals (created_at desc, id);

create table removal_devices (
  removal_id text not null references removals (id),
  position integer not null,
  pkid text,
  serial text,
  manufacturer text,
  model text,
  state text not null,
  batch_name text,
  device_id text,
  request_id text,
  correlation_id text,
  attempts integer not null default 0,
  sent_at timestamptz,
  ended_at timestamptz,
  error_status integer,
  error_code text,
  primary key (removal_id, position)
);
create unique index removal_devices_once on removal_devices (removal_id, device_id) where device_id is not null;
create index removal_devices_by_device on removal_devices (device_id) where state = 'removed';
create index removal_devices_by_pkid on removal_devices (pkid) where state = 'removed';
create index removal_devices_by_serial on removal_devices (upper(serial)) where state = 'removed';
`,
} as const;
