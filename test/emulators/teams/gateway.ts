import { z } from 'zod';
import { type Answer, jsonOf, type Received } from '../http.ts';
import type { Route } from '../routes.ts';
import type { Activity, Attachment } from './activity.ts';
import { parseActivity } from './activity.ts';
import type { Channel } from './channel.ts';
import { type Intent, refuse } from './connector.ts';
import type { Delivery } from './delivery.ts';
import { createPlaygroundForwarder } from './gateway-forward.ts';
import { REFUSALS } from './refusal.ts';
import { messageActivity } from './shapes.ts';
import type { Conversation, Member } from './state.ts';

export type PlaygroundOptions = Readonly<{
  /** Short name for addresses: `partner`, `customer`. */
  name: string;
  /** Where the Playground listens; a function where it starts after the gateway. */
  playgroundUrl: string | (() => string);
  tenantId: string;
  /** Language and time zone its person's client reports. */
  locale?: string;
  timeZone?: string;
}>;

const person = z.object({ id: z.string(), name: z.string(), userPrincipleName: z.string(), aadObjectId: z.string() });

const playgroundConfig = z.object({
  config: z.object({
    currentUser: person,
    users: z.array(person),
    personalChat: z.object({ id: z.string() }),
  }),
});

export type Playground = Awaited<ReturnType<typeof createPlayground>>;

/**
 * One Agents Playground behind the channel: what it sends is completed, signed and handed to the bot; what the bot
 * sends to its tenant goes there after the channel's checks.
 */
export function createPlayground(channel: Channel, options: PlaygroundOptions) {
  const { name, tenantId, locale = 'en-US', timeZone = 'Europe/Stockholm' } = options;
  const url = () => (typeof options.playgroundUrl === 'string' ? options.playgroundUrl : options.playgroundUrl());
  const forwarder = createPlaygroundForwarder(url);
  const removedFrom = new Set<string>();
  let known: z.infer<typeof playgroundConfig>['config'] | undefined;

  async function config() {
    if (known) return known;
    const answer = await fetch(`${url()}/_internal/v1/config`);
    known = playgroundConfig.parse(await answer.json()).config;
    return known;
  }

  /** Gives an activity of the Playground what Teams would have put in, and takes its own addresses out. */
  function complete(activity: Activity): Activity {
    const info = { type: 'clientInfo', locale, country: locale.split('-')[1], platform: 'Web', timezone: timeZone };
    const others = (activity.entities ?? []).filter(({ type }) => type !== 'clientInfo');
    return {
      ...activity,
      serviceUrl: channel.serviceUrl(tenantId),
      channelId: 'msteams',
      recipient: channel.bot,
      conversation: { ...activity.conversation, tenantId },
      channelData: { ...activity.channelData, tenant: { id: tenantId } },
      ...(activity.type === 'conversationUpdate' ? {} : { locale, entities: [info, ...others] }),
      ...('localTimezone' in activity ? { localTimezone: timeZone } : {}),
    };
  }

  async function fromPlayground(request: Received): Promise<Answer> {
    const activity = parseActivity(jsonOf(request));
    if (!activity) return { status: 400, body: { error: { code: 'BadSyntax', message: 'Not an activity.' } } };
    noteInstallation(activity);
    const { status, body } = await channel.deliver(complete(activity));
    return { status, ...(body === undefined ? {} : { body }) };
  }

  function noteInstallation({ type, action, conversation }: Activity): void {
    if (type !== 'installationUpdate' || conversation?.id === undefined) return;
    if (action === 'remove') removedFrom.add(conversation.id);
    else removedFrom.delete(conversation.id);
  }

  /** Whether a call is about the chat of the bot with the person at this Playground, or opens it. */
  async function isOwnChat(intent: Intent): Promise<boolean> {
    const { currentUser, personalChat } = await config();
    if (intent.kind !== 'create') return intent.conversationId === personalChat.id;
    return intent.body.members?.length === 1 && intent.body.members[0]?.id === currentUser.id;
  }

  /** Only the person at the Playground has the app. */
  async function refusal(intent: Intent) {
    if (intent.kind !== 'create') return removedFrom.has(intent.conversationId) ? REFUSALS.notInRoster : undefined;
    if (intent.body.channelData?.channel) return undefined;
    const { personalChat } = await config();
    return (await isOwnChat(intent)) && !removedFrom.has(personalChat.id) ? undefined : REFUSALS.notInRoster;
  }

  /** Hands a file to the bot in the personal chat, which the Playground has no control for. */
  async function attachFile(fileName: string, bytes: Uint8Array): Promise<Delivery> {
    const { currentUser, personalChat } = await config();
    const member: Member = {
      mri: currentUser.id,
      tenantId,
      userId: currentUser.aadObjectId,
      name: currentUser.name,
      upn: currentUser.userPrincipleName,
      locale,
      timeZone,
    };
    const attachments: Attachment[] = [channel.files.offer(fileName, bytes)];
    const scene = channel.scene(personalConversation(personalChat.id, member), member);
    return channel.deliver(messageActivity(scene, channel.state.newId(), { text: '', attachments }));
  }

  return {
    name,
    tenantId,
    attachFile,
    isOwnChat,
    /** Answers a checked connector call. */
    async run(intent: Intent): Promise<Answer> {
      const refused = await refusal(intent);
      return refused ? refuse(refused) : forwarder.run(intent);
    },
    /** The bot endpoint to give to this Playground. */
    endpoint: () => `${channel.origin()}${endpointPath(name)}`,
    routes: [
      { method: 'POST', path: endpointPath(name), handle: fromPlayground },
      { method: 'HEAD', path: endpointPath(name), handle: () => ({ status: 200 }) },
    ] satisfies readonly Route[],
  };
}

function endpointPath(name: string): string {
  return `/playgrounds/${name}/api/messages`;
}

function personalConversation(id: string, member: Member): Conversation {
  const { tenantId } = member;
  return { id, type: 'personal', tenantId, members: [member], installed: true, blocked: false, messages: [] };
}
