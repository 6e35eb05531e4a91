import { z } from 'zod';
import { type Activity, type Attachment, asCard, CARD_TYPE, type Card, cardsOf } from './activity.ts';
import type { Channel } from './channel.ts';
import type { Delivery } from './delivery.ts';
import { chooseCommand, type Dialog, type MessageOfSomebody, type Searched, searchExtension } from './extension.ts';
import { checkCard } from './limits.ts';
import { dataOf, datasetOf, findButton, type Inputs } from './press.ts';
import { installActivities, invokeActivity, messageActivity } from './shapes.ts';
import type { Conversation, Member, Posted } from './state.ts';

/** How long somebody waits for a message; a machine with much else to do may need long for one. */
const LONGEST_WAIT_MS = 40_000;

/** A message as one person sees it now. */
export type SeenMessage = Readonly<{
  id: string;
  from: 'bot' | 'person';
  text: string;
  /** Cards, with the replacements that only this person sees. */
  cards: readonly Card[];
  attachments: readonly Attachment[];
  /** How often it changed since it was posted, for this person. */
  revision: number;
  activity: Activity;
}>;

/** @see Send and receive files through your bot */
const CONSENT_TYPE = 'application/vnd.microsoft.teams.card.file.consent';

/** What a press did for the person who pressed. */
export type PressOutcome = Readonly<{ delivery?: Delivery }> &
  (
    | Readonly<{ kind: 'sent' | 'nothing' }>
    | Readonly<{ kind: 'card'; card: Card }>
    | Readonly<{ kind: 'message'; text: string }>
    | Readonly<{ kind: 'error'; status: number; text: string }>
    | Readonly<{ kind: 'open'; url: string }>
  );

export type Matching = string | RegExp | ((message: SeenMessage) => boolean);

/** One person's Teams client in one conversation with the bot. */
export type Client = ReturnType<typeof createClient>;

