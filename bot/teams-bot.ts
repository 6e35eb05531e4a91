import { ActivityTypes, type TurnContext } from 'botbuilder';
import { noticeCard } from '../cards/notice/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import type { Audience } from '../cards/welcome/reader.ts';
import { createWording } from '../cards/wording/wording.ts';
import { wordFor } from '../dialogs/commands.ts';
import type { Conversation } from '../dialogs/conversation.ts';
import type { Memory, PressReply, Reply, SignIn, Turn } from '../dialogs/turn.ts';
import { sentenceOf } from '../dialogs/wording.ts';
import type { Access } from '../services/access/access.ts';
import type { Refusals } from '../services/audit/refusals.ts';
import { ServiceError } from '../services/errors.ts';
import { isGuestName } from '../services/identity.ts';
import type { Log } from '../services/log.ts';
import type { Deciding } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import type { CardAction } from './actions/action.ts';
import { type Heard, readActivity } from './activity.ts';
import type { FileDownload } from './endpoint/file-download.ts';
import { newReference } from './endpoint/replies.ts';
import type { Lookup } from './lookups/lookup.ts';
import type { MemoryKeeper } from './memory-keeper.ts';
import type { People } from './people.ts';
import type { Redelivery } from './redelivery.ts';
import type { Refresh } from './refresh.ts';
import { createReplySender } from './reply-sender.ts';
import type { createSharedLinks } from './shared-links.ts';

export type TeamsBotParts = Readonly<{
  conversation: Conversation;
  actions: Readonly<Record<string, CardAction>>;
  /** Invokes other than presses, by their name: file consent, sign-in. */
  invokes: Readonly<Record<string, Invoke>>;
  /** Invokes that only look something up, by their name. */
  lookups: Readonly<Record<string, Lookup>>;
  /** Single sign-on for whoever speaks, where it is set up. */
  signIn?: (heard: Heard) => SignIn;
  welcome: (turn: Turn) => Promise<AdaptiveCard>;
  relationships: RelationshipService;
  access: Access;
  people: People;
  memories: MemoryKeeper;
  /** Draws a card again that asks for it by itself. */
  refresh: Refresh;
  redelivery: Redelivery;
  refusals: Refusals;
  download: FileDownload;
  /** Finds links to files in what was said. */
  sharedLinks: ReturnType<typeof createSharedLinks>;
  /** Opens somebody's own chat with the bot. */
  chatLink: string;
  log: Log;
}>;

/** Answers one kind of invoke as Teams expects it; `undefined` means that the payload is not ours. */
export type Invoke = (turn: Turn, value: unknown) => Promise<InvokeAnswer | undefined>;

/** The body of an answer, with status 200 unless told otherwise, what is said in the chat besides, and whether the message it is about goes. */
export type InvokeAnswer = Readonly<{ body?: unknown; status?: number; replies?: readonly Reply[]; remove?: boolean }>;

/** What an `adaptiveCard/action` is answered with. @see Adaptive Cards: universal action model */
type InvokeBody = Readonly<{ statusCode: number; type: string; value: unknown }>;

