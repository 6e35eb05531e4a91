import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStatements, type Statements } from '../../../services/storage/embedded-statements.ts';

describe('statements of the embedded database', () => {
  let pg: PGlite;
  let statements: Statements;
  let nowMs = 0;
  beforeAll(async () => {
    pg = await PGlite.create();
  });
  afterAll(() => pg.close());
  beforeEach(async () => {
    await pg.exec('DEALLOCATE ALL; DROP TABLE IF EXISTS thing; CREATE TABLE thing (name text PRIMARY KEY)');
    statements = createStatements(pg, { now: () => nowMs, mostKept: 3 });
  });
  const known = async () =>
    (await pg.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements')).rows;

  it('parses a text once, whatever its values', async () => {
    for (const name of ['a', 'b', 'c']) await statements.run('INSERT INTO thing VALUES ($1)', [name]);
    expect(await statements.run('SELECT name FROM thing WHERE name <> $1 ORDER BY name', ['b'])).toEqual([
      { name: 'a' },
      { name: 'c' },
    ]);
    expect(await known()).toHaveLength(2);
  });

  it('parses a text once when several callers need it at the same moment', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => statements.run('INSERT INTO thing VALUES ($1)', [name])));
    expect(await known()).toHaveLength(1);
  });

  it('shows columns that were added since, however the table was changed', async () => {
    await statements.run('INSERT INTO thing VALUES ($1)', ['a']);
    expect(await statements.run('SELECT * FROM thing WHERE name = $1', ['a'])).toEqual([{ name: 'a' }]);
    await statements.run('ALTER TABLE thing ADD COLUMN size integer DEFAULT 7', []);
    expect(await statements.run('SELECT * FROM thing WHERE name = $1', ['a'])).toEqual([{ name: 'a', size: 7 }]);
    await pg.exec('ALTER TABLE thing DROP COLUMN size');
    statements.forget();
    expect(await statements.run('SELECT * FROM thing WHERE name = $1', ['a'])).toEqual([{ name: 'a' }]);
  });

  it('closes what it has forgotten', async () => {
    await statements.run('SELECT $1::text AS said', ['a']);
    statements.forget();
    await statements.run('SELECT $1::integer AS counted', [1]);
    expect(await known()).toEqual([{ statement: 'SELECT $1::integer AS counted' }]);
  });

  it('keeps no more texts than it may, and those used last', async () => {
    for (const said of ['a', 'b', 'c']) await statements.run(`SELECT $1::text AS ${said}`, ['x']);
    await statements.run('SELECT $1::text AS a', ['x']);
    for (const said of ['d', 'e']) await statements.run(`SELECT $1::text AS ${said}`, ['x']);
    const texts = (await known()).map(({ statement }) => statement.at(-1));
    expect(texts.sort()).toEqual(['a', 'c', 'd', 'e']); // the last to go is closed with the next that comes
  });

  it('works on after a text that cannot be parsed, a value that does not fit and a row that may not be', async () => {
    await expect(statements.run('SELECT nonsense($1)', ['a'])).rejects.toMatchObject({ code: '42883' });
    await expect(statements.run('SELECT $1::integer AS n', ['a'])).rejects.toMatchObject({ code: '22P02' });
    await statements.run('INSERT INTO thing VALUES ($1)', ['a']);
    await expect(statements.run('INSERT INTO thing VALUES ($1)', ['a'])).rejects.toMatchObject({ code: '23505' });
    expect(await statements.run('SELECT $1::integer AS n', ['5'])).toEqual([{ n: 5 }]);
  });

  it('makes a new plan, some seconds later, for a table that has grown', async () => {
    const text = 'SELECT count(*)::integer AS n FROM thing WHERE name = $1';
    await pg.exec(`INSERT INTO thing VALUES ('a')`);
    await pg.exec('VACUUM ANALYZE thing');
    for (let use = 0; use < 8; use++) await statements.run(text, ['a']);
    await pg.exec(`INSERT INTO thing SELECT 'b' || n FROM generate_series(1, 20000) n`);
    await statements.run(text, ['a']);
    expect(await planOf(text)).toContain('Seq Scan');
    nowMs += 10_000;
    await statements.run(text, ['a']);
    expect(await planOf(text)).toContain('Index');
  });

  async function planOf(text: string): Promise<string> {
    const found = await pg.query<{ name: string }>('SELECT name FROM pg_prepared_statements WHERE statement = $1', [
      text,
    ]);
    const lines = (await pg.query(`EXPLAIN EXECUTE ${found.rows[0]?.name}('a')`)).rows;
    return JSON.stringify(lines);
  }
});
