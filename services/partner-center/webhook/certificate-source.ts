import type { X509Certificate } from 'node:crypto';
import { exchange, type Fetch } from '../../login/exchange.ts';
import { findChainProblem, isIssuedByOrganisation, readCertificates, readRoots } from './certificate-chain.ts';

export type CertificateSourceOptions = Readonly<{
  /** Hosts (`host` or `host:port`) from which a signing certificate may be fetched. */
  certificateHosts: readonly string[];
  /** Roots to trust: those of Microsoft's public chain, or only the ones of a PEM file. */
  trust: 'microsoft' | Readonly<{ caPem: string }>;
  /** Admits plain http and certificates on loopback hosts. */
  allowLoopback: boolean;
  fetch?: Fetch;
  now: () => Date;
  /** How long a certificate that was found good, or bad, is remembered. */
  cacheMs: number;
}>;

export type CertificateProblem =
  | 'certificate-url'
  | 'certificate-unavailable'
  | 'certificate-untrusted'
  | 'certificate-issuer'
  | 'busy';
export type CertificateFound = Readonly<{ certificate: X509Certificate }> | Readonly<{ problem: CertificateProblem }>;

const ISSUER = 'Microsoft Corporation';
const MAX_CERTIFICATE_BYTES = 64 * 1024;
const TIMEOUT_MS = 5_000;
/** Anybody may name a certificate address before being known, so looking them up is bounded. */
const MAX_REMEMBERED = 32;
const MAX_FETCHES_PER_MINUTE = 20;
/** A failure is forgotten sooner: the next attempt of a genuine event must not suffer from it. */
const FAILURE_MS = 60_000;
/** Where Microsoft and its root operators publish intermediate certificates. Plain http is usual: signatures decide. */
const ISSUER_HOSTS = new Set(['www.microsoft.com', 'caissuers.microsoft.com', 'cacerts.digicert.com']);

/** Fetches signing certificates from allowed hosts and vouches for them. */
export function createCertificateSource(options: CertificateSourceOptions) {
  const { certificateHosts, allowLoopback, fetch, now, cacheMs } = options;
  const roots = readRoots(options.trust);
  const remembered = new Map<string, { found: Promise<CertificateFound>; until: number }>();
  const fetchedAt: number[] = [];

  return async function certificateAt(address: string): Promise<CertificateFound> {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url || !isAllowed(url)) return { problem: 'certificate-url' };
    const known = remembered.get(url.href);
    if (known && known.until > now().getTime()) return known.found;
    if (!mayFetch()) return { problem: 'busy' };
    const found = load(url);
    remember(url.href, found, cacheMs);
    if ('problem' in (await found)) remember(url.href, found, Math.min(FAILURE_MS, cacheMs));
    return found;
  };

  function isAllowed({ protocol, host, hostname, username, password }: URL): boolean {
    const isHttpAllowed = allowLoopback && LOOPBACK.test(hostname);
    if (protocol !== 'https:' && !(protocol === 'http:' && isHttpAllowed)) return false;
    return username === '' && password === '' && (certificateHosts.includes(host) || isHttpAllowed);
  }

  function remember(href: string, found: Promise<CertificateFound>, forMs: number): void {
    remembered.delete(href);
    remembered.set(href, { found, until: now().getTime() + forMs });
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  }

  function mayFetch(): boolean {
    const minuteAgo = now().getTime() - 60_000;
    while (fetchedAt[0] !== undefined && fetchedAt[0] <= minuteAgo) fetchedAt.shift();
    return fetchedAt.length < MAX_FETCHES_PER_MINUTE && fetchedAt.push(now().getTime()) > 0;
  }

  async function load(url: URL): Promise<CertificateFound> {
    const served = await download(url.href);
    const leaf = served?.find((each) => !each.ca) ?? served?.[0];
    if (!served || !leaf) return { problem: 'certificate-unavailable' };
    const chainProblem = await findChainProblem(leaf, served, roots, publishedIssuer, now());
    if (chainProblem) return { problem: 'certificate-untrusted' };
    return isIssuedByOrganisation(leaf, ISSUER) ? { certificate: leaf } : { problem: 'certificate-issuer' };
  }

  /** The issuer by the address written in the certificate (authority information access). */
  async function publishedIssuer({ infoAccess = '' }: X509Certificate): Promise<X509Certificate | undefined> {
    const address = /^CA Issuers - URI:(http:\/\/\S+)$/m.exec(infoAccess)?.[1];
    if (!address || !URL.canParse(address) || !ISSUER_HOSTS.has(new URL(address).host)) return undefined;
    return (await download(address))?.[0];
  }

  async function download(url: string): Promise<readonly X509Certificate[] | undefined> {
    const request = { method: 'GET', url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_CERTIFICATE_BYTES } as const;
    const reply = await exchange(request, fetch);
    if (reply.kind !== 'answered' || reply.status !== 200) return undefined;
    try {
      return readCertificates(reply.bytes);
    } catch {
      return undefined; // not a certificate
    }
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
