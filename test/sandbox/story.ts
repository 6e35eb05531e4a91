import { createWording } from '../../cards/wording/wording.ts';
import { ANNA, CONTOSO, NORTHWIND, ROBIN, SAM } from '../emulators/world.ts';
import type { ReadyLine } from './sandbox.ts';

/** PKIDs that the emulated Partner Center registers. */
const SOME_PKIDS = '3312456789014, 3312456789021, 3312456789038';

/** A list in the emulated SharePoint, for whoever pastes its link. */
export const SHARED_LIST = { path: '/sites/Orders/Autumn.csv', text: 'PKID\n3300000000011\n3300000000028\n' } as const;

/** What a person can try now, in order. */
export function tellStory(
  { bot, partnerPlayground, customerPlayground, colleaguePlayground, emulators }: ReadyLine,
  dataDir: string,
): string {
  if (!partnerPlayground || !customerPlayground) return `Bot and emulators are up, without Playgrounds.\nBot: ${bot}\n`;
  const { say } = createWording('en');
  return `Tarmac's sandbox is up. ${colleaguePlayground ? 'Three' : 'Two'} people have Teams open, each in a Playground:

  ${partnerPlayground}   ${ROBIN.name}, who registers devices for ${NORTHWIND.name}
  ${customerPlayground}   ${ANNA.name}, who administers ${CONTOSO.name}${colleagueLine(colleaguePlayground)}

Five things to try, in this order:
  1. Open both addresses: the bot greets each of them. As ${ROBIN.givenName}, type "${say('command.help')}".
  2. As ${ROBIN.givenName}, type "${say('command.request')}": customer ${CONTOSO.domain}, approver ${ANNA.upn}.
  3. As ${ANNA.givenName}, answer the card, open its link and accept on the page that stands in for the admin center.
  4. As ${ROBIN.givenName}, type "${say('command.register')}" and paste ${SOME_PKIDS}
     or send a file with ${emulators.teams}/attach?chat=partner
     or paste the link of a list in SharePoint: ${emulators.graph}${SHARED_LIST.path}
  5. As ${ROBIN.givenName}, type "${say('command.status')}" and watch the batch finish.

Everything stays on this computer; what happened is kept in ${dataDir} (npm run sandbox -- --fresh forgets it).
Ctrl-C stops it all.
`;
}

function colleagueLine(url: string | undefined): string {
  return url ? `\n  ${url}   ${SAM.name}, whom ${ROBIN.givenName} needs to take devices out of Autopilot again` : '';
}
