import { Keyv } from 'keyv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyv, keyValueOn, purgeExpired } from '../../../services/storage/key-value.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { keyValueContract } from '../../contracts/key-value.contract.ts';
import { databaseKinds, inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

keyValueContract({
  name: "Keyv's own Map",
  start: async () => {
    // A Map cannot tell namespaces apart when it is cleared or walked through, so each gets its own.
    const stores = new Map<string, Map<string, unknown>>();
    const open = (namespace: string, ttl?: number) => {
      const store = stores.get(namespace) ?? new Map<string, unknown>();
      stores.set(namespace, store);
      return new Keyv({ store, namespace, ...(ttl && { ttl }) });
    };
    return { open, stop: async () => {} };
  },
});

for (const kind of databaseKinds()) {
  keyValueContract({
    name: kind.name,
    start: async () => {
      const test = await kind.create();
      await migrate(test.database, MIGRATIONS, quietLog);
      return { open: (namespace, ttlMs) => createKeyv(test.database, namespace, ttlMs), stop: test.remove };
    },
  });
}

describe('our values', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await inMemory.create();
    await migrate(test.database, MIGRATIONS, quietLog);
  });
  afterAll(() => test.remove());

  it('removes what has expired, and nothing else', async () => {
    const values = keyValueOn(test.database, 'purge');
    await values.set('old', '1', -1_000);
    await values.set('living', '2', 60_000);
    await values.set('eternal', '3');
    expect(await purgeExpired(test.database)).toBe(1);
    expect(await purgeExpired(test.database)).toBe(0);
    expect((await values.read(['old', 'living', 'eternal'])).map(({ key }) => key).sort()).toEqual([
      'eternal',
      'living',
    ]);
  });

  it('writes against a tag only if nobody wrote since, and treats an expired value as none', async () => {
    const values = keyValueOn(test.database, 'tags');
    const first = await values.set('key', '1');
    const second = await values.setIf('key', '2', first);
    expect(second).not.toBe(first);
    expect(await values.setIf('key', '3', first)).toBeUndefined();
    expect(await values.read(['key'])).toEqual([{ key: 'key', json: '2', etag: second }]);
    await values.set('key', '4', -1);
    expect(await values.setIf('key', '5', 'outdated')).toBeDefined();
  });

  it('tells when the database fails instead of answering that nothing is there', async () => {
    const broken = await inMemory.create();
    const keyv = createKeyv(broken.database, 'cats');
    await broken.remove();
    await expect(keyv.get('key')).rejects.toThrow('closed');
    await expect(keyv.set('key', 1)).rejects.toThrow('closed');
    await expect(keyv.delete('key')).rejects.toThrow('closed');
  });
});
