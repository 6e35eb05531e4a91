import type { Migration } from '../migrations.ts';

/** Calls of the HTTP API that change something, by the key the caller gave: a repeat gets the first answer. */
export const API_CALLS: Migration = {
  id: 9,
  name: 'api-calls',
  sql: `
    create table api_calls (
      caller text not null,
      key text not null,
      fingerprint text not null,
      begun_at timestamptz not null,
      status integer,
      answer jsonb,
      primary key (caller, key)
    );
    create index api_calls_by_time on api_calls (begun_at);
  `,
};
