import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseTooNew, type Migration, migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { databaseKinds, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const first: Migration = { id: 1, name: 'first', sql: 'CREATE TABLE one (a text); CREATE INDEX ON one (a)' };
const second: Migration = { id: 2, name: 'second', sql: 'ALTER TABLE one ADD COLUMN b text' };

for (const kind of databaseKinds()) {
  describe(`migrations (${kind.name})`, () => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await kind.create();
    });
    afterAll(() => test.remove());
    beforeEach(() => test.database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
    const run = (...migrations: Migration[]) => migrate(test.database, migrations, quietLog);
    const applied = async () =>
      (await test.database.query('SELECT name FROM schema_migrations ORDER BY id')).map(({ name }) => name);

    it('applies what is missing, in order of the numbers, once', async () => {
      await run(first);
      await run(second, first);
      await run(first, second);
      expect(await applied()).toEqual(['first', 'second']);
      await test.database.query(`INSERT INTO one (a, b) VALUES ('x', 'y')`);
    });

    it('applies all of them or none', async () => {
      const broken: Migration = { id: 3, name: 'broken', sql: 'CREATE TABLE three (a text); SELECT nonsense' };
      await expect(run(first, broken)).rejects.toThrow('nonsense');
      await expect(test.database.query('SELECT * FROM one')).rejects.toThrow('does not exist');
      await run(first, second);
      expect(await applied()).toEqual(['first', 'second']);
    });

    it('is safe when several start at once', async () => {
      await Promise.all([run(first, second), run(first, second), run(first), run(first, second)]);
      expect(await applied()).toEqual(['first', 'second']);
    });

    it('works beside a newer version that only added', async () => {
      await run(first, second);
      await run(first);
      expect(await applied()).toEqual(['first', 'second']);
    });

    it('refuses a newer version that took something away, in a sentence', async () => {
      await run(first, { ...second, breaking: true });
      await expect(run(first)).rejects.toThrow(DatabaseTooNew);
      await expect(run(first)).rejects.toThrow(/newer version of this program \(second\).*Start the newer version/);
    });

    it('refuses two steps with one number', async () => {
      await expect(run(first, { ...second, id: 1 })).rejects.toThrow('two migrations have the number 1');
    });

    it('brings up our own schema', async () => {
      await migrate(test.database, MIGRATIONS, quietLog);
      expect(await test.database.query('SELECT * FROM kv')).toEqual([]);
    });
  });
}
