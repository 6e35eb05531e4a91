import { expect, it } from 'vitest';
import { createMetrics } from '../../bot/metrics.ts';
import { readFigures } from '../../services/operation/figures.ts';
import { QUEUES, type QueueName } from '../../services/queue/ports.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { inMemory, quietLog } from '../contracts/test-databases.ts';

const NOW = new Date('2026-11-21T09:00:00Z');

it('tells batches, messages, events and the sign-in as they are at each look', async () => {
  const { database: db, remove } = await inMemory.create();
  await migrate(db, MIGRATIONS, quietLog);
  const batch = `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state,
    created_at, confirmed_at, version) values ($1, 'c', 'C', 'c', $1, '{}', $2, $3, $3, 1)`;
  await db.query(batch, ['one', 'waiting', new Date(NOW.getTime() - 90_000)]);
  await db.query(batch, ['two', 'needs-human', new Date(NOW.getTime() - 900_000)]);
  const alarm = `insert into alarms (id, subject_kind, subject_id, found, recorded, found_at) values ($1, 'batch', $1, '', '', $2)`;
  await db.query(alarm, ['today', NOW]);
  await db.query(alarm, ['last month', new Date(NOW.getTime() - 30 * 24 * 3_600_000)]);
  let daysLeft: number | undefined;
  const metrics = createMetrics({
    jobs: { counts: async () => Object.fromEntries(QUEUES.map((queue) => [queue, 0])) as Record<QueueName, number> },
    figures: () => readFigures(db, NOW),
    signInDaysLeft: async () => daysLeft,
    now: () => NOW,
  });
  const first = await metrics.registry.metrics();
  for (const line of [
    'tarmac_batches{state="waiting"} 1',
    'tarmac_batches{state="needs-human"} 1',
    'tarmac_events{state="given-up"} 0',
    'tarmac_oldest_open_batch_seconds 90',
    'tarmac_sign_in_days_left Nan',
    'tarmac_alarms 1',
  ])
    expect(first).toContain(line);
  await db.query(`update batches set state = 'done' where id = 'one'`);
  daysLeft = 41;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const second = await metrics.registry.metrics();
  expect(second).toContain('tarmac_sign_in_days_left 41');
  expect(second).toContain('tarmac_batches{state="done"} 1');
  expect(second).not.toContain('state="waiting"} 1');
  expect(second).toContain('tarmac_oldest_open_batch_seconds 0');
  await remove();
});
