import type { Database } from '../storage/ports.ts';

/**
 * A backup knows nothing of what happened after it. A batch that it holds for not yet sent may have been sent since, so
 * before it is sent Partner Center is asked whether it is there. Additions to a batch keep their ids and are sent as they
 * stand: Partner Center's count of a batch could not tell several of them apart.
 *
 * @returns how many batches are looked for first.
 */
export async function lookBeforeSending(db: Database, at: Date): Promise<number> {
  const rows = await db.query(
    `update uploads set state = 'reconciling', looks = 0, problem = 'restored',
       sent_at = $1, first_sent_at = coalesce(first_sent_at, $1)
     where number = 1 and state in ('queued', 'sending') returning id`,
    [at],
  );
  return rows.length;
}
