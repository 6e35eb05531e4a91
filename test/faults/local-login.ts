import type { Fetch } from '../../services/login/exchange.ts';
import { answerTokenRequest, type LoginSettings } from '../emulators/login/grants.ts';
import { ACCESS_TOKEN_SECONDS, type Verification, type VerifiedToken } from '../emulators/login/tokens.ts';
import { DEFAULT_WORLD } from '../emulators/world.ts';
import { ANSWER_MS, broken, type LineFault, respond } from './line.ts';

/** Where login is, as the bot believes. */
export const LOGIN_ORIGIN = 'http://127.0.0.1:8';

export type LocalLogin = ReturnType<typeof createLocalLogin>;

/**
 * The emulator's own token endpoint without a network. Its tokens are not signed, because signing one would cost more
 * than the trial; they end when they say so.
 */
export function createLocalLogin(clock: { ms: number }, faults: () => LineFault | undefined = () => undefined) {
  const world = DEFAULT_WORLD;
  const { appId, refreshToken } = world.partnerCenterApp;
  const settings: LoginSettings = { refresh: 'works', withoutMfa: false };
  const refreshTokens = [{ token: refreshToken, appId, withMfa: true }];
  /** What each access token says, when it ends, and which refresh token came with it. */
  const issued = new Map<string, { claims: VerifiedToken; exp: number; with: string }>();

  async function sign(claims: VerifiedToken): Promise<string> {
    const exp = Math.floor(clock.ms / 1_000) + ACCESS_TOKEN_SECONDS;
    const uti = String(issued.size + 1);
    const token = [{ alg: 'none' }, { ...claims, exp, uti }, 'unsigned'].map(segment).join('.');
    issued.set(token, { claims, exp, with: refreshTokens.at(-1)?.token ?? '' });
    return token;
  }

  const fetch: Fetch = async (input, init = {}) => {
    const fault = faults();
    clock.ms += ANSWER_MS;
    if (fault?.kind === 'never-left') throw broken('ECONNREFUSED', 'connect');
    if (fault?.kind === 'cut-before') throw broken('ECONNRESET');
    if (fault?.kind === 'status') return respond(LOGIN_FAILS_WITH, {}, '');
    const url = new URL(String(input));
    const tenant = url.pathname.split('/')[1] ?? '';
    const request = { method: 'POST', url, params: { tenant }, headers: {}, body: Buffer.from(String(init.body)) };
    const parts = { world, settings, refreshTokens, codes: [], sign, now: () => clock.ms };
    const answer = await answerTokenRequest(request, parts);
    if (fault?.kind === 'cut-after') throw broken('ECONNRESET');
    return fault ? respond(200, {}, '<html>') : respond(answer.status, {}, JSON.stringify(answer.body));
  };

  return {
    fetch,
    settings,
    /** Reads `Authorization` as Partner Center would. */
    verify(authorization = ''): Verification {
      const found = issued.get(authorization.replace(/^Bearer /, ''));
      if (!found) return { ok: false, reason: 'invalid' };
      return found.exp * 1_000 > clock.ms ? { ok: true, token: found.claims } : { ok: false, reason: 'expired' };
    },
    /** True when this refresh token is as new as the one that came with the access token, or newer. */
    isAsNewAs(kept: string, accessToken: string): boolean {
      const at = (token: string | undefined) => refreshTokens.findIndex((one) => one.token === token);
      return at(kept) >= at(issued.get(accessToken)?.with);
    },
    isGood: (kept: string) => refreshTokens.some(({ token }) => token === kept),
    /** How often a sign-in was renewed. */
    rotations: () => refreshTokens.length - 1,
    /** A person signs in anew at Microsoft: the refresh token that the bot is given. */
    signInAnew(): string {
      const token = `rt-by-hand-${refreshTokens.length}`;
      refreshTokens.push({ token, appId, withMfa: true });
      settings.refresh = 'works';
      return token;
    },
  };
}

/** Every status that a fault names stands for a login that is busy: a refusal would need a person. */
const LOGIN_FAILS_WITH = 503;

function segment(part: object | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}
