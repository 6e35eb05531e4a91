/** Since when a secret is the same sign-in: what is there already has no such moment. */
export const SIGN_IN_AGE = {
  id: 18,
  name: 'sign-in-age',
  sql: `
alter table secrets add column begun_at timestamptz;
alter table secrets alter column begun_at set default now();
`,
} as const;
