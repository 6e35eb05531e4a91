import type { Migration } from '../migrations.ts';

/** Events for a ticket system, stored with the changes they tell of. */
export const OUTGOING_EVENTS: Migration = {
  id: 13,
  name: 'outgoing-events',
  sql: `
    create table outgoing_events (
      id text primary key,
      type text not null,
      data jsonb not null,
      state text not null,
      created_at timestamptz not null,
      attempts integer not null default 0,
      problem text
    );
    create index outgoing_events_by_state on outgoing_events (state, created_at);
  `,
};
