import { randomUUID } from 'node:crypto';
import type { Activity } from './activity.ts';
import type { Conversation, Member } from './state.ts';

/** What every activity of one person in one conversation has in common. */
export type Scene = Readonly<{
  conversation: Conversation;
  person: Member;
  bot: Readonly<{ id: string; name: string }>;
  serviceUrl: string;
  at: Date;
  /** Thread of a channel the activity belongs to: the id of its first message. */
  thread?: string | undefined;
}>;

/**
 * The frame Teams puts around everything it sends to a bot.
 *
 * @see Messages in bot conversations (sample payloads); Get context for your Teams bot
 */
function frame({ conversation, person, bot, serviceUrl, at, thread }: Scene) {
  const { tenantId, type, team } = conversation;
  return {
    channelId: 'msteams',
    serviceUrl,
    timestamp: at.toISOString(),
    localTimestamp: localTimestamp(at, person.timeZone),
    localTimezone: person.timeZone,
    from: { id: person.mri, name: person.name, aadObjectId: person.userId },
    recipient: { id: bot.id, name: bot.name },
    conversation: {
      id: thread === undefined ? conversation.id : `${conversation.id};messageid=${thread}`,
      conversationType: type,
      tenantId,
      ...(type === 'personal' ? {} : { isGroup: true }),
    },
    channelData: {
      tenant: { id: tenantId },
      ...(team && {
        teamsChannelId: conversation.id,
        teamsTeamId: team.id,
        channel: { id: conversation.id },
        team: { id: team.id, aadGroupId: team.aadGroupId, name: team.name },
      }),
    },
  };
}

/** Language, platform and time zone, as the client attaches them to messages and invokes. */
function clientInfo({ locale, timeZone }: Member) {
  const country = locale.split('-')[1];
  return { type: 'clientInfo', locale, ...(country && { country }), platform: 'Windows', timezone: timeZone };
}

/** A message somebody typed. */
export function messageActivity(scene: Scene, id: string, content: Partial<Activity>): Activity {
  const { entities = [], ...rest } = content;
  return {
    type: 'message',
    id,
    ...frame(scene),
    locale: scene.person.locale,
    textFormat: 'plain',
    entities: [clientInfo(scene.person), ...(entities ?? [])],
    ...rest,
  };
}

/** An invoke from a card. Ids of invokes are not message ids; their form is inferred. */
export function invokeActivity(scene: Scene, name: string, value: unknown, replyToId?: string): Activity {
  const framed = frame(scene);
  return {
    type: 'invoke',
    id: `f:${randomUUID()}`,
    name,
    ...framed,
    channelData: { ...framed.channelData, source: { name: 'message' }, ...(replyToId && { legacy: { replyToId } }) },
    locale: scene.person.locale,
    entities: [clientInfo(scene.person)],
    value,
    ...(replyToId && { replyToId }),
  };
}

/**
 * Both events of an installation. They name nobody: `from` has ids only, as in the samples of "Conversation events in
 * your Teams bot". That membersAdded comes first is inferred.
 */
export function installActivities(scene: Scene, id: string, action: 'add' | 'remove'): readonly Activity[] {
  const { bot, person, conversation } = scene;
  const framed = { ...frame(scene), from: { id: person.mri, aadObjectId: person.userId } };
  const who = conversation.type === 'personal' ? [{ id: person.mri, aadObjectId: person.userId }] : [];
  const members = { [action === 'add' ? 'membersAdded' : 'membersRemoved']: [{ id: bot.id }, ...who] };
  const installation: Activity = {
    type: 'installationUpdate',
    id: `f:${randomUUID()}`,
    ...framed,
    action,
    locale: person.locale,
    entities: [clientInfo(person)],
  };
  const conversationUpdate: Activity = { type: 'conversationUpdate', id: `f:${id}`, ...framed, ...members };
  return action === 'add' ? [conversationUpdate, installation] : [installation];
}

function localTimestamp(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const zone = offset?.replace('GMT', '') || '+00:00';
  return `${parts.replace(' ', 'T')}.${String(at.getUTCMilliseconds()).padStart(3, '0')}${zone}`;
}
