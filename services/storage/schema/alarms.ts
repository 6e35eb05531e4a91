/** Rows found to contradict the audit, and when the administrators were told. */
export const ALARMS = {
  id: 20,
  name: 'alarms',
  sql: `
create table alarms (
  id text primary key,
  subject_kind text not null,
  subject_id text not null,
  found text not null,
  recorded text not null,
  found_at timestamptz not null,
  told_at timestamptz,
  unique (subject_kind, subject_id, found)
);
create index alarms_by_time on alarms (found_at);
`,
} as const;
