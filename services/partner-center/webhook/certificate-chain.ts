import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

/** Longest way from a signing certificate to its root, in certificates between the two. */
const MAX_INTERMEDIATES = 4;

export type ChainProblem = 'expired' | 'no-root' | 'is-an-authority';

/** Finds the certificate that issued this one, where it was not sent along. */
export type IssuerLookup = (certificate: X509Certificate) => Promise<X509Certificate | undefined>;

/** Trusted roots: those Node ships with, or the ones of a PEM file. */
export function readRoots(trust: 'microsoft' | Readonly<{ caPem: string }>): readonly X509Certificate[] {
  const pems = trust === 'microsoft' ? rootCertificates : certificateBlocks(trust.caPem);
  return pems.map((pem) => new X509Certificate(pem));
}

/** Reads what a certificate address served: PEM, one or several, or DER. Throws for anything else. */
export function readCertificates(bytes: Uint8Array): readonly X509Certificate[] {
  const blocks = certificateBlocks(Buffer.from(bytes).toString('latin1'));
  return blocks.length > 0 ? blocks.map((pem) => new X509Certificate(pem)) : [new X509Certificate(bytes)];
}

/**
 * Walks from a signing certificate to a trusted root: each step issued, signed and valid, each issuer an authority.
 * `undefined` means trusted. Revocation is not asked for.
 */
export async function findChainProblem(
  leaf: X509Certificate,
  served: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  lookup: IssuerLookup,
  now: Date,
): Promise<ChainProblem | undefined> {
  if (leaf.ca) return 'is-an-authority';
  let current = leaf;
  for (let step = 0; step <= MAX_INTERMEDIATES; step++) {
    if (!isValidAt(current, now)) return 'expired';
    const child = current;
    const root = roots.find((each) => issued(each, child));
    if (root) return isValidAt(root, now) ? undefined : 'expired';
    const issuer = served.find((each) => issued(each, child)) ?? (await lookup(child));
    if (!issuer || !issued(issuer, child)) return 'no-root';
    current = issuer;
  }
  return 'no-root';
}

/** True when the issuer's name holds this organisation as a whole member, not as part of another. */
export function isIssuedByOrganisation(certificate: X509Certificate, organisation: string): boolean {
  return certificate.issuer.split('\n').includes(`O=${organisation}`);
}

function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

function isValidAt({ validFrom, validTo }: X509Certificate, now: Date): boolean {
  return Date.parse(validFrom) <= now.getTime() && now.getTime() <= Date.parse(validTo);
}

function certificateBlocks(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
