import { type NoticeView, noticeCard, type PlainButton } from '../cards/notice/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { sayCard } from '../cards/say/card.ts';
import { STOP_DEVICE_NOTICES_VERB } from '../cards/settings/card.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Alarm } from '../services/audit/alarms.ts';
import type { Batch } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { GivenUp } from '../services/events/event-store.ts';
import type { BatchId, RequestId } from '../services/identity.ts';
import type { SignInTrouble } from '../services/login/sign-in-troubles.ts';
import type { DigestItem } from '../services/messages/digests.ts';
import type { Message } from '../services/messages/message.ts';
import type { Examination } from '../services/operation/examinations.ts';
import type { ApplicationService } from '../services/profiles/application-service.ts';
import { isOpen, type RelationshipRequest } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import { requestOfReminder } from '../services/relationships/reminders.ts';
import { alarmNotice } from './alarm-notice.ts';
import { customerDigest, type Digest, type DigestBatch, digestNotice } from './digest-notice.ts';
import { examinationCard } from './doctor-dialog.ts';
import { givenUpNotice } from './events-notice.ts';
import type { RemovalViews } from './removal-views.ts';
import { approverNotice, channelNotice, reminderNotice, repNotice } from './request-notices.ts';
import { signInNotice } from './sign-in-notice.ts';
import type { Views } from './views.ts';

export type LiveMessageParts = Readonly<{
  relationships: RelationshipService;
  batches: BatchService;
  applications: ApplicationService;
  views: Views;
  removalViews: Pick<RemovalViews, 'removalMessage'>;
  partnerName: string;
  /** The way from a notice back to its card, where Teams has a link to that. */
  linkToCard: (notice: Message) => Promise<string | undefined>;
  /** What stands in a digest. */
  digestItems: (id: string) => Promise<readonly DigestItem[]>;
  findTrouble: (id: string) => Promise<SignInTrouble | undefined>;
  /** The ticket system's host, and what it did not take on a day; absent where there is none. */
  ticketSystem?: Readonly<{ host: string; givenUpOn: (day: string) => Promise<GivenUp> }>;
  findExamination: (id: string) => Promise<Examination | undefined>;
  findAlarm: (id: string) => Promise<Alarm | undefined>;
}>;

const MAX_NAME_CHARS = 80;

