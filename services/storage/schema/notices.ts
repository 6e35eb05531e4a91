/** What people chose for themselves, and which messages wait for nobody's quiet hours. */
export const NOTICES = {
  id: 12,
  name: 'notices',
  sql: `
alter table people add column settings jsonb not null default '{}';
alter table messages add column urgent boolean not null default false;
`,
} as const;
