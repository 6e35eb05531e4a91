/** When the sign-in to Partner Center failed in a way that only a person can mend, and who was told of it. */
export const SIGN_IN_TROUBLES = {
  id: 6,
  name: 'sign-in-troubles',
  sql: `
create table sign_in_troubles (
  id text primary key,
  noticed_by text not null,
  reason text not null,
  aadsts integer,
  began_at timestamptz not null,
  ended_at timestamptz,
  notices integer not null default 0,
  told_at timestamptz
);
create unique index sign_in_troubles_one_open on sign_in_troubles ((ended_at is null)) where ended_at is null;
`,
} as const;
