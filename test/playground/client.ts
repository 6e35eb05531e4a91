import { WebSocket } from 'ws';
import { z } from 'zod';
import { asCard, CARD_TYPE, type Card, cardsOf } from '../emulators/teams/activity.ts';
import { dataOf, findButton, type Inputs } from '../emulators/teams/press.ts';

/** A message as the Playground's page would show it now. */
export type ShownMessage = Readonly<{
  id: string;
  conversationId: string;
  text: string;
  cards: readonly Card[];
  /** How often it changed since it was posted. */
  revision: number;
}>;

export type Matching = string | RegExp | ((message: ShownMessage) => boolean);

const config = z.object({
  config: z.object({ currentUser: z.object({ id: z.string() }), personalChat: z.object({ id: z.string() }) }),
});

const event = z.object({
  action: z.string(),
  actionConversationId: z.string(),
  message: z
    .looseObject({
      messageId: z.string(),
      text: z.string().optional(),
      attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown() })).optional(),
    })
    .optional(),
});

export type PlaygroundClient = Awaited<ReturnType<typeof openPlayground>>;

/**
 * Sits down at a Playground without a browser: the HTTP calls and the WebSocket its own page uses. They are not
 * documented; the shapes here were seen in version 0.2.28.
 */
export async function openPlayground(url: string) {
  const { currentUser, personalChat } = config.parse(await getJson(`${url}/_internal/v1/config`)).config;
  const shown = new Map<string, ShownMessage>();
  const returned = new Set<string>();
  const watchers = new Set<() => void>();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  socket.on('message', (data) => hear(JSON.parse(String(data))));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve).once('error', reject);
  });

  function hear(json: unknown): void {
    const { message, actionConversationId } = event.safeParse(json).data ?? {};
    if (!message || actionConversationId === undefined) return;
    const { messageId: id, text = '', attachments } = message;
    show({ id, conversationId: actionConversationId, text, cards: cardsOf({ attachments }) });
  }

  function show(message: Omit<ShownMessage, 'revision'>): void {
    const revision = (shown.get(message.id)?.revision ?? -1) + 1;
    shown.set(message.id, { ...message, revision });
    for (const watcher of [...watchers]) watcher();
  }

  async function post(path: string, body: unknown = {}): Promise<unknown> {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the Playground answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** What the pressed person sees: a new card in place, a message, or nothing. */
  function showAnswer(message: ShownMessage, json: unknown): unknown {
    const answer = asCard(json);
    const card = answer?.type === CARD_TYPE ? asCard(answer.value) : undefined;
    if (card) show({ ...message, cards: [card] });
    return json;
  }

  const from = { id: currentUser.id };
  return {
    userId: currentUser.id,
    personalChatId: personalChat.id,
    /** What the bot posted, as it is now, oldest first. */
    get messages(): readonly ShownMessage[] {
      return [...shown.values()];
    },
    /** Opens the personal chat: the page does the same whenever it is loaded, and the bot hears of an installation. */
    async install(conversationId = personalChat.id): Promise<void> {
      await post(`/_debug/conversation/${encodeURIComponent(conversationId)}/installation`);
    },
    async say(text: string, conversationId = personalChat.id): Promise<void> {
      const path = `/_conversation/v1/conversations/${encodeURIComponent(conversationId)}/messages`;
      await post(path, { type: 'text', text, textFormat: 'plain', from });
    },
    /** Presses a button by title, verb or id and shows the answer; returns the answer as the Playground's page gets it. */
    async press(message: ShownMessage, name: string, inputs: Inputs = {}): Promise<unknown> {
      const button = findButton(message.cards, name);
      const { type, verb, id, title } = button.action;
      const data = dataOf(button, inputs);
      const where = { from, conversation: { id: message.conversationId }, replyToId: message.id };
      if (type === 'Action.Submit') return post('/_conversation/v1/submit', { ...where, value: data });
      const value = { action: { type, id: id ?? '', title, verb, data }, trigger: 'manual' };
      const answer = await post('/_conversation/v1/invoke', { ...where, name: 'adaptiveCard/action', value });
      return showAnswer(message, answer);
    },
    /** The next message that matches, once per message and change. A string matches text and card JSON. */
    async nextMessage(matching: Matching = () => true, timeoutMs = 40_000): Promise<ShownMessage> {
      const find = () =>
        [...shown.values()].find(
          (message) => !returned.has(`${message.id} ${message.revision}`) && matches(message, matching),
        );
      const found = await waitFor(watchers, find, timeoutMs);
      if (!found) throw new Error(`no message like ${matching}; shown: ${JSON.stringify([...shown.values()])}`);
      returned.add(`${found.id} ${found.revision}`);
      return found;
    },
    close(): void {
      socket.terminate();
    },
  };
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

function matches(message: ShownMessage, matching: Matching): boolean {
  if (typeof matching === 'function') return matching(message);
  const text = [message.text, ...message.cards.map((card) => JSON.stringify(card))].join('\n');
  return typeof matching === 'string' ? text.includes(matching) : matching.test(text);
}

function waitFor<Found>(watchers: Set<() => void>, find: () => Found | undefined, timeoutMs: number) {
  return new Promise<Found | undefined>((resolve) => {
    const finish = (found: Found | undefined) => {
      clearTimeout(timer);
      watchers.delete(look);
      resolve(found);
    };
    const look = () => {
      const found = find();
      if (found !== undefined) finish(found);
    };
    const timer = setTimeout(finish, timeoutMs, undefined);
    watchers.add(look);
    look();
  });
}
