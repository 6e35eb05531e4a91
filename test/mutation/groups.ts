/** What is changed one expression at a time, by what it decides. Each group as a whole has to be noticed. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  guard: ['bot/endpoint/guard.ts', 'bot/endpoint/channel-claims.ts'],
  authorisation: [
    'services/access/access.ts',
    'services/access/role-reader.ts',
    'services/relationships/delegation.ts',
    'services/relationships/approver-roles.ts',
  ],
  decision: ['services/relationships/relationship.ts', 'services/removals/removal.ts'],
  batches: ['services/devices/batch.ts', 'services/devices/upload.ts'],
};

/** Least share of changes that some test of a group notices, in percent. */
export const LEAST_PERCENT = 85;
