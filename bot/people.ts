import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Log } from '../services/log.ts';
import { findPerson, type KnownPerson, markUnreachable, savePerson } from '../services/people/people-store.ts';
import { localeOf } from '../services/people/settings.ts';
import type { Deciding } from '../services/relationships/relationship.ts';
import type { Database } from '../services/storage/ports.ts';
import type { Heard } from './activity.ts';

/** Gets to know people by their turns: how to reach them, in which language, and under which sign-in name. */
export interface People {
  meet(heard: Heard, context: TurnContext): Promise<Met>;
  /** They removed the app from their own chat: nothing can be sent to them until they install it again. */
  left(heard: Heard): Promise<void>;
}

/** Who speaks, in which language they are answered and what their clock shows. */
export type Met = Readonly<{ speaker: Deciding; locale: string; timeZone?: string }>;

export type PeopleParts = Readonly<{
  db: Database;
  /** Called once when somebody of another tenant is first seen with a sign-in name: a request may wait for them. */
  onArrival: (person: Deciding) => Promise<void>;
  now: () => Date;
  log: Log;
}>;

/** So many people are remembered in the process, to spare the database a write per turn. */
const MAX_REMEMBERED = 5_000;

export function createPeople({ db, onArrival, now, log }: PeopleParts): People {
  const remembered = new Map<string, KnownPerson>();

  function remember(person: KnownPerson): void {
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(keyOf(person), person);
  }

  /** The roster of the chat is the only place where Teams tells the sign-in name; and installation events bring no name. */
  async function readRoster(
    context: TurnContext,
  ): Promise<Partial<Pick<KnownPerson, 'signInName' | 'name'>> | undefined> {
    try {
      const { userPrincipalName, name } = await TeamsInfo.getMember(context, context.activity.from.id);
      return { signInName: userPrincipalName?.toLowerCase(), name };
    } catch (error) {
      log.warn('the roster could not be read', { error });
      return undefined;
    }
  }

  /** In a chat that is not ours nothing is learned: neither its roster nor the way to somebody's own chat. */
  async function recognise({ speaker, locale, timeZone }: Heard): Promise<Met> {
    const known = await findPerson(db, speaker);
    const { tenantId, userId } = speaker;
    const recognised = { tenantId, userId, name: speaker.name || known?.name || '', signInName: known?.signInName };
    return { speaker: recognised, locale: localeOf({ ...known, ...(locale && { locale }) }), timeZone };
  }

  return {
    async meet(heard, context) {
      if (heard.place.kind === 'elsewhere') return recognise(heard);
      const { place, locale, timeZone } = heard;
      const { tenantId, userId } = heard.speaker;
      const recent = remembered.get(keyOf(heard.speaker));
      const known = await findPerson(db, heard.speaker); // each time: another process may have learnt something
      const isPersonal = place.kind === 'personal';
      const roster = known?.signInName || recent ? {} : await readRoster(context);
      const name = heard.speaker.name || roster?.name || known?.name || '';
      const signInName = known?.signInName ?? roster?.signInName;
      const person: KnownPerson = {
        ...known,
        tenantId,
        userId,
        name,
        signInName,
        locale: locale ?? known?.locale,
        timeZone: timeZone ?? known?.timeZone,
        installed: isPersonal || (known?.installed ?? false),
        ...(isPersonal && { conversationId: place.conversationId, serviceUrl: place.serviceUrl }),
      };
      if (!known || !isSame(known, person)) await savePerson(db, person, now());
      if (roster) remember(person); // only the roster tells guests from staff: what it did not say is asked again
      const deciding = { tenantId, userId, name, signInName };
      if (isPersonal && !known?.installed && !heard.installation) await onArrival(deciding);
      return { speaker: deciding, locale: localeOf(person), timeZone: person.timeZone };
    },

    async left({ speaker, place }) {
      if (place.kind !== 'personal') return; // the app left a team or a group; their own chat stays
      remembered.delete(keyOf(speaker));
      await markUnreachable(db, speaker);
    },
  };
}

function keyOf({ tenantId, userId }: Pick<KnownPerson, 'tenantId' | 'userId'>): string {
  return `${tenantId}/${userId}`;
}

const FIELDS = ['name', 'signInName', 'locale', 'timeZone', 'installed', 'conversationId', 'serviceUrl'] as const;

function isSame(a: KnownPerson, b: KnownPerson): boolean {
  return FIELDS.every((field) => a[field] === b[field]);
}
