/** Sealed secrets and the leases under which they are renewed. */
export const SECRETS = {
  id: 3,
  name: 'secrets',
  sql: `
    CREATE TABLE secrets (
      name text PRIMARY KEY,
      sealed text NOT NULL,
      version integer NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE secret_leases (
      name text PRIMARY KEY,
      holder text NOT NULL,
      until timestamptz NOT NULL
    );
  `,
} as const;
