import type { Message } from '../services/messages/message.ts';

/** Addresses that open something inside Teams, on phones too. */
export interface TeamsLinks {
  /** The personal chat with the bot, opened if there is none yet. */
  readonly chat: string;
  /** The app's page, where somebody of this tenant installs it. */
  app(tenantId: string): string;
  /** A message in a channel or group chat; `undefined` for one in a personal chat, whose id no link knows. */
  message(tenantId: string, at: NonNullable<Message['postedAt']>): string | undefined;
}

export type TeamsLinkParts = Readonly<{
  /** Origin of the Teams web client in the partner's cloud. */
  teams: string;
  botAppId: string;
  /** The id under which links find the app, where that is not the id in its manifest: the store's. */
  linkedAppId?: string;
}>;

/**
 * Makes the links of one installation.
 *
 * The chat is named by the bot's own id (`28:…`), which is the same in every tenant. Microsoft documents a link by the
 * app's id, but that one differs between the store, a catalogue and an upload.
 *
 * @see Teams: deep link to a chat, to a chat message, to a channel conversation; deep link to an application, app ID for
 * different types of apps
 */
export function createTeamsLinks({ teams, botAppId, linkedAppId = botAppId }: TeamsLinkParts): TeamsLinks {
  return {
    chat: `${teams}/l/chat/0/0?users=28:${botAppId}`,
    app: (tenantId) => `${teams}/l/app/${linkedAppId}?tenantId=${tenantId}`,
    message(tenantId, { conversationId, activityId }) {
      const [thread = '', root] = conversationId.split(';messageid=');
      if (!thread.startsWith('19:')) return undefined;
      const path = `${teams}/l/message/${encodeURIComponent(thread)}/${encodeURIComponent(activityId)}`;
      return CHANNEL.test(thread)
        ? `${path}?tenantId=${tenantId}&parentMessageId=${encodeURIComponent(root ?? activityId)}`
        : `${path}?tenantId=${tenantId}&context=${encodeURIComponent('{"contextType":"chat"}')}`;
    },
  };
}

/** Threads of channels; those of group chats and meetings end in `@thread.v2`. */
const CHANNEL = /@thread\.(?:tacv2|skype)$/;
