import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSealedSecrets } from '../../../services/login/sealed-secrets.ts';
import type { Queryable, Row } from '../../../services/storage/ports.ts';
import { SECRETS } from '../../../services/storage/schema/secrets.ts';
import { SIGN_IN_AGE } from '../../../services/storage/schema/sign-in-age.ts';

const KEY = randomBytes(32);
const VALUE = 'canary-refresh-token';

/** Replaces a character in the middle by another one. */
const FLIP = `UPDATE secrets SET sealed = overlay(sealed placing
  CASE substr(sealed, 30, 1) WHEN 'A' THEN 'B' ELSE 'A' END from 30 for 1)`;

let engine: PGlite;
let database: Queryable;

beforeAll(async () => {
  engine = new PGlite();
  await engine.exec(SECRETS.sql + SIGN_IN_AGE.sql);
  database = { query: async (text, values) => (await engine.query<Row>(text, [...(values ?? [])])).rows };
});
afterAll(() => engine.close());
beforeEach(() => engine.exec('DELETE FROM secrets; DELETE FROM secret_leases'));

const sealed = (key: Uint8Array = KEY) => createSealedSecrets(database, key);
const rowText = async () => JSON.stringify(await database.query('SELECT * FROM secrets ORDER BY name'));

describe('sealed secrets', () => {
  it('give back what was put in, also beyond ASCII and empty', async () => {
    for (const value of [VALUE, '', 'ü€😀', 'x'.repeat(10_000)]) {
      const before = await sealed().read('a');
      expect(await sealed().replace('a', value, before?.version ?? 0)).toBe('saved');
      expect((await sealed().read('a'))?.value).toBe(value);
    }
    expect(await sealed().read('b')).toBeUndefined();
  });

  it('tell when they were written, and in which version', async () => {
    await sealed().replace('a', VALUE, 0);
    const found = await sealed().read('a');
    expect(found?.version).toBe(1);
    expect(Math.abs(Date.now() - (found?.updatedAt.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it('tell since when they are the same sign-in: renewals leave that alone, a new one does not', async () => {
    await sealed().replace('a', VALUE, 0);
    await engine.exec(`UPDATE secrets SET begun_at = '2026-01-01', updated_at = '2026-01-01'`);
    await sealed().replace('a', 'renewed', 1);
    const renewed = await sealed().read('a');
    expect(renewed?.begunAt).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(renewed?.updatedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await sealed().put('a', 'signed in anew');
    expect((await sealed().read('a'))?.begunAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await engine.exec('UPDATE secrets SET begun_at = null'); // stored before that was noted
    expect((await sealed().read('a'))?.begunAt).toBeUndefined();
  });

  it('cannot be read from the database, and never look the same twice', async () => {
    await sealed().replace('a', VALUE, 0);
    const first = await rowText();
    expect(first).not.toContain(VALUE);
    expect(first).not.toContain(Buffer.from(VALUE).toString('base64url'));
    await sealed().replace('a', VALUE, 1);
    expect((await database.query('SELECT sealed FROM secrets'))[0]?.sealed).not.toBe(JSON.parse(first)[0].sealed);
  });

  it('let one of several simultaneous writers win', async () => {
    const outcomes = (from: number) => Promise.all(['x', 'y', 'z'].map((value) => sealed().replace('a', value, from)));
    expect((await outcomes(0)).sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect((await outcomes(1)).sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect(await sealed().replace('missing', 'x', 3)).toBe('conflict');
  });

  it.each([
    ['another key', '', 'a', randomBytes(32)],
    ['a row copied to another name', `UPDATE secrets SET name = 'b'`, 'b', KEY],
    ['a changed byte', FLIP, 'a', KEY],
    ['a shortened row', 'UPDATE secrets SET sealed = left(sealed, 20)', 'a', KEY],
    ['an unsealed row', `UPDATE secrets SET sealed = '${VALUE}'`, 'a', KEY],
  ])('refuse %s', async (_, tamper, name, key) => {
    await sealed().replace('a', VALUE, 0);
    await engine.exec(tamper);
    const error = await sealed(key)
      .read(name)
      .then(String, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'partner-center-sign-in', details: { reason: 'unsealable' } });
    expect(String(error)).not.toContain(VALUE);
  });

  it('insist on a whole key', () => {
    expect(() => sealed(randomBytes(31))).toThrow(RangeError);
  });

  it('lease the right to renew to one at a time, and free it on release or when time is up', async () => {
    const one = sealed();
    expect(await one.lease('a', 'p1', 60_000)).toBe(true);
    expect(await one.lease('a', 'p2', 60_000)).toBe(false);
    expect(await one.lease('b', 'p2', 60_000)).toBe(true);
    await one.release('a', 'p2'); // not the holder: nothing happens
    expect(await one.lease('a', 'p2', 60_000)).toBe(false);
    await one.release('a', 'p1');
    expect(await one.lease('a', 'p2', 10)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await one.lease('a', 'p3', 60_000)).toBe(true);
  });
});
