/** Conversations that get notices because somebody asked for it there. */
export const CHANNELS = {
  id: 16,
  name: 'channels',
  sql: `
create table channels (
  conversation_id text primary key,
  tenant_id text not null,
  service_url text not null,
  name text,
  locale text not null,
  asked_by jsonb not null,
  created_at timestamptz not null
);
`,
} as const;
