import { defineConfig } from 'vitest/config';

/** The tests of the files that `npm run test:mutation` changes: quick ones, without network or database. */
export default defineConfig({
  test: {
    include: [
      'test/bot/endpoint/guard.test.ts',
      'test/bot/endpoint/channel-claims.test.ts',
      'test/services/access/*.test.ts',
      'test/services/relationships/{relationship,decision,delegation,approver-roles}.test.ts',
      'test/services/removals/removal.test.ts',
      'test/services/devices/{batch,batch-words,upload}.test.ts',
    ],
  },
});
