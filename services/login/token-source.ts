import { createTokenEndpoint, type LoginOptions } from './token-endpoint.ts';
import { createTokenCache, type TokenSupply } from './tokens.ts';

/** Tokens with which an app registration acts as itself. */
export interface TokenSource {
  /** A token for `scope`, such as `https://graph.microsoft.com/.default`. Errors: see `TokenSupply`. */
  token(scope: string): Promise<string>;
  forScope(scope: string): TokenSupply;
}

/**
 * Client-credential tokens of one app registration in one tenant, cached per scope.
 * Bot connector, Graph and app-only Partner Center calls all get theirs here.
 */
export function createTokenSource(options: LoginOptions): TokenSource {
  const grant = createTokenEndpoint(options);
  const supplies = new Map<string, TokenSupply>();

  function forScope(scope: string): TokenSupply {
    const known = supplies.get(scope);
    if (known) return known;
    const form = { grant_type: 'client_credentials', scope };
    const created = createTokenCache(() => grant(form, scope.replace(/\/\.default$/, '')), options.now);
    supplies.set(scope, created);
    return created;
  }

  return { forScope, token: (scope) => forScope(scope).get() };
}
