import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';

/** How an app registration proves itself. The PEM holds the private key and its certificate, in any order. */
export type ClientCredential = Readonly<{ secret: string }> | Readonly<{ certificatePem: string }>;

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Life of a signed assertion, in seconds. @see Microsoft identity platform, application certificate credentials */
const ASSERTION_SECONDS = 300;

/** Makes the form fields with which a client proves itself at the token endpoint, fresh for every request. */
export function createClientProof(credential: ClientCredential, clientId: string, now: () => Date) {
  if ('secret' in credential) {
    return async (_endpoint: string): Promise<Record<string, string>> => ({ client_secret: credential.secret });
  }
  const { key, thumbprint } = readPem(credential.certificatePem);
  return async (endpoint: string): Promise<Record<string, string>> => {
    const issuedAt = Math.floor(now().getTime() / 1000);
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(endpoint)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + ASSERTION_SECONDS)
      .sign(key);
    return { client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
  };
}

function readPem(pem: string) {
  const certificate = new X509Certificate(block(pem, /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/));
  const key = createPrivateKey(
    block(pem, /-----BEGIN (\w+ )?PRIVATE KEY-----[\s\S]+?-----END (\w+ )?PRIVATE KEY-----/),
  );
  if (!certificate.checkPrivateKey(key)) throw new Error('the private key does not belong to the certificate');
  return { key, thumbprint: createHash('sha256').update(certificate.raw).digest('base64url') };
}

function block(pem: string, pattern: RegExp): string {
  const found = pattern.exec(pem)?.[0];
  if (!found) throw new Error('the PEM file must hold a private key and its certificate');
  return found;
}
