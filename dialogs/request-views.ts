import { refreshing } from '../cards/refresh.ts';
import type { ApproverView, MailText } from '../cards/relationship-request/approvers.ts';
import { type RequestView, requestCard } from '../cards/relationship-request/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import type { ListedRequest } from '../cards/requests/card.ts';
import { createWording, type Wording } from '../cards/wording/wording.ts';
import type { TenantId } from '../services/identity.ts';
import type { Message } from '../services/messages/message.ts';
import { expire, isOpen, type RelationshipRequest } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';

export type RequestViewParts = Readonly<{
  relationships: RelationshipService;
  partner: Readonly<{ tenantId: TenantId; name: string; distributorName?: string }>;
  /** Where an approver of this tenant gets the app. */
  installLink: (tenantId: TenantId) => string;
  /** True where single sign-on is set up. */
  canSignIn: boolean;
}>;

const DAY_MS = 86_400_000;

/** Relationship requests, as their cards show them. */
export function createRequestViews(parts: RequestViewParts) {
  const { relationships, partner } = parts;

  /** The mail is in English whoever reads it: the language of somebody we never met is not known. */
  function invitation(request: RelationshipRequest): MailText {
    const { say, date } = createWording('en');
    const values = {
      partner: partner.name,
      link: parts.installLink(request.customer.tenantId),
      date: date(request.expiresAt),
    };
    return {
      to: request.approvers.map(({ signInName }) => signInName).join('; '),
      subject: say('mail.subject', values),
      body: say('mail.body', { ...values, name: request.requestedBy.name }),
    };
  }

  function requestView(request: RelationshipRequest, messages: readonly Message[]): RequestView {
    const { customer, decision } = request;
    return {
      requestId: request.id,
      reference: request.reference,
      state: request.state,
      partnerName: partner.name,
      partnerTenantId: partner.tenantId,
      customer,
      requestedBy: request.requestedBy.name,
      note: request.note,
      route: request.route,
      distributorName: partner.distributorName,
      createdAt: request.createdAt,
      expiresAt: request.expiresAt,
      decidedBy: decision?.by.name,
      decidedAt: decision?.at,
      decidedRoles: decision?.roles,
      reason: decision?.reason,
      activeAt: request.activeAt,
      remindedAt: request.reminders,
      link: request.link,
      approvers: request.approvers.map(({ signInName, name, roles }) => ({
        signInName,
        name,
        roles,
        delivery: deliveryOf(request, signInName, messages),
      })),
      installLink: parts.installLink(customer.tenantId),
      mailText: invitation(request),
      canSendMail: true,
      canSignIn: parts.canSignIn,
    };
  }

  return {
    invitation,

    /** A request as lists show it. One whose time is over is shown as expired, also before anybody has looked. */
    requestRow(request: RelationshipRequest, at: Date): ListedRequest {
      return {
        reference: request.reference,
        customer: request.customer,
        state: expire(request, at).state,
        requestedBy: request.requestedBy.name,
        ageDays: Math.max(0, Math.floor((at.getTime() - request.createdAt.getTime()) / DAY_MS)),
      };
    },

    async requestCard(
      request: RelationshipRequest,
      audience: 'rep' | 'approver',
      wording: Wording,
    ): Promise<AdaptiveCard> {
      if (audience === 'approver' && isOpen(request.state)) relationships.requireOurLink(request);
      // An approver's card shows nobody else's copy, so the deliveries need not be read for it.
      const messages = audience === 'rep' ? await relationships.deliveries(request.id) : [];
      const card = requestCard(requestView(request, messages), audience, wording);
      return isOpen(request.state) ? refreshing(card, 'request.open', { reference: request.reference }) : card;
    },
  };
}

/** How one approver’s copy of a request fares; `messages` are those about the request. */
export function deliveryOf(
  request: RelationshipRequest,
  signInName: string,
  messages: readonly Message[],
): ApproverView['delivery'] {
  if (!isOpen(request.state)) return 'closed';
  const copy = messages.find(
    ({ role, recipient }) =>
      role === 'request.approver' && recipient.kind === 'person' && recipient.signInName === signInName,
  );
  if (!copy || copy.state === 'waiting') return 'not-installed';
  if (copy.state === 'undeliverable') return 'undeliverable';
  return copy.postedAt ? 'sent' : 'sending';
}