/** Draws the messages that nobody asked for just now: live cards and notices, each from its subject as it is. */
export function createLiveMessages(parts: LiveMessageParts) {
  const { relationships, batches, applications, views, partnerName, findTrouble, linkToCard } = parts;

  async function requestOf(message: Message): Promise<RelationshipRequest> {
    const id = message.subjectKind === 'reminder' ? requestOfReminder(message.subjectId) : message.subjectId;
    const request = await relationships.find(id as RequestId);
    if (!request) throw new Error(`message ${message.id} has no request`);
    return request;
  }

  async function drawRequest(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const request = await requestOf(message);
    switch (message.role) {
      case 'request.rep':
        return views.requestCard(request, 'rep', wording);
      case 'request.approver':
        return views.requestCard(request, 'approver', wording);
      case 'request.notice-channel':
      case 'request.ended-channel':
        return noticeCard(channelNotice(request, wording), wording);
      case 'request.notice-approver':
      case 'request.ended-approver':
        return noticeCard(approverNotice(request, partnerName, wording), wording);
      default:
        return noticeCard(repNotice(request, wording), wording);
    }
  }

  /** A reminder that still waits for the reader's working hours is not sent once there is nothing left to remind of. */
  async function drawReminder(message: Message, wording: Wording): Promise<AdaptiveCard | undefined> {
    const request = await requestOf(message);
    if (!message.postedAt && !isOpen(request.state)) return undefined;
    return noticeCard(reminderNotice(request, partnerName, wording), wording);
  }

  /** A list that was begun elsewhere; once it was sent or thrown away, the card of its batch tells the rest. */
  async function drawDraft(batch: Batch, wording: Wording): Promise<AdaptiveCard> {
    if (batch.state === 'draft') return views.listPreviewCard(batch, 1, wording);
    return sayCard({ text: wording.say('chat.listClosed') }, wording);
  }

  async function drawBatch(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const batch = await batches.find(message.subjectId as BatchId);
    if (message.role === 'batch.draft-rep') return drawDraft(batch, wording);
    if (message.role === 'batch.notice-customer') return noticeCard(await customerNotice(batch, wording), wording);
    if (message.role === 'batch.rep') return views.ownBatchCard(batch, 1, wording);
    if (message.role === 'batch.channel') return views.batchCard(batch, 1, wording);
    const url = await linkToCard(message);
    const link = url ? { title: wording.say('notice.toCard'), url } : undefined;
    return noticeCard({ ...(await batchNotice(batch, wording)), link }, wording);
  }

  /** For whoever approved: that it has come to something. What failed is the partner's to mend, and is not told here. */
  async function customerNotice(batch: Batch, { say }: Pick<Wording, 'say'>): Promise<NoticeView> {
    const { registered } = await batches.counts(batch.id);
    const names = { partner: plain(partnerName, MAX_NAME_CHARS), batch: plain(batch.name, MAX_NAME_CHARS) };
    return {
      tone: 'good',
      title: say('notice.customer.title', { count: registered }),
      lines: [say('notice.customer.text', names)],
      buttons: [stopButton({ say })],
    };
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

  /**
   * Each notice is a subject of its own, `<trouble>/<number>`; all show the trouble as it is now. One that waited for the
   * end of quiet hours until the trouble was over is not sent: the notice that it works again says it all.
   */
  async function drawSignIn(message: Message, wording: Wording): Promise<AdaptiveCard | undefined> {
    const trouble = await findTrouble(message.subjectId.replace(/\/\d+$/, ''));
    if (!trouble) throw new Error(`message ${message.id} has no trouble`);
    if (message.role === 'sign-in.parked' && trouble.endedAt && !message.postedAt) return undefined;
    return noticeCard(signInNotice(trouble, wording), wording);
  }

  /** One that was forgotten meanwhile has nothing left to say. */
  async function drawExamination(message: Message, wording: Wording): Promise<AdaptiveCard | undefined> {
    const examination = await parts.findExamination(message.subjectId);
    return examination && examinationCard(examination, wording);
  }

  async function drawAlarm(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const alarm = await parts.findAlarm(message.subjectId);
    if (!alarm) throw new Error(`message ${message.id} has no alarm`);
    return noticeCard(alarmNotice(alarm, wording), wording);
  }

  /** What became of a profile on the devices of a batch; failures are named one by one on the batch's card. */
  async function drawProfile(message: Message, wording: Wording): Promise<AdaptiveCard> {
    const application = await applications.find(message.subjectId);
    if (!application) throw new Error(`message ${message.id} has no application`);
    const batch = await batches.find(application.batchId);
    const counted = await applications.counts(batch.id);
    const isGood = counted.every(({ counts }) => counts.failed + counts.unknown === 0);
    const title = wording.say(isGood ? 'notice.profile.applied' : 'notice.profile.notAll', {
      name: plain(application.profile.name, MAX_NAME_CHARS),
      batch: plain(batch.name, MAX_NAME_CHARS),
    });
    const lines = isGood ? [] : [wording.say('notice.profile.look')];
    const buttons = [{ verb: 'batch.open', title: wording.say('batch.open'), data: { batchId: batch.id } }] as const;
    const tone = isGood ? 'good' : 'attention';
    return noticeCard(
      { tone, title, lines: [...(await views.profileLines(batch, wording)), ...lines], buttons },
      wording,
    );
  }

  /** All that was given up on one day, as far as it is known now. */
  async function drawEvents({ subjectId }: Message, wording: Wording): Promise<AdaptiveCard | undefined> {
    const { ticketSystem } = parts;
    if (!ticketSystem) return undefined;
    const view = givenUpNotice(await ticketSystem.givenUpOn(subjectId), ticketSystem.host, wording);
    return view && noticeCard(view, wording);
  }

  /** A day's news, drawn from the batches as they are when it leaves. */
  async function drawDigest({ subjectId, role }: Message, wording: Wording): Promise<AdaptiveCard | undefined> {
    const digest = await readDigest(await parts.digestItems(subjectId));
    const view =
      role === 'digest.customer'
        ? customerDigest(digest, { partner: partnerName, stop: stopButton(wording) }, wording)
        : digestNotice(digest, wording);
    return view && noticeCard(view, wording);
  }

  async function readDigest(items: readonly DigestItem[]): Promise<Digest> {
    const found: { batches: DigestBatch[]; profiles: { name: string; batch: string }[] } = {
      batches: [],
      profiles: [],
    };
    for (const { kind, id } of items) {
      if (kind === 'batch') found.batches.push(await digestBatch(await batches.find(id as BatchId)));
      const application = kind === 'profile' ? await applications.find(id) : undefined;
      if (!application) continue;
      const batch = await batches.find(application.batchId);
      found.profiles.push({ name: application.profile.name, batch: batch.name });
    }
    return found;
  }

  async function digestBatch({ id, name, customer, state }: Batch): Promise<DigestBatch> {
    const { total, registered, already, failed, unknown } = await batches.counts(id);
    return {
      ...{ batchId: id, name, customer: customer.name, total },
      isGood: state === 'done',
      needsHuman: state === 'needs-human',
      registered: registered + already,
      failed: failed + unknown,
    };
  }

  const draw = {
    request: drawRequest,
    reminder: drawReminder,
    batch: drawBatch,
    profile: drawProfile,
    removal: (message: Message, wording: Wording) => parts.removalViews.removalMessage(message, wording),
    'sign-in': drawSignIn,
    events: drawEvents,
    examination: drawExamination,
    alarm: drawAlarm,
    digest: drawDigest,
  } as const;
  return {
    /** @returns `undefined` when there is nothing left to say. */
    draw: (message: Message, wording: Wording): Promise<AdaptiveCard | undefined> =>
      draw[message.subjectKind](message, wording),
  };
}

function stopButton({ say }: Pick<Wording, 'say'>): PlainButton {
  return { verb: STOP_DEVICE_NOTICES_VERB, title: say('notice.customer.stop') };
}
