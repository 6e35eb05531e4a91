import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openServerDatabase } from '../../../services/storage/server-database.ts';
import { databaseKinds, quietLog } from '../../contracts/test-databases.ts';

describe('a database server that is away', () => {
  it('rejects after a few attempts instead of waiting for ever', async () => {
    const database = openServerDatabase({ url: `postgres://nobody@127.0.0.1:${await freePort()}/none`, log: quietLog });
    const began = Date.now();
    await expect(database.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(Date.now() - began).toBeLessThan(5_000);
    await database.close();
  });
});

for (const kind of databaseKinds().filter(({ name }) => name === 'server')) {
  describe('a database server', () => {
    it('is reached again after it cut all connections', async () => {
      const { database, reopen, remove } = await kind.create();
      const other = await reopen?.();
      await Promise.all(Array.from({ length: 4 }, () => database.query('SELECT 1')));
      await other?.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await remove();
    });

    it('rolls back and goes on when the connection breaks inside a transaction', async () => {
      const { database, reopen, remove } = await kind.create();
      const other = await reopen?.();
      await database.query('CREATE TABLE thing (name text)');
      const cut = database.transaction(async (tx) => {
        await tx.query(`INSERT INTO thing VALUES ('half')`);
        const [row] = await tx.query('SELECT pg_backend_pid() AS pid');
        await other?.query('SELECT pg_terminate_backend($1)', [row?.pid]);
        await tx.query(`INSERT INTO thing VALUES ('other half')`);
      });
      await expect(cut).rejects.toThrow();
      expect(await database.query('SELECT name FROM thing')).toEqual([]);
      await remove();
    });

    it('gives up a statement that takes too long', async () => {
      const { database, remove } = await kind.create();
      const [row] = await database.query(`SELECT current_setting('statement_timeout') AS limit`);
      expect(row?.limit).toBe('15s');
      const slow = database.transaction(async (tx) => {
        await tx.query('SET LOCAL statement_timeout = 50');
        await tx.query('SELECT pg_sleep(5)');
      });
      await expect(slow).rejects.toMatchObject({ code: '57014' });
      await remove();
    });
  });
}

/** A port on which nobody listens: one that was just given back. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
