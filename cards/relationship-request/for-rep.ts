import { type Button, button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type Fact, fact, idFact, present } from '../facts.ts';
import { MAX_NOTE_CHARS } from '../request-form/card.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { approverRows, installPart } from './approvers.ts';
import { decision } from './decision.ts';
import { roleLines } from './roles.ts';
import { AGAIN_VERB, MAX_REASON_CHARS, REMIND_VERB, type RequestView, WITHDRAW_VERB } from './view.ts';

/** What the rep who asked sees of a request: how far it got, with whom, and what can be done. */
export function repParts(view: RequestView, wording: Wording) {
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
    delegate: [],
    hasDelegate: false,
    signIn: [],
    hasSignIn: false,
    buttons,
    hasButtons: buttons.length > 0,
  };
}

function repLines(view: RequestView, wording: Wording): string[] {
  const { state } = view;
  const customer = plain(view.customer.name, MAX_NAME_CHARS);
  const lines = [...decision(view, wording), ...roleLines(view, wording)];
  if (state === 'approved') lines.push(wording.say('request.waiting.rep'));
  if (state === 'active' || state === 'expired' || state === 'withdrawn' || state === 'ended') {
    lines.push(wording.say(`request.${state}.rep`, { customer }));
  }
  return lines;
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

const MAX_REMINDERS_SHOWN = 3;

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
  for (const date of view.remindedAt.slice(-MAX_REMINDERS_SHOWN)) {
    lines.push(wording.say('request.timeline.reminded', { date: wording.dateTime(date) }));
  }
  if (activeAt) lines.push(wording.say('request.timeline.active', { date: wording.dateTime(activeAt) }));
  return lines;
}

function repButtons({ state, reference, customer }: RequestView, wording: Wording): Button[] {
  const open = state === 'sent' || state === 'approved';
  const customerId = customer.tenantId;
  return offered(
    state === 'active' && button(wording.say('request.register'), 'register.start', { customerId }),
    open && button(wording.say('request.remind'), REMIND_VERB, { reference }),
    open && button(wording.say('request.withdraw'), WITHDRAW_VERB, { reference }),
    !open && state !== 'active' && button(wording.say('request.again'), AGAIN_VERB, { reference }),
  );
}
