import { z } from 'zod';
import type { SignInDialog } from '../dialogs/sign-in-dialog.ts';
import type { Invoke } from './teams-bot.ts';

const tokenExchange = z.object({ id: z.string(), connectionName: z.string(), token: z.string().min(1).max(32_000) });
const verifyState = z.object({ state: z.string().regex(/^\d{1,12}$/) });

/**
 * What Teams sends while somebody signs in. A token that cannot be exchanged is answered with 412: then Teams shows the
 * button with which they sign in and consent by hand.
 *
 * @see Teams: Enable SSO for your bot; Bot Framework: token exchange invoke
 */
export function signInInvokes(signIn: SignInDialog): Readonly<Record<string, Invoke>> {
  return {
    'signin/tokenExchange': async (turn, value) => {
      const { data } = tokenExchange.safeParse(value);
      if (!data || data.connectionName !== turn.signIn?.connectionName) return undefined;
      const { id, connectionName } = data;
      const { ok, replies } = await signIn.exchanged(turn, data.token);
      if (ok) return { body: { id, connectionName }, replies };
      return { status: 412, body: { id, connectionName, failureDetail: 'The token cannot be exchanged.' }, replies };
    },

    'signin/verifyState': async (turn, value) => {
      const { data } = verifyState.safeParse(value);
      if (!data || !turn.signIn) return undefined;
      const { ok, replies } = await signIn.verified(turn, data.state);
      return { status: ok ? 200 : 404, replies };
    },

    // A client that could not get a token of its own says why; the person can still sign in by hand.
    'signin/failure': async (turn) => (turn.signIn ? { replies: signIn.failed(turn) } : undefined),
  };
}
