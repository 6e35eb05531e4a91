import { z } from 'zod';
import type { Answer } from '../http.ts';
import { type Activity, parseActivity } from './activity.ts';
import { checkMessage, type Limits, type Window } from './limits.ts';
import { badSyntax, REFUSALS as NO, type Refusal, refusalBody } from './refusal.ts';
import type { Conversation, Member, State } from './state.ts';

/** A call after reading: what it is about and what it counts as. */
export type Intent =
  | Readonly<{ kind: 'create'; body: z.infer<typeof creation> }>
  | Readonly<{ kind: 'send'; conversationId: string; replyTo?: string | undefined; activity: Activity }>
  | Readonly<{ kind: 'update'; conversationId: string; activityId: string; activity: Activity }>
  | Readonly<{ kind: 'delete'; conversationId: string; activityId: string }>
  | Readonly<{ kind: 'members' | 'paged-members'; conversationId: string }>
  | Readonly<{ kind: 'member'; conversationId: string; memberId: string }>;

const creation = z.looseObject({
  isGroup: z.boolean().optional(),
  members: z.array(z.looseObject({ id: z.string() })).optional(),
  tenantId: z.string().optional(),
  activity: z.unknown().optional(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).optional(),
      channel: z.looseObject({ id: z.string() }).optional(),
    })
    .nullish(),
});

/** Reads a call by the parts of its path behind `v3`; a refusal when the connector would not understand it. */
export function readCall(method: string, parts: readonly string[], body: unknown): Intent | Refusal {
  const [root, conversationId, what, id, ...rest] = parts;
  if (root !== 'conversations' || rest.length > 0) return NO.noConversation;
  if (conversationId === undefined) return method === 'POST' ? readCreation(body) : methodRefused(method);
  if (what === 'activities') return readActivityCall(method, conversationId, id, body);
  if (method !== 'GET') return methodRefused(method);
  if (what === 'pagedmembers') return { kind: 'paged-members', conversationId };
  if (what !== 'members') return NO.noConversation;
  return id === undefined ? { kind: 'members', conversationId } : { kind: 'member', conversationId, memberId: id };
}

function readCreation(body: unknown): Intent | Refusal {
  const read = creation.safeParse(body);
  return read.success ? { kind: 'create', body: read.data } : badSyntax('Not a conversation.');
}

function readActivityCall(
  method: string,
  conversationId: string,
  activityId: string | undefined,
  body: unknown,
): Intent | Refusal {
  if (method === 'DELETE' && activityId !== undefined) return { kind: 'delete', conversationId, activityId };
  const activity = parseActivity(body);
  if (!activity) return badSyntax('Not an activity.');
  if (method === 'POST') return { kind: 'send', conversationId, replyTo: activityId, activity };
  if (method === 'PUT' && activityId !== undefined) return { kind: 'update', conversationId, activityId, activity };
  return methodRefused(method);
}

function methodRefused(method: string): Refusal {
  return { status: 405, code: 'BadSyntax', message: `${method} is not allowed here.` };
}

/** True for the answers of {@link readCall} that refuse. */
export function isRefusal(read: Intent | Refusal): read is Refusal {
  return 'status' in read;
}

/** Size and cards of what the call would post. */
export function checkPayload(intent: Intent, limits: Limits): Refusal | undefined {
  if (intent.kind === 'send' || intent.kind === 'update') return checkMessage(intent.activity, limits);
  const first = intent.kind === 'create' ? parseActivity(intent.body.activity) : undefined;
  return first && checkMessage(first, limits);
}

/** True for a message of text and attachment, which Teams splits ("Messages in bot conversations"). */
export function isSplit({ type, text, attachments }: Activity): boolean {
  return type === 'message' && Boolean(text) && (attachments?.length ?? 0) > 0;
}

/**
 * Which windows a call counts in. Documented for sends, creations and roster reads; that updates and deletions count
 * like sends is inferred. A split message counts twice (Optimize your bot with rate limiting in Teams).
 */
export function rateOf(intent: Intent, limits: Limits): { key: string; windows: readonly Window[]; count: number } {
  switch (intent.kind) {
    case 'members':
      return { key: `old read ${intent.conversationId}`, windows: limits.oldReads ?? [], count: 1 };
    case 'paged-members':
    case 'member':
      return { key: `read ${intent.conversationId}`, windows: limits.reads ?? [], count: 1 };
    case 'create':
      return { key: `create ${creationKey(intent.body)}`, windows: limits.sends ?? [], count: 1 };
    default: {
      const count = intent.kind === 'send' && isSplit(intent.activity) ? 2 : 1;
      return { key: intent.conversationId, windows: limits.sends ?? [], count };
    }
  }
}

function creationKey({ members, channelData }: z.infer<typeof creation>): string {
  return channelData?.channel?.id ?? members?.map(({ id }) => id).join() ?? '';
}

