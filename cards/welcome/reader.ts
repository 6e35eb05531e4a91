import { MAX_NAME_CHARS } from '../customer.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';

/**
 * Whom the bot is talking to.
 * - `rep`: of the partner, and may request and register.
 * - `staff`: of the partner without that, but administers or may confirm removals.
 * - `colleague`: anybody else of the partner.
 * - `customer`: was asked for a relationship.
 * - `stranger`: anybody else, among them guests of the partner.
 */
export type Audience = 'rep' | 'staff' | 'colleague' | 'customer' | 'stranger';

/** Whoever reads a welcome or the help, as far as it decides what they can do. */
export type Reader = Readonly<{
  audience: Audience;
  partnerName: string;
  /** Administers the installation, whether or not they request and register, too. */
  administers?: boolean | undefined;
  /** May confirm that devices are removed. */
  confirms?: boolean | undefined;
  /** Entra did not say what they may do: nothing is claimed about it then. */
  isUnread?: boolean | undefined;
  /** The sign-in name they use in Teams, where it is known. */
  account?: string | undefined;
}>;

/** What the bot is to this person and what they can do next, one sentence or two to a line. */
export function purposeFor(reader: Reader, { say }: Pick<Wording, 'say'>): string[] {
  const { audience, administers, confirms, isUnread, account } = reader;
  const names = { partner: plain(reader.partnerName, MAX_NAME_CHARS) };
  if (isUnread && audience === 'colleague') return [say('welcome.unread')];
  switch (audience) {
    case 'staff':
      return [
        ...(administers ? [say('welcome.admin', names), say('help.admin.text')] : []),
        ...(confirms ? [say('help.confirm.text')] : []),
        say('welcome.staff.more'),
      ];
    case 'stranger': {
      const known = account ? [say('welcome.stranger.account', { account: plain(account, MAX_NAME_CHARS) })] : [];
      return [say('welcome.stranger.text', names), say('welcome.stranger.more', names), ...known];
    }
    default:
      return [say(`welcome.${audience}.text`, names), say(`welcome.${audience}.more`, names)];
  }
}
