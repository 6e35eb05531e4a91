import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '../journal.ts';
import type { Behaviour } from './behaviour.ts';
import type { Context } from './context.ts';
import { createSigningMaterial, type SigningMaterial, SigningMaterialSchema, signBody } from './signing.ts';

/** Deliveries end after so many attempts. [P30] */
const MAX_ATTEMPTS = 10;

/** How long the receiver may take. (inferred) */
const TIMEOUT_MS = 10_000;

/** Which certificate a signature points at. */
export const CERTIFICATE_NAMES = ['good', 'other-ca', 'expired-leaf', 'wrong-issuer'] as const;
export type CertificateName = (typeof CERTIFICATE_NAMES)[number];

/** An event as it goes out; members are PascalCase in the samples. [P30][P31] */
export type PartnerCenterEvent = Readonly<{
  EventName: string;
  ResourceUri: string;
  ResourceName: string;
  AuditUri: string | null;
  ResourceChangeUtcDate: string;
}>;

export type Delivery = Readonly<{ at: number; responseCode: number; problem?: string }>;

export type EventSender = ReturnType<typeof createEventSender>;

/** Signs events and posts them, each up to ten times. Every attempt is in the journal as service `webhook`. */
export function createEventSender({ context, journal }: { context: Context; journal: Journal }) {
  /** Made when first needed: RSA keys take a while. */
  const materials = new Map<CertificateName, Promise<SigningMaterial>>();
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  function material(name: CertificateName): Promise<SigningMaterial> {
    const made = materials.get(name) ?? createSigningMaterial({ nowMs: context.now(), ...FLAWS[name] });
    materials.set(name, made);
    return made;
  }

  async function attempt(url: string, body: string, inOwnHeader: boolean): Promise<Delivery> {
    const headers = await signedHeaders({ body, inOwnHeader, context, material });
    const { pathname, searchParams } = new URL(url);
    const query = Object.fromEntries(searchParams);
    const request = { service: 'webhook', method: 'POST', path: pathname, query, headers, body: Buffer.from(body) };
    const entry = journal.begin(request);
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const answer = await fetch(url, { method: 'POST', body, headers, signal });
      await answer.arrayBuffer();
      journal.end(entry, answer.status);
      return { at: context.now(), responseCode: answer.status };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (!stopping.signal.aborted) journal.end(entry, 0, problem);
      return { at: context.now(), responseCode: 0, problem };
    }
  }

  async function deliver(url: string, body: string, inOwnHeader: boolean): Promise<Delivery[]> {
    const deliveries: Delivery[] = [];
    while (deliveries.length < MAX_ATTEMPTS && !stopping.signal.aborted) {
      const delivery = await attempt(url, body, inOwnHeader);
      deliveries.push(delivery);
      if (delivery.responseCode >= 200 && delivery.responseCode < 300) break;
      if (deliveries.length < MAX_ATTEMPTS) await sleep(context.behaviour.webhookRetryMs, undefined, { ref: false });
    }
    return deliveries;
  }

  return {
    /** Starts delivering and returns at once; `then` hears how it went. */
    send(target: { url: string; inOwnHeader: boolean }, event: object, then: (deliveries: Delivery[]) => void): void {
      const run = deliver(target.url, JSON.stringify(event), target.inOwnHeader).then(then);
      underWay.add(run);
      run.finally(() => underWay.delete(run)).catch((error: unknown) => console.error('emulator: event', error));
    },
    /** Resolves when nothing is being delivered. */
    async idle(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    material,
    /** The root to trust. */
    rootPem: async (): Promise<string> => (await material('good')).rootPem,
    /** The signing keys, if any event or anybody else asked for them. */
    snapshot: async (): Promise<unknown> => materials.get('good'),
    restore(json: unknown): void {
      if (json !== undefined) materials.set('good', Promise.resolve(SigningMaterialSchema.parse(json)));
    },
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

/** What is wrong with each certificate. */
const FLAWS: Readonly<Record<CertificateName, { expired?: boolean; organisation?: string }>> = {
  good: {},
  'other-ca': {},
  'expired-leaf': { expired: true },
  'wrong-issuer': { organisation: 'Somebody Else' },
};

/** `Authorization: Signature …`, or a header of its own where the registration says so. [P30] */
async function signedHeaders(of: {
  body: string;
  inOwnHeader: boolean;
  context: Context;
  material: (name: CertificateName) => Promise<SigningMaterial>;
}): Promise<Record<string, string>> {
  const { body, inOwnHeader, context, material } = of;
  const kind = context.behaviour.webhookSignature;
  const type = { 'content-type': 'application/json; charset=utf-8' };
  if (kind === 'absent') return type;
  const certificate = certificateFor(kind);
  const signature = await signatureFor(kind, body, await material(certificate));
  return {
    ...type,
    [inOwnHeader ? 'x-ms-signature' : 'authorization']: inOwnHeader ? signature : `Signature ${signature}`,
    'x-ms-certificate-url': `${context.origin()}/certificates/${certificate}.cer`,
    'x-ms-signature-algorithm': 'rsa-sha256',
  };
}

function certificateFor(kind: Behaviour['webhookSignature']): CertificateName {
  return CERTIFICATE_NAMES.find((name) => name === kind) ?? 'good';
}

async function signatureFor(kind: Behaviour['webhookSignature'], body: string, key: SigningMaterial): Promise<string> {
  if (kind === 'garbage') return 'bm90IGEgc2lnbmF0dXJl';
  return signBody(kind === 'wrong-body' ? `${body} ` : body, key);
}
