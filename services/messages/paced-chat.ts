import { createPace } from '../pace.ts';
import type { Chat, ChatOutcome } from './ports.ts';

const SECOND_MS = 1_000;
/** @see Teams: rate limiting, per bot per thread */
const PER_CONVERSATION = [
  { limit: 7, perMs: SECOND_MS },
  { limit: 8, perMs: 2 * SECOND_MS },
  { limit: 60, perMs: 30 * SECOND_MS },
  { limit: 1_800, perMs: 3_600 * SECOND_MS },
];
/** @see Teams: rate limiting, all conversations of one tenant */
const PER_TENANT = [{ limit: 50, perMs: SECOND_MS }];

/**
 * A chat that stays below what Teams permits, so that a refusal is the exception: what is too soon is put off before it
 * leaves. The budgets are this process's own; several processes together may still meet a 429, which is obeyed as ever.
 */
export function createPacedChat(chat: Chat, now: () => Date): Chat {
  const conversations = createPace(PER_CONVERSATION, now);
  const tenants = createPace(PER_TENANT, now);

  async function inTime(
    conversationId: string,
    tenantId: string,
    send: () => Promise<ChatOutcome>,
  ): Promise<ChatOutcome> {
    const ms = Math.max(conversations.wait(conversationId), tenants.wait(tenantId));
    if (ms > 0) return { kind: 'later', retryAfterMs: ms };
    conversations.take(conversationId);
    tenants.take(tenantId);
    return send();
  }

  return {
    post: (message, to) => inTime(to.conversationId, to.tenantId, () => chat.post(message, to)),
    update: (message, at) => inTime(at.conversationId, message.recipient.tenantId, () => chat.update(message, at)),
  };
}
