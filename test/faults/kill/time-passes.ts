import type { Database } from '../../../services/storage/ports.ts';

/**
 * Makes everything that is stored so many minutes older. After a kill the bot waits: ten minutes before a POST that
 * nobody answered is repeated, ten and more before a message is. A test does not, and what it skips is only waiting.
 */
export async function letTimePass(db: Database, minutes: number): Promise<void> {
  const span = `interval '${minutes} minutes'`;
  await db.transaction(async (tx) => {
    await tx.query(`update uploads set sent_at = sent_at - ${span}, first_sent_at = first_sent_at - ${span}`);
    await tx.query(`update messages set sending_since = sending_since - ${span}`);
    await tx.query(`update pgboss.job set start_after = start_after - ${span} where state in ('created', 'retry')`);
  });
}