/** Activities in, replies out. Decides nothing: it finds out who speaks and hands over to dialogs and card actions. */
export function createTeamsBot(parts: TeamsBotParts) {
  const { conversation, actions, relationships, access, people, memories, redelivery, log } = parts;
  const { sendAll, send } = createReplySender(log);

  async function onTurn(context: TurnContext): Promise<void> {
    const heard = readActivity(context.activity);
    if (!heard) return refuseQuietly(context);
    await redelivery.once(
      heard,
      () => handle(context, heard),
      (body) => answerInvoke(context, body),
    );
  }

  /** Returns what an invoke was answered with, so that a second delivery can be answered the same way. */
  async function handle(context: TurnContext, said: Heard): Promise<unknown> {
    if (said.installation === 'remove') return void (await people.left(said));
    if (!said.installation && !HEARD_TYPES.has(said.type)) return undefined;
    const { speaker, locale, timeZone } = await people.meet(said, context);
    const heard = { ...said, locale, timeZone };
    if (heard.installation) return void (await greet(context, heard, speaker));
    if (heard.pressed?.how === 'by-itself') return void (await answerRefresh(context, heard, speaker));
    if (heard.type === ActivityTypes.Invoke && !heard.invoked) return answerPress(context, heard, speaker);
    if (heard.invoked) return answerOther(context, heard, speaker, heard.invoked);
    if (heard.type === ActivityTypes.Message) return void (await answerMessage(context, heard, speaker));
    return undefined;
  }

  async function greet(context: TurnContext, heard: Heard, speaker: Deciding): Promise<void> {
    if (heard.place.kind === 'personal') {
      const turn = openTurn(heard, speaker, {});
      await sendAll(context, [{ card: await parts.welcome(turn) }], turn.memory);
    }
    await relationships.arrived(speaker);
  }

  async function answerMessage(context: TurnContext, heard: Heard, speaker: Deciding): Promise<void> {
    await memories.with(heard, access.isPartner(speaker), async (memory) => {
      const turn = openTurn(heard, speaker, memory);
      await sendAll(context, await showingWork(context, () => repliesTo(turn, heard)), memory);
    });
  }

  async function repliesTo(turn: Turn, heard: Heard): Promise<readonly Reply[]> {
    try {
      if (heard.pressed) return asReplies(await press(turn, heard.pressed));
      const attached = heard.files.map(({ name, url, kind }) => ({
        name,
        fetch: async () => ({ name, bytes: await parts.download(url, kind) }),
      }));
      const { text, html, files: linked } = parts.sharedLinks(heard.text, heard.html);
      return await conversation.hear(turn, { text, html, files: [...attached, ...linked] });
    } catch (error) {
      await noteRefusal(error, turn, heard);
      return [refusal(error, turn)];
    }
  }

  /** An error leaves the card as it is; Teams shows nothing of it. */
  async function answerRefresh(context: TurnContext, heard: Heard, speaker: Deciding): Promise<void> {
    const { verb = '', data } = heard.pressed ?? {};
    const card = await parts.refresh(openTurn(heard, speaker, {}), verb, data);
    await answerInvoke(context, card ? cardBody(card) : NOT_REFRESHED);
  }

  /** What belongs in a personal chat comes with the way there; every other refusal is one sentence. */
  function refusal(error: unknown, turn: Turn): Reply {
    const text = explain(error, turn);
    if (!(error instanceof ServiceError) || error.code !== 'personal-chat-only') return { text };
    const link = { title: turn.wording.say('share.open'), url: parts.chatLink };
    return { card: noticeCard({ tone: 'info', title: text, lines: [], buttons: [], link }, turn.wording) };
  }

  async function answerPress(context: TurnContext, heard: Heard, speaker: Deciding): Promise<InvokeBody> {
    const body = await memories.with(heard, access.isPartner(speaker), async (memory) => {
      const turn = openTurn(heard, speaker, memory);
      try {
        const { pressed } = heard;
        const reply = pressed && (await showingWork(context, () => press(turn, pressed)));
        await sendAll(context, reply?.replies ?? [], memory);
        return bodyOf(reply, turn);
      } catch (error) {
        await noteRefusal(error, turn, heard);
        return messageBody(explain(error, turn));
      }
    });
    await answerInvoke(context, body);
    return body;
  }

  /** Errors are told below, in the chat: most invokes have no place for a sentence in their answer. */
  async function answerOther(
    context: TurnContext,
    heard: Heard,
    speaker: Deciding,
    { name, value }: NonNullable<Heard['invoked']>,
  ): Promise<unknown> {
    const lookup = Object.hasOwn(parts.lookups, name) ? parts.lookups[name] : undefined;
    if (lookup) return answerLookup(context, openTurn(heard, speaker, {}), value, lookup);
    const invoke = Object.hasOwn(parts.invokes, name) ? parts.invokes[name] : undefined;
    if (!invoke) return void (await refuseQuietly(context));
    const answer = await memories.with(heard, access.isPartner(speaker), async (memory): Promise<InvokeAnswer> => {
      const turn = openTurn(heard, speaker, memory);
      try {
        return (await invoke(turn, value)) ?? { status: 400 };
      } catch (error) {
        await noteRefusal(error, turn, heard);
        return { replies: [{ text: explain(error, turn) }] };
      }
    });
    await sendAll(context, answer.replies ?? [], {});
    if (answer.remove) await removePressed(context);
    await answerInvoke(context, answer.body, answer.status);
    return undefined; // not remembered: a second delivery is handled again
  }

  /** A card that asked has been answered. That it stays where Teams keeps it is a blemish and no more. */
  async function removePressed(context: TurnContext): Promise<void> {
    const { replyToId } = context.activity;
    if (!replyToId) return;
    await context
      .deleteActivity(replyToId)
      .catch((error: unknown) => log.info('a card could not be removed', { error }));
  }

  async function answerLookup(context: TurnContext, turn: Turn, value: unknown, lookup: Lookup): Promise<unknown> {
    const body = await lookup.answer(turn, value).catch((error: unknown) => lookup.refuse(explain(error, turn)));
    if (body === undefined) return void (await refuseQuietly(context));
    await answerInvoke(context, body);
    return body;
  }

  async function press(turn: Turn, { verb, data }: NonNullable<Heard['pressed']>): Promise<PressReply> {
    const action = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
    const reply = await action?.(turn, data);
    return reply ?? { notice: oldCard(turn) };
  }

  function openTurn(heard: Heard, speaker: Deciding, memory: Memory): Turn {
    let audience: Promise<Audience> | undefined;
    return {
      speaker,
      audience: () => {
        audience ??= audienceOf(speaker);
        return audience;
      },
      place: heard.place,
      activityId: heard.id,
      wording: createWording(heard.locale ?? 'en', heard.timeZone),
      timeZone: heard.timeZone,
      signIn: parts.signIn?.(heard),
      memory,
    };
  }

  async function audienceOf(speaker: Deciding): Promise<Audience> {
    if (!access.isPartner(speaker)) return (await relationships.isApprover(speaker)) ? 'customer' : 'stranger';
    if (isGuestName(speaker.signInName)) return 'stranger'; // belongs to another organisation
    const roles = await access.rolesOf(speaker).catch((error: unknown) => {
      log.warn('roles cannot be read', { error });
      return new Set<string>();
    });
    if (roles.has('rep')) return 'rep';
    return roles.size > 0 ? 'staff' : 'colleague';
  }

  async function noteRefusal(error: unknown, turn: Turn, { pressed, invoked }: Heard): Promise<void> {
    if (!(error instanceof ServiceError)) return;
    const tried = pressed?.verb ?? invoked?.name ?? 'message';
    await parts.refusals.note({
      who: turn.speaker,
      code: error.code,
      tried,
      data: pressed?.data,
      place: turn.place.kind,
    });
  }

  /** A sentence for the person; anything unexpected also gets a log line with the same reference. */
  function explain(error: unknown, turn: Turn): string {
    const reference = newReference();
    const level = error instanceof ServiceError ? 'info' : 'error';
    log[level]('a turn ended with an error', { reference, error });
    return sentenceOf(error, turn.wording, reference);
  }

  /** Shows that work goes on when an answer takes its time; an answer at once needs no such sign. */
  async function showingWork<T>(context: TurnContext, work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => void send(context, { type: ActivityTypes.Typing }, 1), SHOW_WORK_AFTER_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }

  return { onTurn };
}

