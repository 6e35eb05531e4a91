import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyv } from 'keyv';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** How to get a Keyv of a namespace; all namespaces share one store. */
export type KeyvKind = Readonly<{
  name: string;
  start: () => Promise<{ open: (namespace: string, ttlMs?: number) => Keyv; stop: () => Promise<void> }>;
}>;

/** What Keyv's documentation promises, run on Keyv's own Map and on ours. */
export function keyValueContract(kind: KeyvKind): void {
  describe(`a Keyv (${kind.name})`, () => {
    let open: (namespace: string, ttlMs?: number) => Keyv;
    let stop: () => Promise<void>;
    let keyv: Keyv;

    beforeAll(async () => {
      ({ open, stop } = await kind.start());
    });
    afterAll(() => stop());
    beforeEach(async () => {
      keyv = open('cats');
      await keyv.clear();
    });

    it.each([
      ['text', 'meow'],
      ['a number', -1.5e300],
      ['false', false],
      ['an object', { a: [1, { b: null }], ä: '\u2028' }],
      ['what people type', 'NUL \0, half a pair \ud800, emoji 🐈, "quoted" \\ $1'],
      ['bytes', Buffer.from([0, 255, 1])],
    ])('gives back %s', async (_, value) => {
      expect(await keyv.set('key', value)).toBe(true);
      expect(await keyv.get('key')).toEqual(value);
    });

    it('has nothing for a key nobody set', async () => {
      expect(await keyv.get('nobody')).toBeUndefined();
      expect(await keyv.has('nobody')).toBe(false);
    });

    it.each([
      '',
      ' ',
      'a/b?c#d',
      '*',
      'ключ 🐈',
      'a\0b',
      'half \ud800',
      '\\0000',
      "'; --",
      '__proto__',
      'k'.repeat(1_000),
    ])('takes %j as a key', async (key) => {
      await keyv.set(key, 'here');
      expect(await keyv.get(key)).toBe('here');
      expect(await keyv.has(key)).toBe(true);
      expect(await keyv.delete(key)).toBe(true);
      expect(await keyv.has(key)).toBe(false);
    });

    it('keeps the latest value', async () => {
      await keyv.set('key', 1);
      await keyv.set('key', 2);
      expect(await keyv.get('key')).toBe(2);
    });

    it('hands out copies', async () => {
      const value = { list: [1] };
      await keyv.set('key', value);
      value.list.push(2);
      expect(await keyv.get('key')).toEqual({ list: [1] });
    });

    it('says whether there was something to delete', async () => {
      await keyv.set('key', 1);
      expect(await keyv.delete('key')).toBe(true);
      expect(await keyv.delete('key')).toBe(false);
    });

    it('reads, writes and deletes many at once, in the order asked', async () => {
      expect(
        await keyv.setMany([
          { key: 'a', value: 1 },
          { key: 'b', value: 2 },
        ]),
      ).toEqual([true, true]);
      expect(await keyv.get(['b', 'none', 'a'])).toEqual([2, undefined, 1]);
      expect(await keyv.getMany(['a', 'a'])).toEqual([1, 1]);
      expect(await keyv.delete(['a', 'b'])).toBe(true);
      expect(await keyv.getMany(['a', 'b'])).toEqual([undefined, undefined]);
    });

    it('forgets a value when its time is over', async () => {
      await keyv.set('short', 1, 40);
      await keyv.set('long', 2, 60_000);
      await keyv.set('unlimited', 3);
      expect(await keyv.getMany(['short', 'long', 'unlimited'])).toEqual([1, 2, 3]);
      await sleep(80);
      expect(await keyv.getMany(['short', 'long', 'unlimited'])).toEqual([undefined, 2, 3]);
      expect(await keyv.has('short')).toBe(false);
    });

    it('uses the time to live it was opened with, unless told otherwise', async () => {
      const brief = open('brief', 40);
      await brief.set('default', 1);
      await brief.set('own', 2, 60_000);
      await sleep(80);
      expect(await brief.getMany(['default', 'own'])).toEqual([undefined, 2]);
    });

    it('starts the time anew with every write', async () => {
      await keyv.set('key', 1, 40);
      await keyv.set('key', 2);
      await sleep(80);
      expect(await keyv.get('key')).toBe(2);
    });

    it('keeps namespaces apart, also when one is cleared', async () => {
      const dogs = open('dogs');
      await keyv.set('key', 'meow');
      await dogs.set('key', 'woof');
      expect([await keyv.get('key'), await dogs.get('key')]).toEqual(['meow', 'woof']);
      await keyv.clear();
      expect([await keyv.get('key'), await dogs.get('key')]).toEqual([undefined, 'woof']);
    });

    it('goes through all living values of its namespace', async () => {
      await open('dogs').set('other', 0);
      await keyv.set('gone', 0, 1);
      for (let number = 0; number < 250; number++) await keyv.set(`key ${number}`, number);
      await sleep(10);
      const found: [string, unknown][] = [];
      for await (const [key, value] of keyv.iterator?.(undefined) ?? []) found.push([key, value]);
      expect(new Map(found)).toEqual(new Map(Array.from({ length: 250 }, (_, number) => [`key ${number}`, number])));
    });
  });
}
