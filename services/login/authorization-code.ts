import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { createTokenEndpoint, type LoginOptions } from './token-endpoint.ts';

/** Where login sends the browser afterwards. Nothing listens there: the address itself carries what is needed. */
export const REDIRECT_URI = 'http://localhost:8400';

/** One attempt of a person to sign in. */
export type Invitation = Readonly<{ url: string; state: string; verifier: string }>;

/** What came of it: the refresh token to keep, and whether a second factor was used. */
export type SignedIn = Readonly<{ refreshToken: string; hasSecondFactor: boolean }>;

/**
 * Lets a person sign in once in any browser: the authorization code flow with PKCE, as the Secure Application Model
 * asks for. The browser ends at an address that nothing serves; the person hands that address over.
 *
 * @see Microsoft identity platform, OAuth 2.0 authorization code flow
 */
export function createCodeSignIn(options: LoginOptions & Readonly<{ resource: string }>) {
  const { loginUrl, tenantId, clientId, resource } = options;
  const grant = createTokenEndpoint(options);
  const scope = `${resource}/.default offline_access`;

  return {
    invite(): Invitation {
      const state = randomBytes(16).toString('base64url');
      const verifier = randomBytes(32).toString('base64url');
      const asked = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: REDIRECT_URI,
        response_mode: 'query',
        scope,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        prompt: 'login',
      });
      return { url: `${loginUrl}/${tenantId}/oauth2/v2.0/authorize?${asked}`, state, verifier };
    },

    /** @throws ServiceError as the token endpoint does: a code is good once, and for some minutes. */
    async redeem(invitation: Invitation, code: string): Promise<SignedIn> {
      const granted = await grant(
        {
          grant_type: 'authorization_code',
          scope,
          code,
          redirect_uri: REDIRECT_URI,
          code_verifier: invitation.verifier,
        },
        resource,
      );
      const { amr } = decodeJwt(granted.value);
      const hasSecondFactor = Array.isArray(amr) && amr.includes('mfa');
      return { refreshToken: granted.refreshToken ?? '', hasSecondFactor };
    },
  };
}

/** What an address that a browser was sent to says: a code, or why there is none. */
export function readRedirect(
  address: string,
  { state }: Pick<Invitation, 'state'>,
): Readonly<{ code: string }> | Readonly<{ problem: 'no-address' | 'another-sign-in' | 'refused' }> {
  const trimmed = address.trim();
  if (!URL.canParse(trimmed)) return { problem: 'no-address' };
  const { searchParams } = new URL(trimmed);
  if (searchParams.get('state') !== state) return { problem: 'another-sign-in' };
  const code = searchParams.get('code');
  return code ? { code } : { problem: 'refused' };
}
