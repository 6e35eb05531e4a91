import { button } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { status } from '../facts.ts';
import { MAX_ROWS, type Pages, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { REQUEST_COLORS, type RequestStateName } from '../relationship-request/view.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, inDirection } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const REQUESTS_PAGE_VERB = 'requests.page';

export type ListedRequest = Readonly<{
  reference: string;
  customer: CustomerView;
  state: RequestStateName;
  requestedBy: string;
  /** Whole days since it was sent. */
  ageDays: number;
}>;

export type RequestsView = Pages & Readonly<{ requests: readonly ListedRequest[] }>;

/** Lists relationship requests as given, open ones first, with their age and where they stand. */
export function requestsCard(view: RequestsView, wording: Wording): AdaptiveCard {
  const title = wording.say('requests.title');
  const requests = view.requests.slice(0, MAX_ROWS).map((each) => row(each, wording));
  const none = requests.length === 0 ? [wording.say('requests.none')] : [];
  const pages = pageButtons(view, REQUESTS_PAGE_VERB, {}, wording);
  const buttons = [button(wording.say('command.request'), 'request.start')];
  return draw({ title, none, requests, page: pageLine(view, wording), ...pageRow(pages), buttons }, wording, title);
}

/** Reads which page to show. */
export const parseRequestsPage = reader({ page: pageNumber });

const draw = prepare(template);

function row({ reference, customer, state, requestedBy, ageDays }: ListedRequest, wording: Wording) {
  const name = bare(customer.name, MAX_NAME_CHARS);
  return {
    name,
    domain: inDirection(bare(customer.domain, 120), wording.rtl),
    status: status(REQUEST_COLORS[state], wording.say(`request.state.${state}`)),
    line: wording.say('requests.age', { days: ageDays, name: bare(requestedBy, MAX_NAME_CHARS) }),
    buttons: [{ ...button(wording.say('batch.open'), 'request.open', { reference }), tooltip: name }],
  };
}
