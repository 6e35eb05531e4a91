/** Examinations of the installation that administrators ask for in the chat. */
export const EXAMINATIONS = {
  id: 19,
  name: 'examinations',
  sql: `
create table examinations (
  id text primary key,
  asked_by jsonb not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  findings jsonb
);
`,
} as const;
