import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter } from 'keyv';
import type { KeyValue } from './key-value.ts';

/** What Keyv asks of a store. Values are the texts Keyv makes of them. */
export class KeyvDatabaseStore extends EventEmitter implements KeyvStoreAdapter {
  /** Keyv lets a store iterate only when it knows the dialect. */
  readonly opts = { dialect: 'postgres' };
  namespace: string | undefined;
  readonly #values: KeyValue;

  constructor(values: KeyValue, namespace: string) {
    super();
    this.#values = values;
    this.namespace = namespace;
  }

  // Keyv's signatures promise any type the caller names; what is stored is always the text Keyv handed over.
  async get<Value>(key: string): Promise<Value | undefined> {
    const [found] = await this.#values.read([key]);
    return found?.json as Value | undefined;
  }

  async getMany<Value>(keys: string[]): Promise<Array<Value | undefined>> {
    const found = new Map((await this.#values.read(keys)).map(({ key, json }) => [key, json]));
    return keys.map((key) => found.get(key) as Value | undefined);
  }

  async set(key: string, value: string, ttlMs?: number): Promise<void> {
    await this.#values.set(key, value, ttlMs);
  }

  async has(key: string): Promise<boolean> {
    return (await this.#values.read([key])).length > 0;
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#values.delete([key])) > 0;
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    return (await this.#values.delete(keys)) === new Set(keys).size;
  }

  clear(): Promise<void> {
    return this.#values.clear();
  }

  async *iterator<Value>(): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
    for await (const { key, json } of this.#values.all()) yield [key, json];
  }
}
