import { createGraph } from '../../../services/graph/graph.ts';
import { parseUserId, type UserId } from '../../../services/identity.ts';
import { graphContract } from '../../contracts/graph.contract.ts';
import { customerOf, openEmulated, tenantOf } from '../partner-center/emulated.ts';

graphContract('the adapter before the emulator', async () => {
  const { emulators, tokens } = await openEmulated();
  const { partner, groups } = emulators.world;
  const customer = customerOf(emulators, 0);
  const member = partner.people.find(({ groupIds }) => groupIds.length === 1 && groupIds[0] === groups.reps);
  const cloudGraphUrl = 'https://graph.microsoft.com';
  return {
    ports: createGraph({
      graphUrl: emulators.urls.graph,
      cloudGraphUrl,
      partnerTokens: tokens.forScope(`${cloudGraphUrl}/.default`),
      timeoutMs: 5_000,
      now: () => new Date(),
    }),
    known: { tenantId: customer.tenantId, name: customer.name, domain: customer.defaultDomain },
    domain: customer.domain,
    unknownTenant: tenantOf('eeeeeeee-0000-4000-8000-000000000001'),
    member: userOf(member?.id ?? ''),
    memberGroup: groups.reps,
    otherGroups: [groups.removers, groups.admins],
    unknownUser: userOf('eeeeeeee-0000-4000-8000-000000000002'),
    forbidMail: () => {
      emulators.graph.settings.mail = 'forbidden';
    },
    links: {
      file: emulators.graph.shareFile(
        '/sites/Orders/Shared%20Documents/list%201.csv',
        Buffer.from('PKID\n3300000000011\n'),
      ),
      folder: emulators.graph.shareFile('/sites/Orders/Shared%20Documents/', Buffer.alloc(0)),
      nowhere: `${emulators.urls.graph}/sites/Orders/absent.csv`,
    },
    forbidFiles: () => {
      emulators.graph.settings.files = 'forbidden';
    },
    close: () => emulators.close(),
  };
});

function userOf(text: string): UserId {
  const parsed = parseUserId(text);
  if (!parsed) throw new Error(`${text} is not a user id`);
  return parsed;
}
