import { UserTokenClient } from 'botframework-connector';

/**
 * Stands where botbuilder keeps its client for users' tokens, so that turns work without one.
 *
 * Every use fails at once and calls nobody: users' tokens are `user-tokens.ts`'s business, where single sign-on is set up,
 * and a library that reached this point by mistake should say so rather than hang.
 */
export class NoUserTokens extends UserTokenClient {
  override getUserToken = unavailable;
  override getSignInResource = unavailable;
  override signOutUser = unavailable;
  override getTokenStatus = unavailable;
  override getAadTokens = unavailable;
  override exchangeToken = unavailable;
}

async function unavailable(): Promise<never> {
  throw new Error('users do not sign in through this client');
}
