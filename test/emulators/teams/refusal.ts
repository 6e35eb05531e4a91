/** An answer of the connector that is not a success. */
export type Refusal = Readonly<{
  status: number;
  code: string;
  message: string;
  subCode?: string;
  /** Seconds, for the `Retry-After` header. */
  retryAfter?: number;
}>;

/**
 * The connector's documented refusals. Codes and statuses: "Send and receive messages with a bot" (status code table)
 * and "Send proactive messages" (sub-code); the sentences are ours.
 */
export const REFUSALS = {
  unauthorized: { status: 401, code: 'BotNotRegistered', message: 'No valid token of this bot.' },
  notInRoster: {
    status: 403,
    code: 'BotNotInConversationRoster',
    message: 'The bot is not part of the conversation roster.',
  },
  blocked: {
    status: 403,
    code: 'ConversationBlockedByUser',
    subCode: 'MessageWritesBlocked',
    message: 'The person blocked the conversation with this bot.',
  },
  noConversation: { status: 404, code: 'ConversationNotFound', message: 'Conversation not found.' },
  noActivity: { status: 404, code: 'ActivityNotFoundInConversation', message: 'Activity not found in conversation.' },
  tooBig: { status: 413, code: 'MessageSizeTooBig', message: 'Message size too large.' },
} as const satisfies Record<string, Refusal>;

/** A payload the connector does not understand. */
export function badSyntax(message: string): Refusal {
  return { status: 400, code: 'BadSyntax', message };
}

/** Too many calls; `retryAfter` in whole seconds. */
export function throttled(retryAfter: number): Refusal {
  return { status: 429, code: 'Throttled', message: 'Too many requests.', retryAfter };
}

/** The JSON body under which a refusal travels. */
export function refusalBody({ code, message, subCode }: Refusal) {
  return { error: { code, message, ...(subCode === undefined ? {} : { subCode }) } };
}
