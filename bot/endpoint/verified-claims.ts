import { type JWTPayload, jwtVerify } from 'jose';
import { CLOCK_SKEW_SECONDS } from './channel-claims.ts';
import type { SigningKey } from './signing-keys.ts';

/** The claims of a token that this key has signed by RS256 and that has not expired; `undefined` of any other. */
export async function verifiedClaims(token: string, { key }: SigningKey, now: Date): Promise<JWTPayload | undefined> {
  try {
    const options = {
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: now,
    };
    return (await jwtVerify(token, key, options)).payload;
  } catch {
    return undefined;
  }
}
