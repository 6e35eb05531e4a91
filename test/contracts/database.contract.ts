import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../services/storage/ports.ts';
import type { DatabaseKind, TestDatabase } from './test-databases.ts';

/** Stands for another request that arrives while a transaction is open. */
const outsideOfTransaction = AsyncLocalStorage.snapshot();

/** What the rest of the program relies on, whichever database is underneath. */
export function databaseContract(kind: DatabaseKind): void {
  describe(`a database (${kind.name})`, () => {
    let test: TestDatabase;
    const database = () => test.database;
    const names = async () => (await database().query('SELECT name FROM thing ORDER BY name')).map((row) => row.name);

    beforeAll(async () => {
      test = await kind.create();
      await database().query('CREATE TABLE thing (name text PRIMARY KEY, amount bigint, facts jsonb, tags text[])');
    });
    afterAll(() => test.remove());
    beforeEach(async () => {
      await database().query('TRUNCATE thing');
    });

    it('returns rows with their values parsed', async () => {
      const [row] = await database().query(
        `SELECT 42::bigint AS big, 7 AS small, $1::jsonb AS json, $2::timestamptz AS moment, $3::text[] AS list,
                $4::bytea AS bytes, NULL AS nothing, true AS yes`,
        [JSON.stringify([1, { a: 'ä' }]), new Date('2026-01-02T03:04:05.678Z'), ['x', 'y"z'], new Uint8Array([0, 255])],
      );
      expect(row).toMatchObject({
        big: 42,
        small: 7,
        json: [1, { a: 'ä' }],
        list: ['x', 'y"z'],
        nothing: null,
        yes: true,
      });
      expect(row?.moment).toEqual(new Date('2026-01-02T03:04:05.678Z'));
      expect(Buffer.from(row?.bytes as Uint8Array)).toEqual(Buffer.from([0, 255]));
    });

    it('keeps values apart from the text', async () => {
      const nasty = `'; DROP TABLE thing; -- $1 \\ "`;
      await database().query('INSERT INTO thing (name) VALUES ($1)', [nasty]);
      expect(await names()).toEqual([nasty]);
    });

    it('runs several statements of one text and returns all their rows', async () => {
      const rows = await database().query(`INSERT INTO thing (name) VALUES ('a') RETURNING name; SELECT 'b' AS name`);
      expect(rows).toEqual([{ name: 'a' }, { name: 'b' }]);
    });

    it('tells the SQLSTATE of an error', async () => {
      await database().query(`INSERT INTO thing (name) VALUES ('a')`);
      const again = database().query('INSERT INTO thing (name) VALUES ($1)', ['a']);
      await expect(again).rejects.toMatchObject({ code: '23505' });
    });

    it('commits what a transaction wrote, and returns what it returned', async () => {
      const result = await database().transaction(async (tx) => {
        await add(tx, 'a');
        await add(tx, 'b');
        return 'done';
      });
      expect(result).toBe('done');
      expect(await names()).toEqual(['a', 'b']);
    });

    it('rolls a transaction back when its work rejects', async () => {
      const failing = database().transaction(async (tx) => {
        await add(tx, 'a');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await names()).toEqual([]);
    });

    it('does not pretend to commit when a statement failed and the error was swallowed', async () => {
      const failing = database().transaction(async (tx) => {
        await add(tx, 'a');
        await tx.query('SELECT nonsense').catch(() => undefined);
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(await names()).toEqual([]);
    });

    it('works on after a failed transaction and after a failed text that began one', async () => {
      await expect(database().transaction((tx) => tx.query('SELECT nonsense'))).rejects.toThrow();
      await expect(database().query('BEGIN; SELECT nonsense; COMMIT')).rejects.toThrow();
      await database().transaction((tx) => add(tx, 'a'));
      expect(await names()).toEqual(['a']);
    });

    it('shows others nothing of a transaction before it commits', async () => {
      let seen: Promise<unknown[]> | undefined;
      await database().transaction(async (tx) => {
        await add(tx, 'a');
        seen = outsideOfTransaction(names);
        await sleep(30);
        await tx.query('SELECT 1');
      });
      // A server answers the reader at once, the single connection after the commit; neither shows half of it.
      expect([JSON.stringify([]), JSON.stringify(['a'])]).toContain(JSON.stringify(await seen));
    });

    it('refuses to be used inside its own transaction instead of waiting for itself', async () => {
      const nested = database().transaction(() => database().query('SELECT 1'));
      await expect(nested).rejects.toThrow('inside its own transaction');
      const doubly = database().transaction(() => database().transaction(async () => 1));
      await expect(doubly).rejects.toThrow('inside its own transaction');
      expect(await database().query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('lets work that a transaction left behind use the database afterwards', async () => {
      let later: Promise<unknown> | undefined;
      await database().transaction(async () => {
        later = sleep(50).then(() => database().query('SELECT 1 AS one'));
      });
      expect(await later).toEqual([{ one: 1 }]);
    });

    it('refuses a transaction that has ended', async () => {
      let kept: Transaction | undefined;
      await database().transaction(async (tx) => {
        kept = tx;
      });
      await expect(kept?.query('SELECT 1')).rejects.toThrow();
    });

    it('counts right when many transactions run at once', async () => {
      await database().query(`INSERT INTO thing (name, amount) VALUES ('counter', 0)`);
      const increment = (tx: Transaction) => tx.query(`UPDATE thing SET amount = amount + 1 WHERE name = 'counter'`);
      await Promise.all(Array.from({ length: 50 }, () => database().transaction(increment)));
      expect(await database().query('SELECT amount FROM thing')).toEqual([{ amount: 50 }]);
    });

    it('repeats a transaction that a deadlock or a serialization failure stopped', async () => {
      await database().query(`INSERT INTO thing (name, amount) VALUES ('x', 0), ('y', 0)`);
      const addTo = async (first: string, second: string) =>
        database().transaction(async (tx) => {
          await tx.query('UPDATE thing SET amount = amount + 1 WHERE name = $1', [first]);
          await sleep(20);
          await tx.query('UPDATE thing SET amount = amount + 1 WHERE name = $1', [second]);
        });
      await Promise.all([addTo('x', 'y'), addTo('y', 'x')]);
      expect(await database().query('SELECT sum(amount)::integer AS sum FROM thing')).toEqual([{ sum: 4 }]);
    });
  });
}

async function add(tx: Transaction, name: string): Promise<void> {
  await tx.query('INSERT INTO thing (name) VALUES ($1)', [name]);
}
