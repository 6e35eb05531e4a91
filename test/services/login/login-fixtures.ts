import { SignJWT } from 'jose';
import { parseTenantId, type TenantId } from '../../../services/identity.ts';
import type { LogFields } from '../../../services/log.ts';
import type { SealedSecret, SealedSecrets } from '../../../services/login/sealed-secrets.ts';

export const TENANT = tenant('11111111-1111-4111-8111-111111111111');
export const OTHER_TENANT = tenant('99999999-9999-4999-8999-999999999999');
export const RESOURCE = 'https://api.partnercenter.microsoft.com';
export const SECRET = 'canary-client-secret';

export function tenant(text: string): TenantId {
  const parsed = parseTenantId(text);
  if (!parsed) throw new Error(`${text} is not a tenant id`);
  return parsed;
}

let serial = 0;

/** An access token as the login service would issue it; unlike any other. */
export async function aToken(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  serial += 1;
  const key = new TextEncoder().encode('a key that only this test knows, 32');
  return new SignJWT({ aud: RESOURCE, tid: TENANT, serial, ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(key);
}

/** Keeps every line, so that a test can look for what must not be there. */
export function recordingLog() {
  const lines: string[] = [];
  const write = (level: string) => (message: string, fields?: LogFields) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields ?? {}, (_, value) => describe(value))}`);
  };
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function describe(value: unknown): unknown {
  return value instanceof Error ? { message: value.message, stack: value.stack, cause: value.cause } : value;
}

/** Everything an error says, its causes included. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = JSON.stringify(Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)]));
  return `${own} ${error.message} ${error.stack ?? ''} ${error.cause ? wordsOf(error.cause) : ''}`;
}

/** Secrets in memory, as several processes would share them. */
export function secretsInMemory(now: () => Date = () => new Date()) {
  const rows = new Map<string, SealedSecret>();
  const leases = new Map<string, { holder: string; until: number }>();
  const secrets: SealedSecrets = {
    async read(name) {
      return rows.get(name);
    },
    async replace(name, value, expectedVersion) {
      if ((rows.get(name)?.version ?? 0) !== expectedVersion) return 'conflict';
      rows.set(name, { value, version: expectedVersion + 1, updatedAt: now() });
      return 'saved';
    },
    async put(name, value) {
      rows.set(name, { value, version: (rows.get(name)?.version ?? 0) + 1, updatedAt: now() });
    },
    async lease(name, holder, forMs) {
      const held = leases.get(name);
      if (held && held.until > Date.now()) return false;
      leases.set(name, { holder, until: Date.now() + forMs });
      return true;
    },
    async release(name, holder) {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
  };
  return { ...secrets, rows };
}
