import { setTimeout as sleep } from 'node:timers/promises';
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import type { FileOffer, Live, Memory, Reply, SavedFile } from '../dialogs/turn.ts';
import type { Log } from '../services/log.ts';
import { cardActivity, outcomeOf } from './announcer.ts';

/** Says what a turn is answered with, in its conversation. */
export function createReplySender(log: Log) {
  async function sendAll(context: TurnContext, replies: readonly Reply[], memory: Memory): Promise<void> {
    for (const reply of replies) {
      const messageId = await send(context, activityOf(reply));
      if ('live' in reply && reply.live && messageId) await takeOver(context, { memory, messageId, ...reply.live });
    }
  }

  /** Closes the card that showed this thing until now. That it stays as it was is a blemish: it decides nothing. */
  async function takeOver(
    context: TurnContext,
    { memory, messageId, thing, closed }: Live & Readonly<{ memory: Memory; messageId: string }>,
  ): Promise<void> {
    const before = memory.live;
    memory.live = { thing, messageId };
    if (before?.thing !== thing) return;
    await context
      .updateActivity({ ...cardActivity(closed), id: before.messageId })
      .catch((error: unknown) => log.info('an older card could not be closed', { error }));
  }

  /** What was decided is stored by now: a reply Teams does not take must not make Teams deliver the turn again. */
  async function send(
    context: TurnContext,
    activity: Partial<Activity>,
    attempts = REPLY_ATTEMPTS,
  ): Promise<string | undefined> {
    try {
      return (await context.sendActivity(activity))?.id;
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.kind === 'later' && attempts > 1) {
        await sleep(Math.min(outcome.retryAfterMs, LONGEST_REPLY_WAIT_MS));
        return send(context, activity, attempts - 1);
      }
      log.warn('a reply could not be sent', { type: activity.type, error });
      return undefined;
    }
  }

  return { sendAll, send };
}

/** A throttled reply is certainly not sent, so it is tried again; within the time Teams waits for the turn. */
const REPLY_ATTEMPTS = 4;
const LONGEST_REPLY_WAIT_MS = 3_000;

function activityOf(reply: Reply): Partial<Activity> {
  if ('card' in reply) return cardActivity(reply.card);
  if ('signIn' in reply) return signInActivity(reply.signIn);
  if ('offer' in reply) return offerActivity(reply.offer);
  if ('saved' in reply) return savedActivity(reply.saved);
  return { type: ActivityTypes.Message, text: reply.text };
}

/** @see Teams platform: Send and receive files with a bot, file consent card */
function offerActivity({ name, description, sizeInBytes, context }: FileOffer): Partial<Activity> {
  const content = { description, sizeInBytes, acceptContext: context, declineContext: context };
  return {
    type: ActivityTypes.Message,
    attachments: [{ contentType: 'application/vnd.microsoft.teams.card.file.consent', name, content }],
  };
}

/** @see Teams platform: Send and receive files with a bot, file info card */
function savedActivity({ contentUrl, name, uniqueId, fileType }: SavedFile): Partial<Activity> {
  const contentType = 'application/vnd.microsoft.teams.card.file.info';
  return {
    type: ActivityTypes.Message,
    attachments: [{ contentType, contentUrl, name, content: { uniqueId, fileType } }],
  };
}

/** @see Bot Framework: OAuth card */
function signInActivity({ text, button, link, connectionName, exchange }: SignInCard): Partial<Activity> {
  const content = {
    text,
    connectionName,
    ...(exchange && { tokenExchangeResource: exchange }),
    buttons: [{ type: 'signin', title: button, value: link }],
  };
  return {
    type: ActivityTypes.Message,
    summary: text,
    attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }],
  };
}

type SignInCard = Extract<Reply, { signIn: unknown }>['signIn'];
