import { type NoticeView, noticeCard } from '../cards/notice/card.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Access } from '../services/access/access.ts';
import type { Channel, Channels } from '../services/messages/channels.ts';
import { parseCommand } from './commands.ts';
import { say } from './say.ts';
import { type PressReply, type Reply, requirePersonal, type Turn } from './turn.ts';

export type NotifyDialogParts = Readonly<{ channels: Channels; access: Access }>;

const MAX_NAME_CHARS = 80;
/** Words for "here" in every language. */
const HERE: ReadonlySet<string> = new Set(['here', 'ici', 'här', 'כאן']);

/** Notices in a channel: asked for and ended in the channel itself, listed in a personal chat. Reps only. */
export function createNotifyDialog({ channels, access }: NotifyDialogParts) {
  const listed = async ({ wording }: Turn) => channelsNotice(await channels.list(), wording);

  return {
    async start(turn: Turn, rest: string): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      const { place, speaker, wording } = turn;
      const { kind, conversationId, serviceUrl } = place;
      const isShared = kind === 'channel' || kind === 'group';
      if (isShared && parseCommand(rest)?.command === 'cancel') {
        await channels.unsubscribe(conversationId);
        return [say(turn, 'chat.notify.off')];
      }
      const here = isShared ? hereOf(rest) : undefined;
      if (here) {
        const { tenantId, userId, name } = speaker;
        const where = { conversationId, serviceUrl, tenantId, locale: wording.language, timeZone: turn.timeZone };
        await channels.subscribe({ ...where, ...here, askedBy: { tenantId, userId, name } });
        if (!here.digestAt) return [say(turn, 'chat.notify.on')];
        return [say(turn, 'chat.notify.daily', { hour: here.digestAt, zone: turn.timeZone ?? 'UTC' })];
      }
      return [{ card: noticeCard(await listed(turn), wording) }];
    },

    /** No channel gets notices any more. */
    async stopAll(turn: Turn): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      requirePersonal(turn);
      await channels.unsubscribeAll(turn.speaker.tenantId);
      return { replace: noticeCard(await listed(turn), turn.wording) };
    },
  };
}

export type NotifyDialog = ReturnType<typeof createNotifyDialog>;

/** Reads what stands behind the command: "here", and the full hour for one message a day. */
function hereOf(rest: string): { digestAt?: string } | undefined {
  const [, word = '', hour] = /^(\S+)(?:\s+([01]?\d|2[0-3])(?::00)?)?$/.exec(rest.trim().toLowerCase()) ?? [];
  if (!HERE.has(word)) return undefined;
  return hour === undefined ? {} : { digestAt: `${hour.padStart(2, '0')}:00` };
}

/** Which channels get notices, and how to begin and end it. */
export function channelsNotice(channels: readonly Channel[], { say: words, date }: Wording): NoticeView {
  const lines = channels.map(({ name, askedBy, createdAt, digestAt }) =>
    words(digestAt ? 'notice.channels.daily' : 'notice.channels.line', {
      hour: digestAt ?? '',
      channel: plain(name ?? words('notice.channels.unnamed'), MAX_NAME_CHARS),
      date: date(createdAt),
      name: plain(askedBy.name, MAX_NAME_CHARS),
    }),
  );
  return {
    tone: 'info',
    title: words('notice.channels.title', { count: channels.length }),
    lines: [...lines, words('chat.notify.how')],
    buttons: channels.length > 0 ? [{ verb: 'channels.stop', title: words('notice.channels.stop') }] : [],
  };
}
