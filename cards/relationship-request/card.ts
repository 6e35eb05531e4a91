import { z } from 'zod';
import type { SalesRoute } from '../../services/relationships/ports.ts';
import { type Button, button, offered } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { type Fact, fact, idFact, present, type Status, status } from '../facts.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { MAX_NOTE_CHARS } from '../request-form/card.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { type ApproverView, approverRows, installPart, type MailText } from './approvers.ts';
import { askLines } from './ask.ts';
import template from './template.json' with { type: 'json' };

export const APPROVE_VERB = 'relationship.approve';
export const DECLINE_VERB = 'relationship.decline';
export const CHECK_VERB = 'relationship.check';
export const WITHDRAW_VERB = 'request.withdraw';
export const OPEN_REQUEST_VERB = 'request.open';

/** Longest reason for declining, in UTF-16 units. */
export const MAX_REASON_CHARS = 500;

export type RequestStateName = 'sent' | 'approved' | 'active' | 'declined' | 'expired' | 'withdrawn' | 'ended';

export type RequestView = Readonly<{
  requestId: string;
  /** What the buttons carry: says nothing and cannot be guessed. */
  reference: string;
  state: RequestStateName;
  partnerName: string;
  partnerTenantId: string;
  customer: CustomerView;
  requestedBy: string;
  note?: string;
  route: SalesRoute;
  distributorName?: string;
  createdAt: Date;
  expiresAt: Date;
  decidedBy?: string;
  decidedAt?: Date;
  reason?: string;
  activeAt?: Date;
  /** Microsoft's page. Approvers see it once the request is approved. */
  link: string;
  approvers: readonly ApproverView[];
  /** Where an approver gets the app. */
  installLink?: string;
  mailText?: MailText;
  canSendMail: boolean;
}>;

/** Draws a request in whatever state it is in, for the rep who asked or for an approver. */
export function requestCard(view: RequestView, audience: 'rep' | 'approver', wording: Wording): AdaptiveCard {
  const forApprover = audience === 'approver';
  const title = forApprover
    ? wording.say('ask.title', { partner: plain(view.partnerName, MAX_NAME_CHARS) })
    : wording.say('request.title', { customer: plain(view.customer.name, MAX_NAME_CHARS) });
  const yours = forApprover && view.state === 'sent';
  const shown = status(
    COLORS[view.state],
    wording.say(yours ? 'request.state.sent.approver' : `request.state.${view.state}`),
  );
  const parts = forApprover ? approverParts(view, wording) : repParts(view, wording);
  return draw({ title, status: shown, ...parts }, wording, `${title}. ${shown.text}`);
}

/** Reads which request a button is about. */
export const parseRequestReference = reader({ reference: id });
/** Reads a refusal; the reason is what was typed, trimmed. */
export const parseDecline = reader({ reference: id, reason: z.string().trim().max(MAX_REASON_CHARS).default('') });

const draw = prepare(template);

const COLORS: Readonly<Record<RequestStateName, Status['color']>> = {
  sent: 'Accent',
  approved: 'Warning',
  active: 'Good',
  declined: 'Attention',
  expired: 'Default',
  withdrawn: 'Default',
  ended: 'Default',
};

function approverParts(view: RequestView, wording: Wording) {
  const { state, reference } = view;
  const partner = plain(view.partnerName, MAX_NAME_CHARS);
  const pending = state === 'sent';
  const approved = state === 'approved';
  return {
    ...NO_REP_PARTS,
    lines: pending
      ? askLines({ ...view, distributorName: distributorOf(view) }, wording)
      : approverLines(view, wording),
    facts: askerFacts(view, wording),
    step2: approved ? [step2(view, wording)] : [],
    decline: pending ? [declinePart(reference, partner, wording)] : [],
    buttons: offered(
      pending && button(wording.say('request.approve'), APPROVE_VERB, { reference }),
      approved && button(wording.say('request.check'), CHECK_VERB, { reference }),
    ),
    hasButtons: pending || approved,
  };
}

function repParts(view: RequestView, wording: Wording) {
  const buttons = repButtons(view, wording);
  const waiting = view.state === 'sent';
  return {
    lines: repLines(view, wording),
    facts: customerFacts(view, wording),
    showTimeline: true,
    timelineTitle: wording.say('request.timeline'),
    timeline: timeline(view, wording),
    approversTitle: wording.say('request.approvers'),
    approvers: approverRows(view.approvers, wording),
    showApprovers: view.approvers.length > 0,
    install: waiting ? installPart(view, wording) : [],
    step2: [],
    decline: [],
    buttons,
    hasButtons: buttons.length > 0,
  };
}

