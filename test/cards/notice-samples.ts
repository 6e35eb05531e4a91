import { noticeCard } from '../../cards/notice/card.ts';
import type { Wording } from '../../cards/wording/wording.ts';
import { customerDigest, type DigestBatch, digestNotice } from '../../dialogs/digest-notice.ts';
import { givenUpNotice } from '../../dialogs/events-notice.ts';
import { channelsNotice } from '../../dialogs/notify-dialog.ts';
import { approverNotice, reminderNotice, repNotice } from '../../dialogs/request-notices.ts';
import type { RequestId, TenantId, UserId } from '../../services/identity.ts';
import type { Channel } from '../../services/messages/channels.ts';
import type { RelationshipRequest, RequestState } from '../../services/relationships/relationship.ts';
import { CUSTOMER, LINK, PARTNER } from './people.ts';

const ANNA = { tenantId: CUSTOMER.tenantId as TenantId, userId: 'anna' as UserId, name: 'Anna Berg' };
const SENT = new Date('2026-11-16T08:15:00Z');

function aRequest(state: RequestState): RelationshipRequest {
  return {
    id: 'q1' as RequestId,
    reference: 'k3J9x0Qm2w',
    customer: { ...CUSTOMER, tenantId: CUSTOMER.tenantId as TenantId },
    route: 'direct',
    link: LINK,
    requestedBy: { tenantId: 'partner' as TenantId, userId: 'ida' as UserId, name: 'Ida Nyström' },
    approvers: [{ signInName: 'anna@contoso.com', userId: ANNA.userId }],
    state,
    createdAt: SENT,
    expiresAt: new Date('2026-12-16T08:15:00Z'),
    reminders: [],
    version: 1,
    ...(state === 'declined' && {
      decision: { decision: 'decline', by: ANNA, at: SENT, reason: 'We register our devices ourselves.' } as const,
    }),
  };
}

const CHANNEL: Channel = {
  conversationId: '19:channel@thread.v2',
  tenantId: 'partner' as TenantId,
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  name: 'Autopilot Malmö',
  locale: 'sv',
  askedBy: { tenantId: 'partner' as TenantId, userId: 'ida' as UserId, name: 'Ida Nyström' },
  createdAt: SENT,
};

/** A batch of a digest, in which so many devices were refused. */
function aBatch(name: string, registered: number, failed = 0): DigestBatch {
  const counts = { total: registered + failed, registered, failed };
  return { batchId: 'b1', name, customer: CUSTOMER.name, isGood: failed === 0, needsHuman: false, ...counts };
}

/** Digests: a good day, a mixed one, one of many batches, and the customer's. */
const DIGEST_SAMPLES = [
  { name: 'good', batches: [aBatch('Malmö 2026-11', 40), aBatch('Order 4711', 1)] },
  {
    name: 'with failures',
    batches: [aBatch('Order 4711', 12), aBatch('Malmö 2026-11', 38, 2), { ...aBatch('Malmö', 0, 3), needsHuman: true }],
    profiles: [{ name: 'Standard', batch: 'Order 4711' }],
  },
  { name: 'many', batches: Array.from({ length: 24 }, (_, n) => aBatch(`Malmö 2026-${n + 10}`, n + 1)) },
].map(({ name, batches, profiles = [] }) => ({
  name: `digest, ${name}`,
  draw(wording: Wording) {
    const view = digestNotice({ batches, profiles }, wording);
    if (!view) throw new Error('an empty digest');
    return noticeCard(view, wording);
  },
}));

/** Every notice about a request, to the rep and to approvers, and which channels get them. */
export const NOTICE_SAMPLES = [
  ...(['active', 'declined', 'expired', 'ended'] as const).map((state) => ({
    name: `notice to the rep, ${state}`,
    draw: (wording: Wording) => noticeCard(repNotice(aRequest(state), wording), wording),
  })),
  ...(['active', 'expired', 'ended'] as const).map((state) => ({
    name: `notice to the approver, ${state}`,
    draw: (wording: Wording) => noticeCard(approverNotice(aRequest(state), PARTNER, wording), wording),
  })),
  {
    name: 'channels that get notices',
    draw: (wording: Wording) =>
      noticeCard(channelsNotice([CHANNEL, { ...CHANNEL, name: undefined, digestAt: '08:00' }], wording), wording),
  },
  ...DIGEST_SAMPLES,
  {
    name: 'digest to the customer',
    draw(wording: Wording) {
      const stop = { verb: 'settings.stop-device-notices', title: wording.say('notice.customer.stop') } as const;
      const batches = [aBatch('Malmö 2026-11', 40, 2), aBatch('Order 4711', 1)];
      const view = customerDigest({ batches, profiles: [] }, { partner: PARTNER, stop }, wording);
      if (!view) throw new Error('an empty digest');
      return noticeCard(view, wording);
    },
  },
  ...['status 503', 'no answer'].map((problem) => ({
    name: `notice events given up, ${problem}`,
    draw(wording: Wording) {
      const types = [{ type: 'batch.finished', count: problem === 'no answer' ? 1 : 3 }];
      const given = {
        types: problem === 'no answer' ? types : [...types, { type: 'request.approved', count: 1 }],
        problem,
      };
      const view = givenUpNotice(given, 'tickets.northwind.example', wording);
      if (!view) throw new Error('nothing was given up');
      return noticeCard(view, wording);
    },
  })),
  { name: 'channels, none', draw: (wording: Wording) => noticeCard(channelsNotice([], wording), wording) },
  ...(['sent', 'approved', 'declined'] as const).map((state) => ({
    name: `reminder, ${state}`,
    draw: (wording: Wording) => noticeCard(reminderNotice(aRequest(state), PARTNER, wording), wording),
  })),
];
