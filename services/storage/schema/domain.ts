/**
 * The domain's tables. Every change of state carries its audit row; the chain of hashes is made by the database itself,
 * so that no code path can forget it.
 */
export const DOMAIN = {
  id: 2,
  name: 'domain',
  sql: `
create table people (
  tenant_id text not null,
  user_id text not null,
  name text not null,
  sign_in_name text,
  locale text,
  time_zone text,
  installed boolean not null,
  conversation_id text,
  service_url text,
  seen_at timestamptz not null,
  primary key (tenant_id, user_id)
);
create index people_by_sign_in_name on people (tenant_id, sign_in_name);

create table customers (
  tenant_id text primary key,
  name text not null,
  domain text not null,
  is_reseller boolean not null,
  since timestamptz,
  checked_at timestamptz not null
);
create index customers_by_name on customers (lower(name));

create table requests (
  id text primary key,
  reference text not null unique,
  customer_tenant_id text not null,
  customer_name text not null,
  customer_domain text not null,
  route text not null,
  link text not null,
  note text,
  requested_by jsonb not null,
  state text not null,
  decision jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  active_at timestamptz,
  version integer not null
);
create index requests_by_customer on requests (customer_tenant_id, created_at desc);
create index requests_open on requests (expires_at) where state in ('sent', 'approved');
create unique index requests_one_open_per_customer on requests (customer_tenant_id) where state in ('sent', 'approved');

create table approvers (
  request_id text not null references requests (id),
  position integer not null,
  customer_tenant_id text not null,
  sign_in_name text not null,
  user_id text,
  name text,
  primary key (request_id, position)
);
create index approvers_by_sign_in_name on approvers (customer_tenant_id, sign_in_name);

create table batches (
  id text primary key,
  customer_tenant_id text not null,
  customer_name text not null,
  customer_domain text not null,
  name text not null,
  requested_by jsonb not null,
  origin jsonb,
  state text not null,
  problem text,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  finished_at timestamptz,
  version integer not null
);
create index batches_by_time on batches (created_at desc, id);
create index batches_by_customer on batches (customer_tenant_id, created_at desc);
create unique index batches_one_name_per_customer on batches (customer_tenant_id, lower(name))
  where state not in ('draft', 'cancelled', 'failed');

create table uploads (
  id text primary key,
  batch_id text not null references batches (id),
  number integer not null,
  request_id text not null,
  correlation_id text not null,
  state text not null,
  tracking_id text,
  attempts integer not null default 0,
  first_sent_at timestamptz,
  sent_at timestamptz,
  looks integer not null default 0,
  problem text,
  problem_details jsonb,
  step integer not null default 0,
  unique (batch_id, number)
);

create table batch_devices (
  batch_id text not null references batches (id),
  position integer not null,
  upload_number integer,
  source text not null,
  row_number integer not null,
  pkid text,
  serial text,
  manufacturer text,
  model text,
  hash text,
  confirm text,
  state text not null,
  device_id text,
  error_code text,
  error_name text,
  primary key (batch_id, position)
);
create index batch_devices_by_pkid on batch_devices (pkid) where pkid is not null;
create index batch_devices_by_serial on batch_devices (serial) where serial is not null;

create table batch_problems (
  batch_id text not null references batches (id),
  position integer not null,
  source text not null,
  row_number integer not null,
  kind text not null,
  details jsonb not null,
  primary key (batch_id, position)
);

create table messages (
  id text primary key,
  subject_kind text not null,
  subject_id text not null,
  role text not null,
  recipient_key text not null,
  recipient jsonb not null,
  state text not null,
  wanted integer not null,
  drawn integer not null default 0,
  attempts integer not null default 0,
  sending_since timestamptz,
  posted_at jsonb,
  problem text,
  unique (subject_kind, subject_id, role, recipient_key)
);
create index messages_waiting on messages (recipient_key) where state = 'waiting';

create table audit (
  seq bigint primary key,
  at timestamptz not null,
  actor jsonb,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  customer_tenant_id text,
  details jsonb not null,
  previous bytea not null,
  hash bytea not null
);
create index audit_by_subject on audit (subject_kind, subject_id);
create index audit_by_customer on audit (customer_tenant_id, seq);

create function audit_hash(previous bytea, seq bigint, at timestamptz, actor jsonb, action text, subject_kind text,
  subject_id text, customer_tenant_id text, details jsonb) returns bytea language sql immutable as $$
  select sha256(previous || convert_to(jsonb_build_array(seq, (extract(epoch from at) * 1000000)::bigint, actor, action,
    subject_kind, subject_id, customer_tenant_id, details)::text, 'UTF8'))
$$;

create function chain_audit() returns trigger language plpgsql as $$
declare last record;
begin
  perform pg_advisory_xact_lock(7464132);
  select a.seq, a.hash into last from audit a order by a.seq desc limit 1;
  new.seq := coalesce(last.seq, 0) + 1;
  new.previous := coalesce(last.hash, '\\x'::bytea);
  new.hash := audit_hash(new.previous, new.seq, new.at, new.actor, new.action, new.subject_kind, new.subject_id,
    new.customer_tenant_id, new.details);
  return new;
end $$;
create trigger audit_is_chained before insert on audit for each row execute function chain_audit();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;
create trigger audit_is_append_only before update or delete on audit for each row execute function refuse_change();
create trigger audit_is_not_emptied before truncate on audit execute function refuse_change();
`,
} as const;
