/** A batch that sends again what was refused in another one names it. */
export const RESENT_BATCHES = {
  id: 14,
  name: 'resent-batches',
  sql: `
alter table batches add column follows text references batches (id);
create index batches_by_followed on batches (follows) where follows is not null;
`,
} as const;