/** Teams wants an answer, or a sign of work, within two seconds. @see Teams store validation guidelines, bots */
const SHOW_WORK_AFTER_MS = 1_000;
/** Everything else, such as members joining, says nothing we act on. */
const HEARD_TYPES: ReadonlySet<string> = new Set([ActivityTypes.Message, ActivityTypes.Invoke]);

function asReplies({ replace, notice, replies = [] }: PressReply): readonly Reply[] {
  return [...(replace ? [{ card: replace }] : []), ...(notice ? [{ text: notice }] : []), ...replies];
}

function bodyOf(reply: PressReply | undefined, turn: Turn): InvokeBody {
  if (reply?.replace) {
    return cardBody(reply.replace);
  }
  return messageBody(reply?.notice ?? (reply ? turn.wording.say('chat.seeBelow') : oldCard(turn)));
}

function oldCard({ wording }: Turn): string {
  return wording.say('chat.oldCard', { command: wordFor('help', wording) });
}

function cardBody(card: AdaptiveCard): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}

const NOT_REFRESHED: InvokeBody = {
  statusCode: 400,
  type: 'application/vnd.microsoft.error',
  value: { code: 'NotRefreshed', message: '' },
};

function messageBody(text: string): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

async function answerInvoke(context: TurnContext, body: unknown, status = 200): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status, body } });
}

/** Invokes must be answered even when nobody we could talk to sent them, or Teams sends them again. */
async function refuseQuietly(context: TurnContext): Promise<void> {
  if (context.activity.type === ActivityTypes.Invoke) await answerInvoke(context, undefined, 400);
}
