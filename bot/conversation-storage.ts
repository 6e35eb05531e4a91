import type { Storage, StoreItem, StoreItems } from 'botbuilder';
import { type KeyValue, keyValueOn, type StoredValue } from '../services/storage/key-value.ts';
import type { Database } from '../services/storage/ports.ts';

const NAMESPACE = 'conversation';

/**
 * Keeps what the bot remembers of conversations and people in the database. Several items are written together or not
 * at all, and an item whose eTag is outdated is refused. BotState always writes with `*`, so for it the last turn wins:
 * decisions and batches have tables of their own.
 */
export function createConversationStorage(database: Database): Storage {
  return {
    async read(keys) {
      if (!keys) throw new ReferenceError('Keys are required when reading.');
      const found = await keyValueOn(database, NAMESPACE).read(keys);
      return Object.fromEntries(found.map((stored) => [stored.key, toItem(stored)]));
    },
    async write(changes) {
      if (!changes) throw new ReferenceError('Changes are required when writing.');
      await database.transaction(async (tx) => {
        for (const [key, item] of inOrder(changes)) await write(keyValueOn(tx, NAMESPACE), key, item);
      });
    },
    async delete(keys) {
      await keyValueOn(database, NAMESPACE).delete(keys);
    },
  };
}

function toItem({ json, etag }: StoredValue): StoreItem {
  return { ...JSON.parse(json), eTag: etag };
}

/** Always in the same order, so that two turns that write the same items do not block each other for good. */
function inOrder(changes: StoreItems): [string, StoreItem][] {
  return Object.entries<StoreItem>(changes).sort(([a], [b]) => (a < b ? -1 : 1));
}

async function write(values: KeyValue, key: string, item: StoreItem): Promise<void> {
  const { eTag, ...content } = item;
  const json = JSON.stringify(content);
  if (!eTag || eTag === '*') await values.set(key, json);
  else if ((await values.setIf(key, json, eTag)) === undefined) {
    throw new Error(`Storage: error writing "${key}" due to eTag conflict.`);
  }
}