/** Carries out a checked call on the channel's memory. */
export function createConnector(state: State, serviceUrl: (tenantId: string) => string) {
  const open = (id: string, tenantId: string | undefined): Conversation | Refusal => {
    const conversation = state.find(id);
    // That the tenant in the service URL must be the conversation's is inferred.
    if (!conversation || (tenantId && conversation.tenantId !== tenantId)) return NO.noConversation;
    if (conversation.blocked) return NO.blocked;
    return conversation.installed ? conversation : NO.notInRoster;
  };

  return {
    run(intent: Intent, tenantId: string | undefined): Answer {
      if (intent.kind === 'create') return create(intent.body);
      const conversation = open(intent.conversationId, tenantId);
      if ('status' in conversation) return refuse(conversation);
      return act(conversation, intent);
    },
  };

  function act(conversation: Conversation, intent: Exclude<Intent, { kind: 'create' }>): Answer {
    switch (intent.kind) {
      case 'send':
        return send(conversation, intent);
      case 'update':
        if (!state.replace(conversation, intent.activityId, intent.activity)) return refuse(NO.noActivity);
        return { status: 200, body: { id: intent.activityId } };
      case 'delete':
        return state.remove(conversation, intent.activityId) ? { status: 200 } : refuse(NO.noActivity);
      case 'members':
        return { status: 200, body: conversation.members.map(rosterEntry) };
      case 'paged-members':
        return { status: 200, body: { members: conversation.members.map(rosterEntry) } };
      case 'member':
        return member(conversation, intent.memberId);
    }
  }

  function send(conversation: Conversation, intent: Extract<Intent, { kind: 'send' }>): Answer {
    const { replyTo, conversationId } = intent;
    const activity: Activity = {
      ...intent.activity,
      conversation: { ...intent.activity.conversation, id: conversationId },
      ...(replyTo === undefined ? {} : { replyToId: replyTo }),
    };
    if (activity.type !== 'message') return { status: 202, body: { id: state.newId() } }; // typing leaves no message
    if (!isSplit(activity)) return { status: 201, body: { id: state.post(conversation, 'bot', activity).id } };
    state.post(conversation, 'bot', { ...activity, attachments: [] });
    state.post(conversation, 'bot', { ...activity, text: '' });
    return { status: 201, body: {} };
  }

  /** The two supported patterns, as in "Create a conversation" and Microsoft's notes on its behaviour. */
  function create(body: z.infer<typeof creation>): Answer {
    const channel = body.channelData?.channel?.id;
    if (channel !== undefined) return createThread(channel, body.activity);
    if (body.isGroup || body.members?.length !== 1) return refuse(badSyntax('A bot cannot create a group chat.'));
    return createPersonal(body.members[0]?.id ?? '', body);
  }

  function createPersonal(mri: string, { tenantId, channelData, activity }: z.infer<typeof creation>): Answer {
    const tenant = tenantId ?? channelData?.tenant?.id;
    if (!tenant) return refuse({ status: 400, code: 'Bad Argument', message: 'tenantId is required.' });
    const person = state.people.get(mri);
    if (person?.tenantId !== tenant) return refuse(badSyntax('Unknown member id.'));
    const found = [...state.conversations.values()].find((c) => c.type === 'personal' && c.members.includes(person));
    const chat = found ? open(found.id, tenant) : NO.notInRoster;
    if ('status' in chat) return refuse(chat);
    const first = parseActivity(activity);
    if (first) send(chat, { kind: 'send', conversationId: chat.id, activity: first });
    return { status: 201, body: { id: chat.id, serviceUrl: serviceUrl(tenant) } };
  }

  function createThread(channelId: string, first: unknown): Answer {
    const channel = open(channelId, undefined);
    if ('status' in channel) return refuse(channel);
    const activity = parseActivity(first);
    if (!activity) return refuse(badSyntax('A channel thread needs its first activity.'));
    const { id } = state.post(channel, 'bot', activity);
    return { status: 201, body: { id: `${channel.id};messageid=${id}`, activityId: id } };
  }

  function member(conversation: Conversation, id: string): Answer {
    const found = conversation.members.find(({ mri, userId, upn }) => [mri, userId, upn].includes(id));
    if (found) return { status: 200, body: rosterEntry(found) };
    return refuse({ status: 404, code: 'MemberNotFoundInConversation', message: 'No such member here.' });
  }
}

/** The answer that carries a refusal. */
export function refuse(refusal: Refusal): Answer {
  return {
    status: refusal.status,
    body: refusalBody(refusal),
    ...(refusal.retryAfter === undefined ? {} : { headers: { 'retry-after': String(refusal.retryAfter) } }),
  };
}

/** A roster entry, as in "Get Teams specific context for your bot". */
function rosterEntry({ mri, userId, tenantId, name, upn }: Member) {
  const [givenName, ...surname] = name.split(' ');
  return {
    id: mri,
    name,
    givenName,
    surname: surname.join(' '),
    email: upn,
    userPrincipalName: upn,
    aadObjectId: userId,
    objectId: userId,
    tenantId,
    userRole: 'user',
  };
}
