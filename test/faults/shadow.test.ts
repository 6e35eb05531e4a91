import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../services/storage/migrations.ts';
import type { Database, Queryable, Row } from '../../services/storage/ports.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../contracts/test-databases.ts';
import { BEHAVIOURS } from './behaviours.ts';
import type { MemoryDatabase } from './memory/database.ts';
import { mixedFaults } from './mixed-faults.ts';
import { addition, ended, longRegistration, profile, removal, request } from './scenarios.ts';

let real: TestDatabase;
const differences: string[] = [];
let compared = 0;

beforeAll(async () => {
  real = await inMemory.create();
  await migrate(real.database, MIGRATIONS, quietLog);
});
afterAll(() => real.remove());

it('answers every statement as PostgreSQL does, through stories with faults and deaths', async () => {
  for (const [index, behaviour] of Object.values(BEHAVIOURS).slice(0, 4).entries()) {
    const options = { behaviour, ...mixedFaults(0.2), deathRate: 0.005, shadow: shadowOf };
    await forgetSignIn();
    await longRegistration({ ...options, seed: 500 + index });
    await forgetSignIn();
    await request({ ...options, seed: 600 + index });
    await forgetSignIn();
    await profile({ ...options, seed: 700 + index });
    await forgetSignIn();
    await removal({ ...options, seed: 800 + index });
    await forgetSignIn();
    await addition({ ...options, seed: 900 + index });
    await forgetSignIn();
    await ended({ ...options, seed: 1_000 + index });
  }
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(500);
}, 200_000);

/** Each story begins without a sign-in; everything else has ids of its own. */
async function forgetSignIn(): Promise<void> {
  for (const table of ['secrets', 'secret_leases', 'sign_in_troubles'])
    await real.database.query(`delete from ${table}`);
}

/** A database that asks both and compares. The memory database decides what the bot sees. */
function shadowOf(memory: MemoryDatabase): Database {
  /** The story has a clock of its own, and so has the real database in it. */
  const atThatTime = (text: string) => text.replaceAll('now()', `'${memory.tables.now().toISOString()}'::timestamptz`);
  const both = async (inMemory: Queryable, postgres: Queryable, text: string, values?: readonly unknown[]) => {
    const rows = await inMemory.query(text, values);
    const expected = await postgres.query(atThatTime(text), values);
    compared += 1;
    const [given, wanted] = [comparable(rows, text), comparable(expected, text)];
    if (given !== wanted) differences.push(`${text}\nmemory: ${given}\nreal: ${wanted}`);
    return rows;
  };
  return {
    mode: memory.mode,
    query: (text, values) => both(memory, real.database, text, values),
    transaction: (work) =>
      memory.transaction((inMemoryTx) =>
        real.database.transaction((tx) =>
          work({ inTransaction: true, query: (text, values) => both(inMemoryTx, tx, text, values) }),
        ),
      ),
    close: async () => undefined,
  };
}

/** Rows in a form that can be compared: without an order, unless one was asked for, and in one spelling of dates. */
function comparable(rows: readonly Row[], text: string): string {
  const shown = rows.map(({ updated_at: _, begun_at: _real, ...row }) => withoutChance(row)); // set by default: the real time
  const lines = shown.map((row) => JSON.stringify(inOrder(JSON.parse(JSON.stringify(row)))));
  return (/order by/i.test(text) ? lines : lines.toSorted()).join('\n');
}

/** The database itself throws the dice for the ids of devices that are removed. */
function withoutChance(row: Row): Row {
  if (!('removal_id' in row)) return row;
  const { request_id: _, correlation_id: _also, ...rest } = row;
  return rest;
}

/** A JSON column does not keep the order of names. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, inner]) => [name, inOrder(inner)]);
}
