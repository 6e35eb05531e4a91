import type { Activity } from './activity.ts';

/** Somebody in a tenant, as the roster names them. */
export type Member = Readonly<{
  mri: string;
  tenantId: string;
  userId: string;
  name: string;
  upn: string;
  locale: string;
  /** IANA name. */
  timeZone: string;
}>;

/** One message in a conversation, as it stands now. */
export type Posted = Readonly<{
  id: string;
  /** 0 when sent, one more with every update. */
  revision: number;
  from: 'bot' | 'person';
  activity: Activity;
}>;

export type Conversation = {
  readonly id: string;
  readonly type: 'personal' | 'groupChat' | 'channel';
  readonly tenantId: string;
  /** For channels: the team's thread id and its Entra group. */
  readonly team?: Readonly<{ id: string; aadGroupId: string; name: string }>;
  readonly members: Member[];
  installed: boolean;
  blocked: boolean;
  messages: Posted[];
};

/** The channel's memory: people, conversations and what was posted. */
export type State = ReturnType<typeof createState>;

/** Makes an empty memory; `onChange` hears of every new, changed or deleted message. */
export function createState(now: () => Date, onChange: (conversation: Conversation) => void) {
  const conversations = new Map<string, Conversation>();
  const people = new Map<string, Member>();
  let lastId = 0;

  /** Teams numbers messages by the millisecond they were posted in. */
  const newId = () => {
    lastId = Math.max(lastId + 1, now().getTime());
    return String(lastId);
  };

  return {
    conversations,
    people,
    newId,
    /** A channel thread (`…;messageid=…`) is kept with its channel. */
    find: (id: string) => conversations.get(id.split(';messageid=')[0] ?? id),
    post(conversation: Conversation, from: Posted['from'], activity: Activity): Posted {
      const posted: Posted = { id: newId(), revision: 0, from, activity };
      conversation.messages.push(posted);
      onChange(conversation);
      return posted;
    },
    replace(conversation: Conversation, id: string, activity: Activity): boolean {
      const index = conversation.messages.findIndex((message) => message.id === id && message.from === 'bot');
      const old = conversation.messages[index];
      if (!old) return false;
      conversation.messages[index] = { ...old, revision: old.revision + 1, activity };
      onChange(conversation);
      return true;
    },
    remove(conversation: Conversation, id: string): boolean {
      const before = conversation.messages.length;
      conversation.messages = conversation.messages.filter((message) => message.id !== id || message.from !== 'bot');
      if (conversation.messages.length === before) return false;
      onChange(conversation);
      return true;
    },
  };
}
