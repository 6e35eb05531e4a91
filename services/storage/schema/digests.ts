import type { Migration } from '../migrations.ts';

/** News that wait for somebody's hour, and channels that hear once a day. */
export const DIGESTS: Migration = {
  id: 21,
  name: 'digests',
  sql: `
create table digests (
  id text primary key,
  role text not null,
  recipient_key text not null,
  opened_at timestamptz not null
);
create index digests_by_recipient on digests (recipient_key, role, opened_at);

create table digest_items (
  digest_id text not null references digests (id),
  kind text not null,
  thing_id text not null,
  added_at timestamptz not null,
  primary key (digest_id, kind, thing_id)
);

alter table channels add column digest_at text;
alter table channels add column time_zone text;
`,
};