/** Makes the client of `person` in `conversation`. */
export function createClient(channel: Channel, person: Member, conversation: Conversation) {
  const overlays = new Map<string, { revision: number; cards: readonly Card[]; changes: number }>();
  const returned = new Set<string>();

  const scene = (thread?: string) => channel.scene(conversation, person, thread);

  function see({ id, from, revision, activity }: Posted): SeenMessage {
    const overlay = overlays.get(id);
    const mine = overlay?.revision === revision ? overlay : undefined;
    return {
      id,
      from,
      text: activity.text ?? '',
      cards: mine?.cards ?? cardsOf(activity),
      attachments: activity.attachments ?? [],
      revision: revision + (mine?.changes ?? 0),
      activity,
    };
  }

  async function say(text: string, options: SayOptions = {}): Promise<Delivery> {
    const { html, attachments = [], thread, ...more } = options;
    checkHeard(conversation, options);
    const rich = html === undefined ? [] : [{ contentType: 'text/html', content: html }];
    const content = { text, ...more, attachments: [...attachments, ...rich] };
    const posted = channel.state.post(conversation, 'person', { type: 'message', ...content });
    return channel.deliver(messageActivity(scene(thread), posted.id, content));
  }

  async function execute(
    message: SeenMessage,
    action: unknown,
    trigger: 'manual' | 'automatic',
  ): Promise<PressOutcome> {
    const value = { action, trigger };
    const delivery = await channel.deliver(invokeActivity(scene(), 'adaptiveCard/action', value, message.id));
    const outcome = readOutcome(delivery);
    if (outcome.kind === 'card') showMine(message, outcome.card);
    return outcome;
  }

  /** The answer to a press is shown to the person who pressed, until the bot updates the message. */
  function showMine(message: SeenMessage, card: Card): void {
    const posted = conversation.messages.find(({ id }) => id === message.id);
    if (!posted) return;
    const changes = (overlays.get(message.id)?.changes ?? 0) + 1;
    overlays.set(message.id, { revision: posted.revision, cards: [card], changes });
    channel.changed();
  }

  const seen = (): readonly SeenMessage[] => conversation.messages.map(see);

  return {
    conversationId: conversation.id,
    ...person,
    /** Everything in this conversation as this person sees it now, newest last. */
    get messages(): readonly SeenMessage[] {
      return seen();
    },
    /** Types a message and waits for the bot's HTTP answer. */
    say,
    /** Sends a file as Teams does in personal chats ("Send and receive files through your bot"). */
    async attach(fileName: string, bytes: Uint8Array, text = ''): Promise<Delivery> {
      if (conversation.type !== 'personal') throw new Error('bots get files in personal chats only');
      const file = channel.files.offer(fileName, bytes);
      return say(text, { attachments: [file] });
    },
    /** Presses a button, found by title, verb or id on the card as `message` shows it (also when it is stale). */
    async press(message: SeenMessage, name: string, inputs: Inputs = {}): Promise<PressOutcome> {
      const button = findButton(message.cards, name);
      const { type, id, verb, url, title } = button.action;
      if (type === 'Action.OpenUrl') return { kind: 'open', url: url ?? '' };
      if (type !== 'Action.Execute' && type !== 'Action.Submit') return { kind: 'nothing' };
      const data = dataOf(button, inputs);
      if (type === 'Action.Execute') return execute(message, { type, id: id ?? '', title, verb, data }, 'manual');
      const submitted = messageActivity(scene(), channel.state.newId(), { value: data, replyToId: message.id });
      const delivery = await channel.deliver(submitted);
      return delivery.status < 300 ? { kind: 'sent', delivery } : readOutcome(delivery);
    },
    /**
     * Types into a list on a card that searches, and returns the choices the bot gives; `skip` scrolls on.
     *
     * @see Typeahead search in Adaptive Cards
     */
    async typeInto(message: SeenMessage, inputId: string, queryText: string, skip = 0): Promise<readonly Choice[]> {
      const dataset = datasetOf(message.cards, inputId);
      const value = { queryText, queryOptions: { skip, top: MAX_CHOICES }, dataset };
      const { body } = await channel.deliver(invokeActivity(scene(), 'application/search', value, message.id));
      const { results } = searchAnswer.parse(body).value;
      if (results.length > MAX_CHOICES) throw new Error(`Teams shows ${MAX_CHOICES} choices, not ${results.length}`);
      return results;
    },
    /** Searches in the bot's message extension; without words as when it is opened. */
    searchExtension: (commandId: string, typed?: string, skip?: number): Promise<Searched> =>
      searchExtension(channel, scene(), { commandId, typed, skip }),
    /** Chooses a command of the bot's in the menu of a message that somebody wrote here. */
    chooseCommand: (commandId: string, message?: MessageOfSomebody): Promise<Dialog> =>
      chooseCommand(channel, scene(), commandId, message),
    /** Answers a file consent card: Teams opens an upload session and tells the bot. */
    async answerFile(message: SeenMessage, action: 'accept' | 'decline', change: object = {}): Promise<Delivery> {
      const asked = message.attachments.find(({ contentType }) => contentType === CONSENT_TYPE);
      const { acceptContext, declineContext } = asCard(asked?.content) ?? {};
      const uploadInfo = channel.files.session(asked?.name ?? '');
      const value =
        action === 'accept'
          ? { type: 'fileUpload', action, context: acceptContext, uploadInfo: { ...uploadInfo, ...change } }
          : { type: 'fileUpload', action, context: declineContext };
      return channel.deliver(invokeActivity(scene(), 'fileConsent/invoke', value, message.id));
    },
    /** Displays a message: a card whose `refresh` names this person asks the bot for its newest view. */
    async view(message: SeenMessage): Promise<PressOutcome> {
      const refresh = asCard(message.cards[0]?.refresh);
      const users = refresh?.userIds;
      const mine = refresh !== undefined && (!Array.isArray(users) || users.includes(person.mri));
      return mine ? execute(message, refresh.action, 'automatic') : { kind: 'nothing' };
    },
    /**
     * The next message of the bot that matches, once per message and change; one already there counts if it was not
     * returned before. A string matches inside the text or the card's JSON.
     */
    async nextMessage({ matching = () => true, timeoutMs = LONGEST_WAIT_MS }: NextOptions = {}): Promise<SeenMessage> {
      const find = () => {
        const fresh = seen().filter(({ id, revision }) => !returned.has(`${id} ${revision}`));
        return fresh.find((message) => message.from === 'bot' && matches(message, matching));
      };
      const found = await channel.waitFor(find, timeoutMs);
      if (!found) throw new Error(`${person.name} saw no message like ${matching}; sees: ${describe(seen())}`);
      returned.add(`${found.id} ${found.revision}`);
      return found;
    },
    /** Installs the app: the bot hears of it and may write. */
    async install(): Promise<readonly Delivery[]> {
      conversation.installed = true;
      return channel.deliverAll(installActivities(scene(), channel.state.newId(), 'add'));
    },
    async uninstall(): Promise<readonly Delivery[]> {
      conversation.installed = false;
      return channel.deliverAll(installActivities(scene(), channel.state.newId(), 'remove'));
    },
    block(): void {
      conversation.blocked = true;
    },
    unblock(): void {
      conversation.blocked = false;
    },
    /** Sends a message of this person as changed by `change`, for what no client would send. */
    async sendRaw(change: (activity: Activity) => Activity, token?: string | null): Promise<Delivery> {
      return channel.deliver(change(messageActivity(scene(), channel.state.newId(), { text: '' })), token);
    },
  };
}

