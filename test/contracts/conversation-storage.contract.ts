import type { Storage } from 'botbuilder';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

export type StorageKind = Readonly<{
  name: string;
  start: () => Promise<{ storage: Storage; stop: () => Promise<void> }>;
}>;

/** What botbuilder's state relies on, run on its own MemoryStorage and on ours. */
export function conversationStorageContract(kind: StorageKind): void {
  describe(`a conversation storage (${kind.name})`, () => {
    let storage: Storage;
    let stop: () => Promise<void>;

    beforeAll(async () => {
      ({ storage, stop } = await kind.start());
    });
    afterAll(() => stop());
    beforeEach(() => storage.delete(['a', 'b']));

    it('leaves out what it does not have', async () => {
      expect(await storage.read(['a'])).toEqual({});
      expect(await storage.read([])).toEqual({});
    });

    it('gives back what was written, with an eTag', async () => {
      await storage.write({
        a: { count: 1, nested: { list: [1, null] } },
        b: { text: 'NUL \0 and half a pair \ud800' },
      });
      const found = await storage.read(['a', 'b', 'c']);
      expect(Object.keys(found).sort()).toEqual(['a', 'b']);
      expect(found.a).toEqual({ count: 1, nested: { list: [1, null] }, eTag: expect.any(String) });
      expect(found.b.text).toBe('NUL \0 and half a pair \ud800');
    });

    it('hands out fresh copies', async () => {
      const written = { list: [1] };
      await storage.write({ a: written });
      written.list.push(2);
      (await storage.read(['a'])).a.list.push(3);
      expect((await storage.read(['a'])).a.list).toEqual([1]);
    });

    it('writes nothing for an empty change', async () => {
      await storage.write({});
      expect(await storage.read(['a'])).toEqual({});
    });

    it('gives a new eTag with every write', async () => {
      await storage.write({ a: { count: 1 } });
      const first = (await storage.read(['a'])).a.eTag;
      await storage.write({ a: { count: 1 } });
      expect((await storage.read(['a'])).a.eTag).not.toBe(first);
    });

    it.each([undefined, '', '*'])('overwrites when the eTag is %j', async (eTag) => {
      await storage.write({ a: { count: 1 } });
      await storage.write({ a: { count: 2, eTag } });
      expect((await storage.read(['a'])).a.count).toBe(2);
    });

    it('writes when the eTag is the current one, and refuses an outdated one', async () => {
      await storage.write({ a: { count: 1 } });
      const { a } = await storage.read(['a']);
      await storage.write({ a: { ...a, count: 2 } });
      await expect(storage.write({ a: { ...a, count: 3 } })).rejects.toThrow('eTag conflict');
      expect((await storage.read(['a'])).a.count).toBe(2);
    });

    it('creates an unknown item whatever its eTag says', async () => {
      await storage.write({ a: { count: 1, eTag: 'from somewhere else' } });
      expect((await storage.read(['a'])).a.count).toBe(1);
    });

    it('creates a deleted item again', async () => {
      await storage.write({ a: { count: 1 } });
      await storage.delete(['a', 'never there']);
      expect(await storage.read(['a'])).toEqual({});
      await storage.write({ a: { count: 2 } });
      expect((await storage.read(['a'])).a.count).toBe(2);
    });

    it.each([
      'msteams/conversations/19:abc@thread.v2;messageid=1/',
      'a?b=c&d#e',
      'ключ 🐈',
      'a b\\c',
      'a\0b',
      '..',
      '%2F',
    ])('takes %j as a key', async (key) => {
      await storage.write({ [key]: { text: key } });
      expect((await storage.read([key]))[key].text).toBe(key);
      await storage.delete([key]);
      expect(await storage.read([key])).toEqual({});
    });

    it('lets one of several writers with the same eTag win', async () => {
      await storage.write({ a: { count: 0 } });
      const { a } = await storage.read(['a']);
      const writers = Array.from({ length: 8 }, (_, count) => storage.write({ a: { ...a, count } }));
      const won = (await Promise.allSettled(writers)).filter(({ status }) => status === 'fulfilled');
      expect(won).toHaveLength(1);
    });

    it('rejects a call without keys or changes', async () => {
      const nothing: unknown = undefined;
      await expect(storage.read(nothing as string[])).rejects.toThrow('Keys are required');
      await expect(storage.write(nothing as Record<string, unknown>)).rejects.toThrow('Changes are required');
    });
  });
}
