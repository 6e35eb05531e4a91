import { z } from 'zod';
import { listCustomers } from '../../services/customers/customer-store.ts';
import type { Batch } from '../../services/devices/batch.ts';
import { findBatchByName, listBatches } from '../../services/devices/batch-store.ts';
import { findDevices } from '../../services/devices/device-search.ts';
import { countKnown } from '../../services/devices/known-devices.ts';
import type { TenantId } from '../../services/identity.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import { customerOf, pkidOf } from './seed-batches.ts';

/** How the database goes about one statement of the product. */
export type Plan = Readonly<{ what: string; lines: readonly string[]; ms: number }>;

/** The plans of the statements that people wait for, taken from the product's own calls. */
export async function plansOf(db: Queryable, draft: Batch): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  const explain = async (what: string, call: (q: Queryable) => Promise<unknown>) => {
    const { asked, q } = explaining(db);
    await call(q);
    for (const { lines, ms } of asked) plans.push({ what, lines, ms });
  };
  await explain('is it known', (q) => countKnown(q, draft));
  await explain('a page of batches', (q) => listBatches(q, { limit: 10, offset: 0 }));
  await explain('find by PKID', (q) => findDevices(q, [pkidOf(1)]));
  await explain('find by serial number', (q) => findDevices(q, ['SN-1']));
  await explain('is this name taken', (q) => findBatchByName(q, customerOf(1) as TenantId, 'Order 1'));
  await explain('customers by name', (q) => listCustomers(q, { query: 'customer 7', activeOnly: true, limit: 10 }));
  await explain('jobs that are due', (q) => q.query(DUE_JOBS, ['upload']));
  return plans;
}

/** Reads every table from end to end that a plan reads so: `Seq Scan on batch_devices` and the like. */
export function tablesReadWhole({ lines }: Plan): readonly string[] {
  return lines.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? []);
}

/** How the job engine looks for the next job of a queue: its own conditions and order. @see pg-boss, fetchNextJob */
const DUE_JOBS = `select id from pgboss.job where name = $1 and state < 'active' and not blocked
    and start_after < now()
  order by priority desc, created_on, id limit 1 for update skip locked`;

/** A database that explains each statement, with what it did, before it answers it. */
function explaining(db: Queryable) {
  const asked: { lines: string[]; ms: number }[] = [];
  const query: Queryable['query'] = async (text, values) => {
    const rows = await db.query(`explain (analyze, costs off, timing off, summary on) ${text}`, values);
    const lines = rows.map((row) => planRow.parse(row)['QUERY PLAN']);
    const ms = lines.flatMap((line) => /^Execution Time: ([\d.]+) ms/.exec(line)?.[1] ?? []).map(Number);
    asked.push({ lines: lines.filter((line) => !/^(Planning|Execution) Time/.test(line)), ms: ms[0] ?? Number.NaN });
    return db.query(text, values);
  };
  return { asked, q: { query } };
}

const planRow = z.object({ 'QUERY PLAN': z.string() });
