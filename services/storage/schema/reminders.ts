/** When the people a request waits for were reminded of it: an array of times. */
export const REMINDERS = {
  id: 10,
  name: 'reminders',
  sql: `alter table requests add column reminders jsonb not null default '[]'`,
} as const;
