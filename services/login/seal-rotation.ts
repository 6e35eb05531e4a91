import { z } from 'zod';
import type { Database } from '../storage/ports.ts';
import { seal, tryUnseal, unseal } from './seal.ts';

export type SealKeys = Readonly<{ old: Uint8Array; new: Uint8Array }>;

/**
 * Seals every stored secret under the new key, all of them or none. What is sealed under the new key already stays, so
 * that a run that was interrupted after its commit can be repeated.
 *
 * @throws ServiceError `partner-center-sign-in` (reason `unsealable`) when a secret opens with neither key.
 */
export async function rotateSealKey(db: Database, keys: SealKeys): Promise<{ changed: number; already: number }> {
  return db.transaction(async (tx) => {
    let changed = 0;
    const rows = z.array(row).parse(await tx.query('select name, sealed from secrets order by name for update'));
    for (const { name, sealed } of rows) {
      if (tryUnseal(name, sealed, keys.new) !== undefined) continue;
      const value = unseal(name, sealed, keys.old);
      await tx.query('update secrets set sealed = $2 where name = $1', [name, seal(name, value, keys.new)]);
      changed += 1;
    }
    return { changed, already: rows.length - changed };
  });
}

const row = z.object({ name: z.string(), sealed: z.string() });
