import type { Migration } from '../migrations.ts';

/**
 * The table behind keyv and the conversation storage. `etag` changes with every write. `value` is `json` and not `jsonb`
 * because people type what `jsonb` refuses: NUL and halves of surrogate pairs.
 */
export const keyValueMigration: Migration = {
  id: 1,
  name: 'key-value',
  sql: `
    CREATE TABLE kv (
      namespace text NOT NULL,
      key text NOT NULL,
      value json NOT NULL,
      expires_at timestamptz,
      etag uuid NOT NULL DEFAULT gen_random_uuid(),
      PRIMARY KEY (namespace, key)
    );
    CREATE INDEX kv_expires_at ON kv (expires_at) WHERE expires_at IS NOT NULL;
  `,
};
