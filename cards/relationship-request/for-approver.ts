import { button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type Fact, fact, idFact, present } from '../facts.ts';
import { MAX_NOTE_CHARS } from '../request-form/card.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { askLines } from './ask.ts';
import { decision } from './decision.ts';
import { roleLines } from './roles.ts';
import {
  APPROVE_VERB,
  CHECK_VERB,
  DECLINE_VERB,
  DELEGATE_VERB,
  MAX_REASON_CHARS,
  type RequestView,
  SIGN_IN_VERB,
} from './view.ts';

/** What an approver sees of a request: the question, then step 2, then the outcome. */
export function approverParts(view: RequestView, wording: Wording) {
  const { state, reference } = view;
  const partner = plain(view.partnerName, MAX_NAME_CHARS);
  const pending = state === 'sent';
  const approved = state === 'approved';
  return {
    ...NO_REP_PARTS,
    lines: pending
      ? [...askLines({ ...view, distributorName: distributorOf(view) }, wording), ...roleLines(view, wording)]
      : approverLines(view, wording),
    facts: askerFacts(view, wording),
    step2: approved ? [step2(view, wording)] : [],
    decline: pending ? [declinePart(reference, partner, wording)] : [],
    delegate: pending ? [delegatePart(reference, wording)] : [],
    buttons: offered(
      pending && button(wording.say('request.approve'), APPROVE_VERB, { reference }),
      approved && button(wording.say('request.check'), CHECK_VERB, { reference }),
    ),
    hasButtons: pending || approved,
    hasDelegate: pending,
    signIn: offered(view.canSignIn && button(wording.say('request.signIn'), SIGN_IN_VERB)),
    hasSignIn: pending && view.canSignIn,
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
  const lines = [...decision(view, wording), ...roleLines(view, wording)];
  if (view.state !== 'sent' && view.state !== 'approved') {
    lines.push(wording.say(`request.${view.state}.approver`, { partner }));
  }
  return lines;
}

function askerFacts(view: RequestView, wording: Wording): Fact[] {
  return present(
    fact(wording.say('common.askedBy'), `${view.requestedBy}, ${view.partnerName}`, wording, 2 * MAX_NAME_CHARS),
    idFact(wording.say('common.tenantId'), view.partnerTenantId, wording),
    view.note && fact(wording.say('common.note'), view.note, wording, MAX_NOTE_CHARS),
    view.reason && fact(wording.say('common.reason'), view.reason, wording, MAX_REASON_CHARS),
  );
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

function delegatePart(reference: string, wording: Wording) {
  return {
    label: wording.say('request.delegate'),
    nameLabel: wording.say('request.delegate.name'),
    nameExample: wording.say('request.delegate.example'),
    buttons: [{ ...button(wording.say('request.delegate.confirm'), DELEGATE_VERB, { reference }), inputs: 'auto' }],
  };
}

function declinePart(reference: string, partner: string, wording: Wording) {
  return {
    label: wording.say('request.decline'),
    reasonLabel: wording.say('request.decline.reason', { partner }),
    buttons: [{ ...button(wording.say('request.decline.confirm'), DECLINE_VERB, { reference }), inputs: 'auto' }],
  };
}
