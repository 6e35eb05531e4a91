import type { Database, Row, Transaction } from '../../../services/storage/ports.ts';
import { BATCH_STATEMENTS } from './batch-statements.ts';
import { LOGIN_STATEMENTS } from './login-statements.ts';
import { MESSAGE_STATEMENTS } from './message-statements.ts';
import { PEOPLE_STATEMENTS } from './people-statements.ts';
import { PROFILE_STATEMENTS } from './profile-statements.ts';
import { REMOVAL_STATEMENTS } from './removal-statements.ts';
import { REQUEST_STATEMENTS } from './request-statements.ts';
import { createTables, type Statements, type Tables } from './tables.ts';

const STATEMENTS: Statements = {
  ...BATCH_STATEMENTS,
  ...LOGIN_STATEMENTS,
  ...MESSAGE_STATEMENTS,
  ...PEOPLE_STATEMENTS,
  ...PROFILE_STATEMENTS,
  ...REMOVAL_STATEMENTS,
  ...REQUEST_STATEMENTS,
};

export type MemoryDatabase = Database & Readonly<{ tables: Tables }>;

/**
 * A database that knows the very statements the services say, and nothing else, a thousand times quicker than the real
 * one. `shadow.test.ts` holds it to what PostgreSQL answers. A statement it does not know fails the run.
 */
export function createMemoryDatabase(clock: { ms: number }): MemoryDatabase {
  const tables = createTables(() => new Date(clock.ms));
  const query = async (text: string, values: readonly unknown[] = []) => answer(tables, text, values);
  return {
    mode: 'embedded',
    tables,
    query,
    async transaction(work) {
      tables.begin();
      try {
        const tx: Transaction = { inTransaction: true, query };
        const result = await work(tx);
        tables.commit();
        return result;
      } catch (error) {
        tables.rollback();
        throw error;
      }
    },
    async close() {},
  };
}

const known = new Map<string, string>();

/** One statement in one line. */
export function oneLine(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const line = text.replace(/\s+/g, ' ').trim();
  known.set(text, line);
  return line;
}

function answer(tables: Tables, text: string, values: readonly unknown[]): readonly Row[] {
  const statement = STATEMENTS[oneLine(text)];
  if (!statement) throw new UnknownStatement(oneLine(text));
  return statement(
    tables,
    values.map((value) => (value === undefined ? null : value)),
  );
}

/** The services said something new: teach it to the table of statements beside this file. */
export class UnknownStatement extends Error {
  constructor(text: string) {
    super(`the memory database does not know this statement yet: ${text}`);
  }
}
