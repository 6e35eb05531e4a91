import type { NoticeView } from '../cards/notice/card.ts';
import { plain } from '../cards/text.ts';
import type { MessageKey, Wording } from '../cards/wording/wording.ts';
import type { SignInTrouble } from '../services/login/sign-in-troubles.ts';

type Words = Readonly<{ cause: MessageKey; step: MessageKey }>;

/** Tells who can mend it why the sign-in to Partner Center fails and what to do, or that it works again. */
export function signInNotice(trouble: SignInTrouble, { say, dateTime }: Wording): NoticeView {
  const since = dateTime(trouble.beganAt);
  if (trouble.endedAt) {
    const lines = [say('notice.signIn.works.text', { since, until: dateTime(trouble.endedAt) })];
    return { tone: 'good', title: say('notice.signIn.works.title'), lines, buttons: [] };
  }
  const { cause, step } = WORDS[trouble.reason] ?? OTHER;
  const number = trouble.aadsts === undefined ? '' : ` (AADSTS${trouble.aadsts})`;
  return {
    tone: 'attention',
    title: say('status.signIn.broken'),
    lines: [plain(`${say(cause)}${number}`, 400), plain(say(step), 400), say('notice.signIn.waiting', { since })],
    buttons: [],
  };
}

const SIGN_IN = 'notice.signIn.step.signIn';
const SETTINGS = 'notice.signIn.step.settings';

/** By the reason of the trouble. @see SignInProblem */
const WORDS: Readonly<Record<string, Words>> = {
  expired: { cause: 'notice.signIn.cause.expired', step: SIGN_IN },
  revoked: { cause: 'notice.signIn.cause.revoked', step: SIGN_IN },
  mfa: { cause: 'notice.signIn.cause.mfa', step: SIGN_IN },
  missing: { cause: 'notice.signIn.cause.missing', step: SIGN_IN },
  unsealable: { cause: 'notice.signIn.cause.unsealable', step: 'notice.signIn.step.sealKey' },
  credential: { cause: 'notice.signIn.cause.credential', step: 'notice.signIn.step.secret' },
  configuration: { cause: 'notice.signIn.cause.configuration', step: SETTINGS },
  'token-mismatch': { cause: 'notice.signIn.cause.configuration', step: SETTINGS },
};

const OTHER: Words = { cause: 'notice.signIn.cause.revoked', step: SIGN_IN };
