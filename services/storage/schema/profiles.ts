/**
 * Changes of Autopilot profiles, each written down before Partner Center hears of it, and the profile that new batches of
 * a customer take unless another is chosen. The profiles themselves stand in Partner Center only.
 */
export const PROFILES = {
  id: 7,
  name: 'profiles',
  sql: `
create table profile_changes (
  id text primary key,
  customer_tenant_id text not null,
  kind text not null,
  profile_id text,
  draft jsonb not null,
  request_id text not null,
  correlation_id text not null,
  requested_by jsonb not null,
  state text not null,
  problem text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create table default_profiles (
  customer_tenant_id text primary key,
  profile_id text not null
);
`,
} as const;
