import 'reflect-metadata';
import { sign as signBytes, webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509';
import { z } from 'zod';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

const DAY_MS = 86_400_000;

/** A leaf that signs events, and the root above it; all PEM. */
export const SigningMaterialSchema = z.object({ rootPem: z.string(), leafPem: z.string(), leafKeyPem: z.string() });
export type SigningMaterial = z.output<typeof SigningMaterialSchema>;

/**
 * Makes a root and a leaf. The issuer's organisation is the one that receivers must insist on; the names are otherwise
 * invented, and only a receiver that was given this very root trusts them. [P30]
 */
export async function createSigningMaterial(
  options: Readonly<{ nowMs: number; expired?: boolean; organisation?: string }>,
): Promise<SigningMaterial> {
  const { nowMs, expired = false, organisation = 'Microsoft Corporation' } = options;
  const [rootKeys, leafKeys] = await Promise.all([createKeys(), createKeys()]);
  const rootName = `CN=Emulated Root, O=${organisation}`;
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: rootName,
    notBefore: new Date(nowMs - 30 * DAY_MS),
    notAfter: new Date(nowMs + 3650 * DAY_MS),
    keys: rootKeys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const leaf = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=Emulated Partner Center Events',
    issuer: rootName,
    notBefore: new Date(nowMs - 20 * DAY_MS),
    notAfter: new Date(nowMs + (expired ? -10 : 365) * DAY_MS),
    publicKey: leafKeys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(false), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey)).toString('base64');
  const lines = key.match(/.{1,64}/g)?.join('\n');
  const leafKeyPem = `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`;
  return { rootPem: `${root.toString('pem')}\n`, leafPem: `${leaf.toString('pem')}\n`, leafKeyPem };
}

/** RSA with SHA-256 over the raw body, base64. [P30] */
export function signBody(body: string, { leafKeyPem }: SigningMaterial): string {
  return signBytes('sha256', Buffer.from(body), leafKeyPem).toString('base64');
}

function createKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
