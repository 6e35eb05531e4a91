import type { SignInDialog } from '../../dialogs/sign-in-dialog.ts';
import { type ActionsFor, below } from './action.ts';

/** What the button does with which an approver shows their role. */
export function signInActions(signIn: SignInDialog) {
  return {
    'signIn.start': async (turn) => below(await signIn.start(turn)),
  } satisfies ActionsFor;
}