/** @see Typeahead search in Adaptive Cards: options in the dropdown */
const MAX_CHOICES = 15;

const searchAnswer = z.object({
  type: z.literal('application/vnd.microsoft.search.searchResponse'),
  value: z.object({ results: z.array(z.object({ title: z.string(), value: z.string() })) }),
});

export type Choice = Readonly<{ title: string; value: string }>;

export type SayOptions = Readonly<{
  /** The rich form, as Teams adds it as a `text/html` attachment. */
  html?: string;
  attachments?: readonly Attachment[];
  /** Channel thread to answer in: the id of its first message. */
  thread?: string;
  entities?: Activity['entities'];
}>;

export type NextOptions = Readonly<{ matching?: Matching; timeoutMs?: number }>;

/** Bots hear people once installed, and in groups and channels only when mentioned ("Channel and group conversations"). */
function checkHeard({ installed, type }: Conversation, { entities }: SayOptions): void {
  if (!installed) throw new Error('the app is not installed here');
  const mentioned = entities?.some((entity) => entity.type === 'mention') ?? false;
  if (type !== 'personal' && !mentioned)
    throw new Error('a bot hears only messages that mention it here: use mention()');
}

function matches(message: SeenMessage, matching: Matching): boolean {
  if (typeof matching === 'function') return matching(message);
  const text = [
    message.text,
    ...message.cards.map((card) => JSON.stringify(card)),
    // Cards as they are shown by now; an answered press replaced what was sent.
    JSON.stringify(message.attachments.filter(({ contentType }) => contentType !== CARD_TYPE)),
  ].join('\n');
  return typeof matching === 'string' ? text.includes(matching) : matching.test(text);
}

function describe(messages: readonly SeenMessage[]): string {
  return messages.map(({ from, text, cards }) => `${from}: ${text || JSON.stringify(cards).slice(0, 300)}`).join(' | ');
}

/** Reads the invoke response as a client does (Adaptive Cards, Universal Action Model: response format). */
function readOutcome(delivery: Delivery): PressOutcome {
  const body = asCard(delivery.body);
  const status = Number(body?.statusCode ?? delivery.status);
  const { type, value } = body ?? {};
  const failed = (text: string): PressOutcome => ({ kind: 'error', status, text, delivery });
  if (delivery.status !== 200 || status !== 200) return failed(String(asCard(value)?.message ?? 'Unable to reach app'));
  if (type === 'application/vnd.microsoft.activity.message') return { kind: 'message', text: String(value), delivery };
  const card = asCard(value);
  if (type !== CARD_TYPE || !card) return failed('The answer is neither card nor message.');
  const refused = checkCard(card);
  return refused ? failed(refused.message) : { kind: 'card', card, delivery };
}
