import { createHash, type KeyObject, verify as verifySignature } from 'node:crypto';
import { jsonOf } from '../../login/exchange.ts';
import {
  type CertificateProblem,
  type CertificateSourceOptions,
  createCertificateSource,
} from './certificate-source.ts';
import { type PartnerCenterEvent, readEvent } from './event.ts';

export type WebhookVerifierOptions = CertificateSourceOptions &
  Readonly<{
    /** Origin whose customers an event may name. */
    partnerCenterUrl: string;
  }>;

export type WebhookRefusal =
  | 'too-large'
  | 'headers'
  | 'algorithm'
  | 'signature'
  | 'body'
  | 'stale'
  | CertificateProblem;

export type WebhookVerdict =
  /** `replayKey` is the same for every delivery of the same notification: remembering it is the caller's business. */
  | Readonly<{ kind: 'event'; event: PartnerCenterEvent; replayKey: string }>
  | Readonly<{ kind: 'refused'; reason: WebhookRefusal }>;

export type WebhookRequest = Readonly<{
  /** Header names in lower case, as Node gives them. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Exactly the bytes that arrived: the signature covers them. */
  rawBody: Uint8Array;
}>;

const MAX_BODY_BYTES = 64 * 1024;
const MAX_AGE_MS = 24 * 3_600_000;
const MAX_AHEAD_MS = 10 * 60_000;
const MIN_KEY_BITS = 2_048;

/**
 * Tells Partner Center's own notifications from everybody else's. Nothing in a body is read before its signature holds.
 * @see Partner Center webhooks, signature verification
 */
export function createWebhookVerifier(options: WebhookVerifierOptions) {
  const certificateAt = createCertificateSource(options);
  const { now, partnerCenterUrl } = options;

  async function verify({ headers, rawBody }: WebhookRequest): Promise<WebhookVerdict> {
    if (rawBody.length > MAX_BODY_BYTES) return refused('too-large');
    const claim = readClaim(headers);
    if (typeof claim === 'string') return refused(claim);
    const found = await certificateAt(claim.certificateUrl);
    if ('problem' in found) return refused(found.problem);
    if (!holds(found.certificate.publicKey, claim, rawBody)) return refused('signature');
    const event = readEvent(jsonOf({ bytes: rawBody }), partnerCenterUrl);
    if (!event) return refused('body');
    if (!isFresh(event.changedAt, now())) return refused('stale');
    return { kind: 'event', event, replayKey: createHash('sha256').update(rawBody).digest('hex') };
  }

  return { verify };
}

type Claim = Readonly<{ certificateUrl: string; hash: string; signature: Buffer }>;

/** The three headers, well-formed. The signature comes in Authorization or, if so registered, in x-ms-signature. */
function readClaim(headers: WebhookRequest['headers']): Claim | WebhookRefusal {
  const certificateUrl = single(headers['x-ms-certificate-url']);
  const algorithm = single(headers['x-ms-signature-algorithm']);
  const signed = /^(?:Signature )?([A-Za-z0-9+/]{40,2048}={0,2})$/i.exec(signatureHeader(headers) ?? '')?.[1];
  if (!certificateUrl || certificateUrl.length > 2_048 || !algorithm || !signed) return 'headers';
  const hash = /^rsa-(sha256|sha384|sha512)$/i.exec(algorithm)?.[1]?.toLowerCase();
  return hash ? { certificateUrl, hash, signature: Buffer.from(signed, 'base64') } : 'algorithm';
}

function signatureHeader(headers: WebhookRequest['headers']): string | undefined {
  const authorization = single(headers.authorization);
  return /^Signature /i.test(authorization ?? '') ? authorization : single(headers['x-ms-signature']);
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function holds(key: KeyObject, { hash, signature }: Claim, rawBody: Uint8Array): boolean {
  const isStrongRsa = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_KEY_BITS;
  return isStrongRsa && verifySignature(hash, rawBody, key, signature);
}

function isFresh(changedAt: Date, now: Date): boolean {
  const ageMs = now.getTime() - changedAt.getTime();
  return ageMs <= MAX_AGE_MS && ageMs >= -MAX_AHEAD_MS;
}

function refused(reason: WebhookRefusal): WebhookVerdict {
  return { kind: 'refused', reason };
}