const NO_REP_PARTS = {
  showTimeline: false,
  timelineTitle: '',
  timeline: [],
  approversTitle: '',
  approvers: [],
  showApprovers: false,
  install: [],
} as const;

function distributorOf({ route, distributorName }: RequestView): string | undefined {
  return route === 'through-distributor' ? distributorName : undefined;
}

function approverLines(view: RequestView, wording: Wording): string[] {
  const partner = plain(view.partnerName, MAX_NAME_CHARS);
  const lines = decision(view, wording);
  if (view.state !== 'sent' && view.state !== 'approved') {
    lines.push(wording.say(`request.${view.state}.approver`, { partner }));
  }
  return lines;
}

function repLines(view: RequestView, wording: Wording): string[] {
  const { state } = view;
  const customer = plain(view.customer.name, MAX_NAME_CHARS);
  const lines = decision(view, wording);
  if (state === 'approved') lines.push(wording.say('request.waiting.rep'));
  if (state === 'active' || state === 'expired' || state === 'withdrawn' || state === 'ended') {
    lines.push(wording.say(`request.${state}.rep`, { customer }));
  }
  return lines;
}

function decision({ state, decidedBy, decidedAt }: RequestView, wording: Wording): string[] {
  if (!decidedBy || !decidedAt || (state !== 'approved' && state !== 'declined')) return [];
  return [
    wording.say(`request.${state}.by`, { name: plain(decidedBy, MAX_NAME_CHARS), date: wording.dateTime(decidedAt) }),
  ];
}

function askerFacts(view: RequestView, wording: Wording): Fact[] {
  return present(
    fact(wording.say('common.askedBy'), `${view.requestedBy}, ${view.partnerName}`, wording, 2 * MAX_NAME_CHARS),
    idFact(wording.say('common.tenantId'), view.partnerTenantId, wording),
    view.note && fact(wording.say('common.note'), view.note, wording, MAX_NOTE_CHARS),
    view.reason && fact(wording.say('common.reason'), view.reason, wording, MAX_REASON_CHARS),
  );
}

function customerFacts(view: RequestView, wording: Wording): Fact[] {
  return present(
    idFact(wording.say('common.domain'), view.customer.domain, wording),
    idFact(wording.say('common.tenantId'), view.customer.tenantId, wording),
    view.note && fact(wording.say('common.note'), view.note, wording, MAX_NOTE_CHARS),
    view.reason && fact(wording.say('common.reason'), view.reason, wording, MAX_REASON_CHARS),
    view.state === 'sent' && fact(wording.say('common.expiresOn'), wording.dateTime(view.expiresAt), wording),
  );
}

function timeline(view: RequestView, wording: Wording): string[] {
  const { createdAt, requestedBy, decidedAt, decidedBy, activeAt } = view;
  const lines = [
    wording.say('request.timeline.sent', {
      date: wording.dateTime(createdAt),
      name: plain(requestedBy, MAX_NAME_CHARS),
    }),
  ];
  if (decidedAt && decidedBy) {
    const name = plain(decidedBy, MAX_NAME_CHARS);
    lines.push(wording.say('request.timeline.decided', { date: wording.dateTime(decidedAt), name }));
  }
  if (activeAt) lines.push(wording.say('request.timeline.active', { date: wording.dateTime(activeAt) }));
  return lines;
}

function step2(view: RequestView, wording: Wording) {
  return {
    heading: wording.say('request.step2.title'),
    text: wording.say('request.step2.text'),
    notice: wording.say('request.step2.notice'),
    open: wording.say('request.open'),
    link: view.link,
  };
}

function declinePart(reference: string, partner: string, wording: Wording) {
  return {
    label: wording.say('request.decline'),
    reasonLabel: wording.say('request.decline.reason', { partner }),
    buttons: [{ ...button(wording.say('request.decline.confirm'), DECLINE_VERB, { reference }), inputs: 'auto' }],
  };
}

function repButtons({ state, reference, customer }: RequestView, wording: Wording): Button[] {
  const open = state === 'sent' || state === 'approved';
  const customerId = customer.tenantId;
  return offered(
    state === 'active' && button(wording.say('request.register'), 'register.start', { customerId }),
    open && button(wording.say('request.withdraw'), WITHDRAW_VERB, { reference }),
    !open && state !== 'active' && button(wording.say('command.request'), 'request.start', { customerId }),
  );
}
