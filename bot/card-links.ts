import type { Message, MessageRole } from '../services/messages/message.ts';
import { messagesAbout } from '../services/messages/message-store.ts';
import type { Queryable } from '../services/storage/ports.ts';
import type { TeamsLinks } from './teams-links.ts';

/** Which live card a notice is about. In personal chats no link leads to a message; there the notice has a button. */
const CARD_OF: Readonly<Partial<Record<MessageRole, MessageRole>>> = { 'batch.notice-channel': 'batch.channel' };

/** Finds the way from a notice back to its card: a link to the message, where Teams has one and the card was posted. */
export function createCardLinks(db: Queryable, links: TeamsLinks) {
  return async ({ role, subjectKind, subjectId, recipient }: Message): Promise<string | undefined> => {
    const cardRole = CARD_OF[role];
    if (!cardRole || recipient.kind !== 'conversation') return undefined;
    const copies = await messagesAbout(db, { kind: subjectKind, id: subjectId });
    const card = copies.find(
      (copy) =>
        copy.role === cardRole &&
        copy.recipient.kind === 'conversation' &&
        copy.recipient.conversationId === recipient.conversationId,
    );
    return card?.postedAt && links.message(recipient.tenantId, card.postedAt);
  };
}
