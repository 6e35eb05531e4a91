import type { RoleReading } from '../../services/access/directory-roles.ts';
import { button } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { MAX_ROWS } from '../paging.ts';
import { bare, bareLines, inDirection } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import type { RequestView } from './view.ts';

export const MAIL_VERB = 'request.mail';

/** Somebody who was asked, and whether the question has reached them. */
export type ApproverView = Readonly<{
  signInName: string;
  name?: string;
  /** What Entra said about them, where they signed in. */
  roles?: RoleReading;
  delivery: 'not-installed' | 'sending' | 'sent' | 'undeliverable' | 'closed';
}>;

/** An e-mail ready to be copied or sent, for who does not have the app yet. */
export type MailText = Readonly<{ to: string; subject: string; body: string }>;

/** Longest e-mail text shown, in UTF-16 units. */
const MAX_MAIL_CHARS = 3_000;

const SIGNS = { 'not-installed': '!', sending: '○', sent: '✓', undeliverable: '✕', closed: '•' } as const;

/** One row per approver: who, and how far the question got. */
export function approverRows(approvers: readonly ApproverView[], wording: Wording) {
  return approvers.slice(0, MAX_ROWS).map(({ signInName, name, delivery }) => {
    const shown = bare(name ? `${name} (${signInName})` : signInName, 2 * MAX_NAME_CHARS);
    return {
      name: `${SIGNS[delivery]} ${inDirection(shown, wording.rtl)} – `,
      delivery: wording.say(`request.delivery.${delivery}`),
    };
  });
}

/** How to help those who do not have the app; nothing where everybody has it. */
export function installPart(view: RequestView, wording: Wording) {
  const { approvers, installLink, mailText, reference } = view;
  if (!installLink || !approvers.some(({ delivery }) => delivery === 'not-installed')) return [];
  const canMail = view.canSendMail && mailText !== undefined;
  return [
    {
      text: wording.say('request.install.text'),
      open: wording.say('request.install.open'),
      link: installLink,
      mails: mailText ? [mail(mailText, wording)] : [],
      buttons: canMail ? [button(wording.say('request.mail'), MAIL_VERB, { reference })] : [],
      hasButtons: canMail,
    },
  ];
}

/** The text stands in an input because that can be copied on every client, phones included. */
function mail({ to, subject, body }: MailText, wording: Wording) {
  return {
    toLabel: `${wording.say('request.mail.to')} `,
    to: bare(to, 500),
    subjectLabel: `${wording.say('request.mail.subject')} `,
    subject: bare(subject, 200),
    bodyLabel: wording.say('request.mail.body'),
    body: bareLines(body, MAX_MAIL_CHARS),
  };
}
