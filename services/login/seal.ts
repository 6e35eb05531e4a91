import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ServiceError } from '../errors.ts';

const FORMAT = 'v1.';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a value with AES-256-GCM under `key` (32 bytes). The name is authenticated too: rows cannot be swapped. */
export function seal(name: string, value: string, key: Uint8Array): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return FORMAT + Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

/** @throws ServiceError `partner-center-sign-in` (reason `unsealable`): another key, or somebody altered the row. */
export function unseal(name: string, sealed: string, key: Uint8Array): string {
  try {
    return open(name, sealed, key);
  } catch (cause) {
    const message = `the secret ${name} cannot be unsealed: SEAL_KEY changed, or the row was altered`;
    throw new ServiceError('partner-center-sign-in', message, { reason: 'unsealable' }, { cause });
  }
}

/** The same without an error: `undefined` when this key does not open it. */
export function tryUnseal(name: string, sealed: string, key: Uint8Array): string | undefined {
  try {
    return open(name, sealed, key);
  } catch {
    return undefined;
  }
}

function open(name: string, sealed: string, key: Uint8Array): string {
  if (!sealed.startsWith(FORMAT)) throw new Error('unknown format');
  const bytes = Buffer.from(sealed.slice(FORMAT.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
