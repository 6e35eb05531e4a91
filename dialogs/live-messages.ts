import { type NoticeView, noticeCard } from '../cards/notice/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { sayCard } from '../cards/say/card.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Batch } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { BatchId, RequestId } from '../services/identity.ts';
import type { SignInTrouble } from '../services/login/sign-in-troubles.ts';
import type { Message } from '../services/messages/message.ts';
import type { RelationshipRequest } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import { signInNotice } from './sign-in-notice.ts';
import type { Views } from './views.ts';

export type LiveMessageParts = Readonly<{
  relationships: RelationshipService;
  batches: BatchService;
  views: Views;
  partnerName: string;
  findTrouble: (id: string) => Promise<SignInTrouble | undefined>;
}>;

const MAX_NAME_CHARS = 80;

/** Draws the messages that nobody asked for just now: live cards and notices, each from its subject as it is. */
export function createLiveMessages({ relationships, batches, views, partnerName, findTrouble }: LiveMessageParts) {
  async function drawRequest(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const request = await relationships.find(message.subjectId as RequestId);
    if (!request) throw new Error(`message ${message.id} has no request`);
    if (message.role === 'request.rep') return views.requestCard(request, 'rep', wording);
    if (message.role === 'request.approver') return views.requestCard(request, 'approver', wording);
    return noticeCard(
      message.role === 'request.notice-rep' ? repNotice(request, wording) : approverNotice(wording),
      wording,
    );
  }

  function repNotice(request: RelationshipRequest, wording: Wording): NoticeView {
    const { say } = wording;
    const customer = plain(request.customer.name, MAX_NAME_CHARS);
    const register = { verb: 'register.start', title: say('command.register') } as const;
    const data = { customerId: request.customer.tenantId };
    switch (request.state) {
      case 'active':
        return {
          tone: 'good',
          title: say('notice.active.rep.title', { customer }),
          lines: [say('notice.active.rep.text')],
          buttons: [{ ...register, data }],
        };
      case 'declined':
        return {
          tone: 'attention',
          title: say('notice.declined.title', { customer }),
          lines: declineLines(request, wording),
          buttons: [],
        };
      case 'ended':
        return {
          tone: 'attention',
          title: say('notice.ended.title', { customer }),
          lines: [say('notice.ended.text', { customer })],
          buttons: [{ verb: 'request.start', title: say('command.request'), data }],
        };
      default:
        return {
          tone: 'info',
          title: say('notice.expired.title', { customer }),
          lines: [say('notice.expired.text')],
          buttons: [{ verb: 'request.start', title: say('command.request'), data }],
        };
    }
  }

  function approverNotice({ say }: Wording): NoticeView {
    const partner = plain(partnerName, MAX_NAME_CHARS);
    const title = say('notice.active.approver.title', { partner });
    return { tone: 'good', title, lines: [say('notice.active.approver.text', { partner })], buttons: [] };
  }

  /** A list that was begun elsewhere; once it was sent or thrown away, the card of its batch tells the rest. */
  async function drawDraft(batch: Batch, wording: Wording): Promise<AdaptiveCard> {
    if (batch.state === 'draft') return views.listPreviewCard(batch, 1, wording);
    return sayCard({ text: wording.say('chat.listClosed') }, wording);
  }

  async function drawBatch(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const batch = await batches.find(message.subjectId as BatchId);
    if (message.role === 'batch.draft-rep') return drawDraft(batch, wording);
    if (message.role === 'batch.rep' || message.role === 'batch.channel') return views.batchCard(batch, 1, wording);
    return noticeCard(await batchNotice(batch, wording), wording);
  }

  /** Failures first; a success is one line. */
  async function batchNotice(batch: Batch, wording: Wording): Promise<NoticeView> {
    const { say } = wording;
    const counts = await batches.counts(batch.id);
    const names = { batch: plain(batch.name, MAX_NAME_CHARS), customer: plain(batch.customer.name, MAX_NAME_CHARS) };
    const registered = say('notice.batch.success', { ...names, count: counts.registered + counts.already });
    const buttons = [{ verb: 'batch.open', title: say('batch.open'), data: { batchId: batch.id } }] as const;
    if (batch.state === 'done') return { tone: 'good', title: registered, lines: [names.batch], buttons };
    if (batch.state === 'needs-human') {
      const title = say('notice.batch.attention.title', names);
      return { tone: 'attention', title, lines: await views.failureLines(batch, wording), buttons };
    }
    const failed = counts.failed + counts.unknown;
    const title = say('notice.batch.failures', { ...names, failed, total: counts.total });
    const lines = [...(await views.failureLines(batch, wording)), ...(counts.registered > 0 ? [registered] : [])];
    return { tone: 'attention', title, lines, buttons };
  }

  /** Each notice is a subject of its own, `<trouble>/<number>`; all show the trouble as it is now. */
  async function drawSignIn(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const trouble = await findTrouble(message.subjectId.replace(/\/\d+$/, ''));
    if (!trouble) throw new Error(`message ${message.id} has no trouble`);
    return noticeCard(signInNotice(trouble, wording), wording);
  }

  const draw = { request: drawRequest, batch: drawBatch, 'sign-in': drawSignIn } as const;
  return {
    draw: (message: Message, wording: Wording): Promise<AdaptiveCard> => draw[message.subjectKind](message, wording),
  };
}

function declineLines({ decision }: RelationshipRequest, { say }: Wording): string[] {
  if (!decision) return [];
  const lines = [say('notice.declined.text', { name: plain(decision.by.name, MAX_NAME_CHARS) })];
  if (decision.reason) lines.push(`${say('common.reason')} ${plain(decision.reason, 500)}`);
  return lines;
}
