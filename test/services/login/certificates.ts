import 'reflect-metadata'; // the library below wants it loaded first
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) };

export type TestCertificate = Readonly<{
  certificatePem: string;
  der: Buffer;
  keyPem: string;
  /** Key and certificate in one file. */
  pem: string;
  certificate: x509.X509Certificate;
  keys: webcrypto.CryptoKeyPair;
}>;

/** A certificate for tests, self-signed unless an issuer is given; valid from 2020 to 2040 unless told otherwise. */
export async function aCertificate(of: {
  subject: string;
  issuer?: TestCertificate;
  ca?: boolean;
  bits?: number;
  notBefore?: Date;
  notAfter?: Date;
  /** Where the certificate says that its issuer can be had. */
  caIssuers?: string;
}): Promise<TestCertificate> {
  const { subject, issuer, ca = false, bits = 2048 } = of;
  const keys = await webcrypto.subtle.generateKey({ ...RSA, modulusLength: bits }, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: RSA,
    notBefore: of.notBefore ?? new Date('2020-01-01'),
    notAfter: of.notAfter ?? new Date('2040-01-01'),
    extensions: [
      new x509.BasicConstraintsExtension(ca, undefined, true),
      ...(of.caIssuers ? [new x509.AuthorityInfoAccessExtension({ caIssuers: of.caIssuers })] : []),
    ],
  });
  const exported = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const keyPem = `-----BEGIN PRIVATE KEY-----\n${exported.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
  const certificatePem = `${certificate.toString('pem')}\n`;
  const der = Buffer.from(certificate.rawData);
  return { certificatePem, der, keyPem, pem: keyPem + certificatePem, certificate, keys };
}
