import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';

const JwkSchema = z.object({ kty: z.string(), kid: z.string() }).catchall(z.string());

/** One RSA pair; the first of a ring signs. */
const KeyPairSchema = z.object({ kid: z.string(), privateJwk: JwkSchema, publicJwk: JwkSchema });
export const KeyRingSchema = z.object({ entra: z.array(KeyPairSchema), channel: z.array(KeyPairSchema) });

export type KeyPair = z.output<typeof KeyPairSchema>;
/** Keys of the two issuers: Entra, and the Bot Framework's channel service. */
export type KeyRing = z.output<typeof KeyRingSchema>;

export async function createKeyRing(): Promise<KeyRing> {
  const [entra, channel] = await Promise.all([createKeyPair(), createKeyPair()]);
  return { entra: [entra], channel: [channel] };
}

/** A fresh RSA 2048 pair under a key id of its own. */
export async function createKeyPair(): Promise<KeyPair> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const kid = crypto.randomUUID().replaceAll('-', '');
  const [privateJwk, publicJwk] = await Promise.all([exportJWK(pair.privateKey), exportJWK(pair.publicKey)]);
  return KeyPairSchema.parse({ kid, privateJwk: { ...privateJwk, kid }, publicJwk: { ...publicJwk, kid } });
}

export async function privateKeyOf(pair: KeyPair): Promise<CryptoKey> {
  return asymmetric(await importJWK(pair.privateJwk, 'RS256'));
}

/**
 * The key set as published. Channel keys say for which channels they may sign; keys also carry `x5t`, which Entra's do.
 * `endorsements` [bot connector authentication article]; the rest of the entry inferred.
 */
export function publishedKeys(pairs: readonly KeyPair[], endorsements?: readonly string[]): JSONWebKeySet {
  return { keys: pairs.map((pair) => publishedKey(pair, endorsements)) };
}

function publishedKey({ kid, publicJwk }: KeyPair, endorsements?: readonly string[]): JWK {
  return { ...publicJwk, use: 'sig', kid, x5t: kid, ...(endorsements ? { endorsements } : {}) };
}

function asymmetric(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new Error('an RSA key was expected');
  return key;
}
