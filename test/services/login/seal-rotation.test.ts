import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readSealKeys } from '../../../bot/config.ts';
import { rotateSealKey } from '../../../services/login/seal-rotation.ts';
import { createSealedSecrets } from '../../../services/login/sealed-secrets.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { SECRETS } from '../../../services/storage/schema/secrets.ts';
import { inMemory, type TestDatabase } from '../../contracts/test-databases.ts';

const keys = { old: randomBytes(32), new: randomBytes(32) };
let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await inMemory.create();
  db = test.database;
  await db.query(SECRETS.sql);
});

beforeEach(async () => {
  await db.query('delete from secrets');
  await createSealedSecrets(db, keys.old).replace('a', 'token a', 0);
  await createSealedSecrets(db, keys.old).replace('b', 'token b', 0);
});

afterAll(() => test?.remove());

const readAll = async (key: Uint8Array) => {
  const secrets = createSealedSecrets(db, key);
  return [(await secrets.read('a'))?.value, (await secrets.read('b'))?.value];
};

it('seals every secret under the new key, after which the old one opens none', async () => {
  expect(await rotateSealKey(db, keys)).toEqual({ changed: 2, already: 0 });
  expect(await readAll(keys.new)).toEqual(['token a', 'token b']);
  await expect(readAll(keys.old)).rejects.toMatchObject({ code: 'partner-center-sign-in' });
});

it('changes nothing the second time', async () => {
  await rotateSealKey(db, keys);
  const before = await db.query('select * from secrets order by name');
  expect(await rotateSealKey(db, keys)).toEqual({ changed: 0, already: 2 });
  expect(await db.query('select * from secrets order by name')).toEqual(before);
});

it('changes all or none: one that opens with neither key stops it', async () => {
  await createSealedSecrets(db, randomBytes(32)).replace('c', 'token c', 0);
  const before = await db.query('select * from secrets order by name');
  await expect(rotateSealKey(db, keys)).rejects.toMatchObject({ details: { reason: 'unsealable' } });
  expect(await db.query('select * from secrets order by name')).toEqual(before);
});

it('keeps versions, so that a bot that reads in between does not think the secret was renewed', async () => {
  await rotateSealKey(db, keys);
  expect((await createSealedSecrets(db, keys.new).read('a'))?.version).toBe(1);
});

it('takes two different, strong keys from the environment', () => {
  const [a, b] = [keys.old, keys.new].map((key) => Buffer.from(key).toString('base64'));
  expect(readSealKeys({ SEAL_KEY: a, SEAL_KEY_NEW: b })).toEqual({
    old: new Uint8Array(keys.old),
    new: new Uint8Array(keys.new),
  });
  expect(() => readSealKeys({ SEAL_KEY: a })).toThrow('SEAL_KEY_NEW is missing');
  expect(() => readSealKeys({ SEAL_KEY: a, SEAL_KEY_NEW: a })).toThrow('another key');
  expect(() => readSealKeys({ SEAL_KEY: a, SEAL_KEY_NEW: Buffer.alloc(32).toString('base64') })).toThrow(
    '32 random bytes',
  );
});
