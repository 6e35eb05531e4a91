import { z } from 'zod';
import type { Queryable } from '../storage/ports.ts';
import { seal, unseal } from './seal.ts';

export type SealedSecret = Readonly<{
  value: string;
  version: number;
  updatedAt: Date;
  /** When the first of its values was put there, before it was replaced by newer ones; not noted for those of old. */
  begunAt?: Date;
}>;

/** Secrets at rest. Nobody who only reads or copies the database learns them. */
export interface SealedSecrets {
  /** @throws ServiceError `partner-center-sign-in` (reason `unsealable`): another SEAL_KEY, or somebody altered the row. */
  read(name: string): Promise<SealedSecret | undefined>;
  /** Writes only if nobody wrote since `expectedVersion` was read; 0 means that there was nothing yet. */
  replace(name: string, value: string, expectedVersion: number): Promise<'saved' | 'conflict'>;
  /** Writes whatever stands there, also what cannot be unsealed any more. */
  put(name: string, value: string): Promise<void>;
  /** Takes the right to renew a secret, for a while and among all processes; `false` when somebody else holds it. */
  lease(name: string, holder: string, forMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** Seals with AES-256-GCM under `sealKey` (32 bytes). The name is authenticated too: rows cannot be swapped. */
export function createSealedSecrets(database: Queryable, sealKey: Uint8Array): SealedSecrets {
  if (sealKey.length !== 32) throw new RangeError('the seal key must have 32 bytes');
  return {
    async read(name) {
      const [row] = await database.query('SELECT * FROM secrets WHERE name = $1', [name]);
      if (!row) return undefined;
      const { sealed, version, updated_at, begun_at } = secretRow.parse(row);
      return { value: unseal(name, sealed, sealKey), version, updatedAt: updated_at, begunAt: begun_at ?? undefined };
    },
    async replace(name, value, expectedVersion) {
      const sql = expectedVersion === 0 ? INSERT : UPDATE;
      const rows = await database.query(sql, [name, seal(name, value, sealKey), expectedVersion]);
      return rows.length === 1 ? 'saved' : 'conflict';
    },
    async put(name, value) {
      await database.query(PUT, [name, seal(name, value, sealKey)]);
    },
    async lease(name, holder, forMs) {
      return (await database.query(LEASE, [name, holder, forMs])).length === 1;
    },
    async release(name, holder) {
      await database.query('DELETE FROM secret_leases WHERE name = $1 AND holder = $2', [name, holder]);
    },
  };
}

const INSERT = `INSERT INTO secrets (name, sealed, version) VALUES ($1, $2, $3::integer + 1)
  ON CONFLICT (name) DO NOTHING RETURNING version`;
const UPDATE = `UPDATE secrets SET sealed = $2, version = version + 1, updated_at = now()
  WHERE name = $1 AND version = $3::integer RETURNING version`;
const PUT = `INSERT INTO secrets (name, sealed, version) VALUES ($1, $2, 1)
  ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, version = secrets.version + 1, updated_at = now(),
    begun_at = now()`;
/** The database's clock decides: those of two processes may differ. */
const LEASE = `INSERT INTO secret_leases (name, holder, until)
  VALUES ($1, $2, now() + $3::double precision * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
  WHERE secret_leases.until < now() RETURNING name`;

const secretRow = z.object({
  sealed: z.string(),
  version: z.number().int(),
  updated_at: z.date(),
  begun_at: z.date().nullish(),
});
