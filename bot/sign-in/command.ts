import { createCodeSignIn, REDIRECT_URI, readRedirect } from '../../services/login/authorization-code.ts';
import type { PartnerSignIn } from '../../services/login/partner-sign-in.ts';
import type { LoginOptions } from '../../services/login/token-endpoint.ts';

export type SignInCommandParts = Readonly<{
  login: LoginOptions & Readonly<{ resource: string }>;
  /** Runs with the stored sign-in; adopting a token wakes what waited for it. */
  withSignIn<T>(work: (signIn: Pick<PartnerSignIn, 'adopt' | 'age'>) => Promise<T>): Promise<T>;
  write(text: string): void;
  /** Reads one line of what the person types or pastes. */
  ask(question: string): Promise<string>;
}>;

const USAGE = `Signs the service account in to Partner Center anew. Work that waited for it goes on by itself.

  npm run sign-in                  in a browser, on this or any other computer
  npm run sign-in -- --token       with a refresh token you have already; it is asked for, never taken from the command line

With the embedded database stop the bot first; with DATABASE_URL it may keep running.
`;

/** Runs the command; 0 when the new sign-in works and is stored. Nothing it prints contains a token or a code. */
export async function runSignIn(args: readonly string[], parts: SignInCommandParts): Promise<number> {
  const [option, ...more] = args;
  if (more.length > 0 || (option !== undefined && option !== '--token')) {
    parts.write(USAGE);
    return 2;
  }
  const refreshToken = option ? (await parts.ask('Refresh token: ')).trim() : await fromBrowser(parts);
  if (!refreshToken) return 2;
  return parts.withSignIn(async (signIn) => {
    await signIn.adopt(refreshToken);
    const days = Math.floor((await signIn.age())?.daysLeft ?? 0);
    parts.write(
      `Signed in. Partner Center can be used again; the sign-in renews itself and is good for ${days} days.\n`,
    );
    return 0;
  });
}

const PROBLEMS = {
  'no-address': 'That is no web address. Copy the whole address from the browser’s address bar.',
  'another-sign-in': 'That address belongs to another attempt. Begin again and use the newest one.',
  refused: 'Microsoft did not let the account in. Begin again, with the service account and its second factor.',
} as const;

const NO_SECOND_FACTOR = `The sign-in was made without a second factor, and Partner Center refuses such a one. Nothing was changed.
Require a second factor for the service account (Microsoft Entra, Conditional Access), and begin again.
`;

async function fromBrowser({ login, write, ask }: SignInCommandParts): Promise<string | undefined> {
  const code = createCodeSignIn(login);
  const invitation = code.invite();
  write(`1. Open this address in a browser and sign in with the service account and its second factor:

${invitation.url}

2. The browser then shows that it cannot open ${REDIRECT_URI}. That is as it should be: copy the whole address from
   its address bar. (If Microsoft complains about the reply address first: in Microsoft Entra, App registrations, add
   ${REDIRECT_URI} to the Partner Center app, under Authentication, Web.)

`);
  const answer = readRedirect(await ask('3. Paste it here: '), invitation);
  if ('problem' in answer) {
    write(`${PROBLEMS[answer.problem]}\n`);
    return undefined;
  }
  const { refreshToken, hasSecondFactor } = await code.redeem(invitation, answer.code);
  if (hasSecondFactor) return refreshToken;
  write(NO_SECOND_FACTOR);
  return undefined;
}
