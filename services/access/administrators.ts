import type { TenantId } from '../identity.ts';
import type { Log } from '../log.ts';
import type { Recipient } from '../messages/message.ts';
import { type KnownPerson, reachablePeople } from '../people/people-store.ts';
import type { GroupDirectory } from '../relationships/ports.ts';
import type { Queryable } from '../storage/ports.ts';

export type AdministratorPorts = Readonly<{
  db: Queryable;
  groups: Pick<GroupDirectory, 'memberOf'>;
  groupOf: Readonly<{ rep: string; admin: string }>;
  partnerTenantId: TenantId;
  log: Log;
}>;

/** So many people of the partner are asked about, those seen last first; Entra answers for one at a time. */
const MAX_ASKED = 500;

/**
 * Whom to tell what an administrator has to mend: the partner's administrators whose chat with the bot is known, or,
 * where there is none, the reps. While Entra does not say who is what, those who have asked for something before.
 */
export async function whomToTell(ports: AdministratorPorts): Promise<readonly Recipient[]> {
  const { db, groups, groupOf, partnerTenantId, log } = ports;
  const people = await reachablePeople(db, partnerTenantId, MAX_ASKED);
  try {
    const admins: KnownPerson[] = [];
    const reps: KnownPerson[] = [];
    for (const person of people) {
      const found = await groups.memberOf(person.userId, [groupOf.admin, groupOf.rep]);
      if (found.has(groupOf.admin)) admins.push(person);
      if (found.has(groupOf.rep)) reps.push(person);
    }
    return (admins.length > 0 ? admins : reps).map(asRecipient);
  } catch (error) {
    log.warn('Entra does not say who administers; those are told who have used the bot', { error });
    return people.filter(({ hasAsked }) => hasAsked).map(asRecipient);
  }
}

function asRecipient({ tenantId, userId }: KnownPerson): Recipient {
  return { kind: 'person', tenantId, userId };
}
