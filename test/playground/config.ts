import { channelId, groupChatId, personalChatId, personMri, teamGuid } from '../emulators/teams/ids.ts';

/** Somebody of the tenant whose Teams a Playground plays. */
export type PlaygroundPerson = Readonly<{ userId: string; name: string; upn: string }>;

export type PlaygroundPeople = Readonly<{
  appId: string;
  botName: string;
  tenantId: string;
  /** Who sits in front of it. */
  me: PlaygroundPerson;
  others: readonly PlaygroundPerson[];
}>;

/** The Playground wants at least this many other people. */
const MIN_OTHERS = 5;

/**
 * The Playground's configuration, with ids in Teams' forms so that the bot sees nothing unusual. It is read as YAML,
 * of which JSON is a part.
 */
export function playgroundConfig({ appId, botName, tenantId, me, others }: PlaygroundPeople) {
  const entry = ({ userId, name, upn }: PlaygroundPerson) => {
    const [givenName = name, ...surname] = name.split(' ');
    return {
      id: personMri(appId, tenantId, userId),
      name,
      userPrincipleName: upn, // spelt so by the Playground
      aadObjectId: userId,
      givenName,
      surname: surname.join(' ') || '-',
      email: upn,
    };
  };
  const aadGroupId = teamGuid('Devices', tenantId);
  return {
    version: '0.1.0',
    tenantId,
    bot: { id: `28:${appId}`, name: botName },
    currentUser: entry(me),
    users: [...others, ...colleagues(MIN_OTHERS - others.length)].map(entry),
    personalChat: { id: personalChatId(appId, personMri(appId, tenantId, me.userId)) },
    groupChat: { id: groupChatId('Rollout', tenantId), name: 'Rollout' },
    team: {
      id: channelId('General', aadGroupId),
      name: 'Devices',
      aadGroupId,
      channels: [{ id: channelId('Arrivals', aadGroupId), name: 'Arrivals' }],
    },
  };
}

export type PlaygroundConfig = ReturnType<typeof playgroundConfig>;

function colleagues(count: number): readonly PlaygroundPerson[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    userId: `f0000000-0000-4000-8000-00000000000${index + 1}`,
    name: `Colleague ${'ABCDE'.charAt(index)}`,
    upn: `colleague${index + 1}@colleagues.example`,
  }));
}
