import { createHmac } from 'node:crypto';

/** What secrets begin with; the rest is base64. */
const PREFIX = 'whsec_';
const MIN_BYTES = 24;
const MAX_BYTES = 64;

/** Reads a signing secret: `whsec_` and 24 to 64 bytes in base64; `undefined` when it is none, or plainly not random. */
export function parseSigningSecret(text: string): Uint8Array | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const encoded = text.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  const isRandom = new Set(bytes).size >= 12;
  return isWhole && isRandom && bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES ? bytes : undefined;
}

export type Signed = Readonly<{ id: string; at: Date; body: string }>;

/**
 * The headers by which a receiver knows that an event is ours, whole, new, and not a repeat.
 *
 * @see Standard Webhooks 1.0, symmetric signatures (`v1`)
 */
export function signatureHeaders(secret: Uint8Array, { id, at, body }: Signed): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
