import { ServiceError } from '../errors.ts';
import type { BatchId } from '../identity.ts';
import type { Queryable } from '../storage/ports.ts';
import { readKeys } from './device-keys.ts';

/**
 * The positions of those devices of a batch that somebody names by PKID or serial number; `undefined` where nobody is
 * named, which means all of them.
 *
 * @throws ServiceError `device-not-in-batch` with the first that is not there (`value`).
 */
export async function chosenPositions(
  db: Queryable,
  id: BatchId,
  typed: string,
): Promise<readonly number[] | undefined> {
  if (typed.trim() === '') return undefined;
  const keys = readKeys(typed);
  const rows = await db.query(
    `select position, pkid, upper(serial) as serial from batch_devices
     where batch_id = $1 and (pkid = any($2::text[]) or upper(serial) = any($2::text[])) order by position`,
    [id, keys],
  );
  const missing = keys.find((key) => rows.every(({ pkid, serial }) => pkid !== key && serial !== key));
  if (missing !== undefined || keys.length === 0) {
    throw new ServiceError('device-not-in-batch', 'no such device', { value: missing ?? typed.slice(0, 40) });
  }
  return rows.map(({ position }) => Number(position));
}
