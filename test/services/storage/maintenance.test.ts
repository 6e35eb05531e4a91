import { describe, expect, it } from 'vitest';
import { keyValueOn } from '../../../services/storage/key-value.ts';
import { maintain } from '../../../services/storage/maintenance.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { openDatabase } from '../../../services/storage/open-database.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { databaseKinds, quietLog } from '../../contracts/test-databases.ts';

for (const kind of databaseKinds()) {
  describe(`daily cleaning (${kind.name})`, () => {
    it('removes what has expired, and keeps the table from growing with every write', async () => {
      const { database, remove } = await kind.create();
      await migrate(database, MIGRATIONS, quietLog);
      const values = keyValueOn(database, 'test');
      await values.set('old', '1', -1_000);
      const size = async () => Number((await database.query(`SELECT pg_relation_size('kv') AS size`))[0]?.size);
      const long = JSON.stringify('x'.repeat(1_000));
      for (let write = 0; write < 100; write++) await values.set(`key ${write}`, long);
      await values.delete(Array.from({ length: 100 }, (_, write) => `key ${write}`));
      const full = await size();
      expect(await maintain(database)).toEqual({ purged: 1 });
      if (database.mode === 'embedded') expect(await size()).toBeLessThan(full);
      await remove();
    });
  });
}

describe('opening a database', () => {
  it('takes the server when there is a URL, and the folder when there is none', async () => {
    const server = await openDatabase({ url: 'postgres://127.0.0.1:1/none', dataDir: 'memory', log: quietLog });
    expect(server.mode).toBe('server');
    await server.close();
    const embedded = await openDatabase({ dataDir: 'memory', log: quietLog });
    expect(embedded.mode).toBe('embedded');
    await embedded.close();
  });
});
