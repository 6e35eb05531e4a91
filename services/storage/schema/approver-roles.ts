/** What Entra said about an approver's directory roles, where they signed in: which of those that matter, and when. */
export const APPROVER_ROLES = {
  id: 8,
  name: 'approver-roles',
  sql: 'alter table approvers add column roles jsonb;',
} as const;
