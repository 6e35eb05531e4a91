import type { Migration } from '../migrations.ts';

/** When an event was taken or given up: administrators are told of those of a day together. */
export const GIVEN_UP_EVENTS: Migration = {
  id: 17,
  name: 'given-up-events',
  sql: 'alter table outgoing_events add column settled_at timestamptz;',
};
