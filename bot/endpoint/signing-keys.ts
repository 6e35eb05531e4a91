import { importJWK } from 'jose';
import { z } from 'zod';
import type { TenantId } from '../../services/identity.ts';
import type { Log } from '../../services/log.ts';

type VerificationKey = Awaited<ReturnType<typeof importJWK>>;

/** One published signing key; those of the Bot Framework name the channels they may speak for. */
export type SigningKey = Readonly<{ key: VerificationKey; endorsements: readonly string[] }>;

/** The keys that sign the tokens of one issuer, kept fresh. */
export interface SigningKeys {
  /** `unknown`: published nowhere we look. `unavailable`: we have no keys young enough to tell. */
  find(kid: string): Promise<SigningKey | 'unknown' | 'unavailable'>;
}

export type SigningKeysOptions = Readonly<{
  /** The issuer's metadata document (OpenID Connect discovery), which says where its keys are. */
  metadataUrl: string;
  fetch: typeof fetch;
  now: () => Date;
  log: Log;
}>;

/** Keys are fetched again after this long. @see Bot Framework: cache the document for at least 24 hours */
const REFRESH_AFTER_MS = 24 * 3_600_000;
/** Past their refresh, keys serve this much longer while the publisher is down. Then nobody gets in. */
const GRACE_MS = 24 * 3_600_000;
/** Least time between two fetches, whatever unknown keys strangers name. */
const REFETCH_PAUSE_MS = 60_000;
/** The same while we have no keys at all, as after a start during an outage. */
const FIRST_FETCH_PAUSE_MS = 5_000;
const FETCH_TIMEOUT_MS = 5_000;
const MAX_DOCUMENT_BYTES = 512 * 1_024;

const METADATA = z.object({ jwks_uri: z.url() });
const KEY_SET = z.object({ keys: z.array(z.unknown()).min(1).max(200) });
const KEY = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).optional(),
});

/** Where the Bot Framework publishes its metadata. @param botLogin the cloud's origin for it. */
export function channelMetadataUrl(botLogin: string): string {
  return `${botLogin}/v1/.well-known/openidconfiguration`;
}

/** Where Entra publishes the metadata of one tenant. @param login the cloud's origin for signing in. */
export function tenantMetadataUrl(login: string, tenantId: TenantId): string {
  return `${login}/${tenantId}/v2.0/.well-known/openid-configuration`;
}

type KeySet = Readonly<{ byId: ReadonlyMap<string, SigningKey>; fetchedAt: number }>;

/**
 * Keeps the published keys for a day, refreshes them in the background, and looks once more (at most once a minute) when
 * a token names a key it does not know. An outage leaves the old keys in force for one more day and never opens the door.
 */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const { now, log } = options;
  let current: KeySet | undefined;
  let lastFetchAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  function age(set: KeySet): number {
    return now().getTime() - set.fetchedAt;
  }

  function usable(): KeySet | undefined {
    return current && age(current) < REFRESH_AFTER_MS + GRACE_MS ? current : undefined;
  }

  /** One fetch at a time; a failed one leaves everything as it was. */
  function refresh(): Promise<void> {
    if (running !== undefined) return running;
    const pause = current ? REFETCH_PAUSE_MS : FIRST_FETCH_PAUSE_MS;
    const at = now().getTime();
    if (at >= lastFetchAt && at - lastFetchAt < pause) return Promise.resolve();
    lastFetchAt = at;
    running = fetchKeys(options)
      .then((byId) => {
        current = { byId, fetchedAt: at };
      })
      .catch((error: unknown) => log.warn('signing keys could not be fetched', { error }))
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    async find(kid) {
      if (!usable()) await refresh();
      const known = usable()?.byId.get(kid);
      if (!known) await refresh();
      else if (current && age(current) >= REFRESH_AFTER_MS) void refresh();
      const set = usable();
      return set ? (set.byId.get(kid) ?? 'unknown') : 'unavailable';
    },
  };
}

async function fetchKeys({ metadataUrl, fetch, log }: SigningKeysOptions): Promise<ReadonlyMap<string, SigningKey>> {
  const metadata = METADATA.parse(await fetchJson(fetch, metadataUrl));
  if (new URL(metadata.jwks_uri).origin !== new URL(metadataUrl).origin) throw new Error('keys live on another host');
  const byId = new Map<string, SigningKey>();
  for (const candidate of KEY_SET.parse(await fetchJson(fetch, metadata.jwks_uri)).keys) {
    const key = await readKey(candidate);
    if (key) byId.set(...key);
  }
  if (byId.size === 0) throw new Error('no usable key was published');
  log.debug('signing keys fetched', { count: byId.size });
  return byId;
}

/** A key we cannot read is left out; it must not take the others with it. */
async function readKey(candidate: unknown): Promise<[string, SigningKey] | undefined> {
  const { data } = KEY.safeParse(candidate);
  if (!data) return undefined;
  const { kty, kid, n, e, endorsements = [] } = data;
  try {
    return [kid, { key: await importJWK({ kty, n, e }, 'RS256'), endorsements }];
  } catch {
    return undefined;
  }
}

async function fetchJson(fetch: SigningKeysOptions['fetch'], url: string): Promise<unknown> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`keys endpoint answered ${response.status}`);
  const text = await readCapped(response);
  return JSON.parse(text);
}

async function readCapped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_DOCUMENT_BYTES) throw new Error('keys document is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
