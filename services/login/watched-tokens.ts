import type { PartnerSignIn } from './partner-sign-in.ts';
import type { SignInWatch } from './sign-in-watch.ts';
import type { TokenSupply } from './tokens.ts';

/** Tokens as they are, with the watch told whether login gives them and whether Partner Center takes them. */
export function watchTokens(
  supply: TokenSupply,
  by: 'user' | 'app',
  { watch, now }: Readonly<{ watch: SignInWatch; now: () => Date }>,
): TokenSupply {
  /** The token in use, when it was asked for, and whether it was taken yet. Each is reported once. */
  let current: { token: string; since: Date; isTaken: boolean } | undefined;

  return {
    async get() {
      const since = now();
      const token = await supply.get().catch(async (error: unknown) => {
        await watch.failed(by, error);
        throw error;
      });
      if (current?.token !== token) {
        current = { token, since, isTaken: false };
        await watch.worked(by, since);
      }
      return token;
    },
    drop: (token) => supply.drop(token),
    async judged(token, refusal) {
      if (by !== 'user') return; // a refused app token says nothing of the service account
      if (refusal) return watch.failed('call', refusal);
      if (current?.token !== token || current.isTaken) return;
      current.isTaken = true;
      await watch.worked('call', current.since);
    },
  };
}

/** The sign-in of the service account, watched in everything that asks login. */
export function watchSignIn(
  signIn: PartnerSignIn,
  parts: Readonly<{ watch: SignInWatch; now: () => Date }>,
): PartnerSignIn {
  const tokens = watchTokens(signIn, 'user', parts);
  return {
    ...signIn,
    ...tokens,
    async renew() {
      await signIn.renew().catch(async (error: unknown) => {
        await parts.watch.failed('user', error);
        throw error;
      });
      await tokens.get();
    },
    async adopt(refreshToken) {
      await signIn.adopt(refreshToken);
      await parts.watch.mended();
    },
  };
}
