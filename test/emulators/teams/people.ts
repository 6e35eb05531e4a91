import type { Attachment } from './activity.ts';
import type { Channel } from './channel.ts';
import { channelId, groupChatId, personalChatId, personMri, teamGuid } from './ids.ts';
import { type Client, createClient } from './person.ts';
import { invokeActivity } from './shapes.ts';
import type { Conversation, Member } from './state.ts';

type PersonOptions = Readonly<{
  /** Tenant whose Teams the person uses: for a guest the host's. */
  tenantId: string;
  /** Entra object id in that tenant. */
  userId: string;
  name: string;
  upn: string;
  locale?: string;
  timeZone?: string;
  /** Guests get the `#EXT#` form of their name that Entra gives them in the host tenant. */
  guest?: boolean;
}>;

export type PlaceOptions = Readonly<{ name: string; tenantId: string; members: readonly Client[] }>;

/** People and places of a channel: personal chats, group chats and team channels. */
export function createPeople(channel: Channel, appId: string) {
  const clients = new Map<string, Client>();

  /** One client per person and place, so that what it saw and was answered stays with it. */
  const clientOf = (member: Member, conversation: Conversation): Client => {
    const key = `${member.mri} ${conversation.id}`;
    const client = clients.get(key) ?? createClient(channel, member, conversation);
    clients.set(key, client);
    return client;
  };

  const open = (conversation: Conversation): Conversation => {
    const known = channel.state.conversations.get(conversation.id);
    if (known) return known;
    channel.state.conversations.set(conversation.id, conversation);
    return conversation;
  };

  /** Somebody's Teams client in the personal chat with the bot. The app is not installed yet. */
  function person(options: PersonOptions): Client {
    const mri = personMri(appId, options.tenantId, options.userId);
    const member = channel.state.people.get(mri) ?? memberOf(mri, options);
    channel.state.people.set(mri, member);
    const { tenantId } = member;
    const id = personalChatId(appId, mri);
    return clientOf(member, open({ ...EMPTY, id, type: 'personal', tenantId, members: [member], messages: [] }));
  }

  /** A place of several people: `as` gives a member's client in it. */
  function place(conversation: Conversation) {
    const members = conversation.members;
    return {
      conversationId: conversation.id,
      /** This member's client here. */
      as(who: Pick<Client, 'mri'>): Client {
        const member = members.find(({ mri }) => mri === who.mri);
        if (!member) throw new Error(`${who.mri} is not a member of ${conversation.id}`);
        return clientOf(member, conversation);
      },
      /** A message that mentions the bot: elsewhere than in personal chats bots hear only these. */
      async mention(who: Pick<Client, 'mri'>, text: string, more: MentionOptions = {}) {
        const tag = `<at>${channel.bot.name}</at>`;
        const mention = { type: 'mention', mentioned: channel.bot, text: tag };
        const html = more.html ?? `<p>${tag} ${text}</p>`;
        return this.as(who).say(`${tag} ${text}`, { ...more, html, entities: [mention] });
      },
      /** Installs the app here. */
      install: (who: Pick<Client, 'mri'>) => place(conversation).as(who).install(),
    };
  }

  return {
    person,
    /** A group chat with the app installed. */
    groupChat({ name, tenantId, members }: PlaceOptions) {
      const id = groupChatId(name, tenantId);
      return place(
        open({ ...EMPTY, id, type: 'groupChat', tenantId, members: members.map(plain), messages: [], installed: true }),
      );
    },
    /** A channel of a team with the app installed; the first channel's id is the team's. */
    teamChannel({ name, tenantId, members, channelName = 'General' }: PlaceOptions & { channelName?: string }) {
      const aadGroupId = teamGuid(name, tenantId);
      const team = { id: channelId('General', aadGroupId), aadGroupId, name };
      const id = channelId(channelName, aadGroupId);
      const people = members.map(plain);
      return place(
        open({ ...EMPTY, id, type: 'channel', tenantId, team, members: people, messages: [], installed: true }),
      );
    },
    /** Sends an invoke of any name from a person's chat. */
    invoke(who: Client, name: string, value: unknown, replyToId?: string) {
      const conversation = channel.state.find(who.conversationId);
      const member = channel.state.people.get(who.mri);
      if (!conversation || !member) throw new Error(`${who.name} is unknown here`);
      return channel.deliver(invokeActivity(channel.scene(conversation, member), name, value, replyToId));
    },
  };
}

export type MentionOptions = Readonly<{ html?: string; attachments?: readonly Attachment[]; thread?: string }>;

const EMPTY = { installed: false, blocked: false };

function plain({ mri, tenantId, userId, name, upn, locale, timeZone }: Client): Member {
  return { mri, tenantId, userId, name, upn, locale, timeZone };
}

function memberOf(mri: string, { guest, upn, tenantId, locale, timeZone, ...rest }: PersonOptions): Member {
  return {
    mri,
    tenantId,
    ...rest,
    upn: guest ? `${upn.replace('@', '_')}#EXT#@${tenantId}.onmicrosoft.com` : upn,
    locale: locale ?? 'en-US',
    timeZone: timeZone ?? 'Europe/Stockholm',
  };
}
