import { MAX_NAME_CHARS } from '../customer.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';

export type Ask = Readonly<{ partnerName: string; distributorName?: string; link: string; expiresAt: Date }>;

/**
 * What an approver is asked, in the same words on the preview and on the card itself: for what, without which rights,
 * who may accept, until when.
 *
 * @see Windows Autopilot: Reseller, distributor, or partner registration; Microsoft 365 commerce: Manage solution
 * provider partner relationships (the least role)
 */
export function askLines({ partnerName, distributorName, link, expiresAt }: Ask, wording: Wording): string[] {
  const partner = plain(partnerName, MAX_NAME_CHARS);
  const lines = [wording.say('ask.what', { partner })];
  const delegation = delegationKey(link);
  if (delegation) lines.push(wording.say(delegation));
  if (distributorName) {
    lines.push(wording.say('ask.distributor', { partner, distributor: plain(distributorName, MAX_NAME_CHARS) }));
  }
  lines.push(wording.say('ask.role'), wording.say('ask.expires', { date: wording.dateTime(expiresAt) }));
  return lines;
}

/** We claim only what the link shows: with DAP=true nothing is said, and such a link is refused before it gets here. */
function delegationKey(link: string): 'ask.noDap' | 'ask.noDap.unstated' | undefined {
  if (!URL.canParse(link)) return undefined;
  const dap = new URL(link).searchParams.get('DAP');
  if (dap === 'false') return 'ask.noDap';
  return dap ? undefined : 'ask.noDap.unstated';
}
