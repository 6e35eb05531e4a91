import type { NoticeView, PlainButton } from '../cards/notice/card.ts';
import { AGAIN_VERB } from '../cards/relationship-request/view.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { isOpen, type RelationshipRequest } from '../services/relationships/relationship.ts';

const MAX_NAME_CHARS = 80;

/** What the rep who asked is told without asking: accepted, declined, expired, ended; with the next step. */
export function repNotice(request: RelationshipRequest, wording: Wording): NoticeView {
  const { say } = wording;
  const customer = plain(request.customer.name, MAX_NAME_CHARS);
  const data = { customerId: request.customer.tenantId };
  const again = { verb: AGAIN_VERB, title: say('request.again'), data: { reference: request.reference } } as const;
  switch (request.state) {
    case 'active':
      return {
        tone: 'good',
        title: say('notice.active.rep.title', { customer }),
        lines: [say('notice.active.rep.text')],
        buttons: [{ verb: 'register.start', title: say('command.register'), data }, details(request, say)],
      };
    case 'declined':
      return {
        tone: 'attention',
        title: say('notice.declined.title', { customer }),
        lines: declineLines(request, wording),
        buttons: [again, details(request, say)],
      };
    case 'ended':
      return {
        tone: 'attention',
        title: say('notice.ended.title', { customer }),
        lines: [say('notice.ended.text', { customer })],
        buttons: [again, details(request, say)],
      };
    default:
      return {
        tone: 'info',
        title: say('notice.expired.title', { customer }),
        lines: [say('notice.expired.text')],
        buttons: [again, details(request, say)],
      };
  }
}

/** The same where others read along: the way to the request, which shows itself to reps alone, and nothing else to press. */
export function channelNotice(request: RelationshipRequest, wording: Wording): NoticeView {
  return { ...repNotice(request, wording), buttons: [details(request, wording.say)] };
}

/** What an approver is told without asking: active, expired, ended. Nothing is left for them to do. */
export function approverNotice(request: RelationshipRequest, partnerName: string, { say }: Wording): NoticeView {
  const partner = plain(partnerName, MAX_NAME_CHARS);
  const buttons = [details(request, say)];
  if (request.state === 'ended') {
    const title = say('notice.ended.approver.title', { partner });
    return { tone: 'info', title, lines: [say('request.ended.approver', { partner })], buttons };
  }
  if (request.state === 'expired') {
    const title = say('notice.expired.approver.title', { partner });
    return { tone: 'info', title, lines: [say('request.expired.approver', { partner })], buttons };
  }
  const title = say('notice.active.approver.title', { partner });
  return { tone: 'good', title, lines: [say('notice.active.approver.text', { partner })], buttons };
}

/** Brings a request to mind again, or what is left to do at Microsoft; once it is settled it says that, and asks nothing. */
export function reminderNotice(request: RelationshipRequest, partnerName: string, wording: Wording): NoticeView {
  const { say } = wording;
  const values = {
    partner: plain(partnerName, MAX_NAME_CHARS),
    name: plain(request.requestedBy.name, MAX_NAME_CHARS),
    date: wording.dateTime(request.expiresAt),
  };
  if (!isOpen(request.state)) {
    const lines = [say('notice.reminder.closed.text')];
    return { tone: 'info', title: say('notice.reminder.closed'), lines, buttons: [] };
  }
  const key = request.state === 'approved' ? 'notice.reminder.step2' : 'notice.reminder';
  return {
    tone: 'info',
    title: say(`${key}.title`, values),
    lines: [say(`${key}.text`, values)],
    buttons: [{ verb: 'request.open', title: say('notice.reminder.open'), data: { reference: request.reference } }],
  };
}

/** The way back to the request's card, in whatever state it is by then; works where no link leads to a message. */
function details({ reference }: RelationshipRequest, say: Wording['say']): PlainButton {
  return { verb: 'request.open', title: say('batch.open'), data: { reference } };
}

function declineLines({ decision }: RelationshipRequest, { say }: Wording): string[] {
  if (!decision) return [];
  const lines = [say('notice.declined.text', { name: plain(decision.by.name, MAX_NAME_CHARS) })];
  if (decision.reason) lines.push(`${say('common.reason')} ${plain(decision.reason, 500)}`);
  return lines;
}
