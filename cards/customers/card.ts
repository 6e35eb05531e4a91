import { z } from 'zod';
import { type Button, type ButtonData, button } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { type Status, status } from '../facts.ts';
import { id, MAX_ROWS, type Pages, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, inDirection, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const CUSTOMERS_PAGE_VERB = 'customers.page';

/** Longest name somebody may look for, in UTF-16 units. */
const MAX_QUERY_CHARS = 100;

export type ListedCustomer = CustomerView &
  Readonly<{
    relationship: 'active' | 'waiting' | 'ended';
    since?: Date;
    /** Reference of a request that is still open. */
    openRequest?: string;
  }>;

export type CustomersView = Pages & Readonly<{ customers: readonly ListedCustomer[]; query?: string }>;

/** Lists customers with where the relationship stands and the one thing to do next. */
export function customersCard(view: CustomersView, wording: Wording): AdaptiveCard {
  const title = view.query
    ? wording.say('customers.found', { query: plain(view.query, MAX_QUERY_CHARS) })
    : wording.say('customers.title');
  const customers = view.customers.slice(0, MAX_ROWS).map((each) => row(each, wording));
  const query: ButtonData = view.query ? { query: bare(view.query, MAX_QUERY_CHARS) } : {};
  const pages = pageButtons(view, CUSTOMERS_PAGE_VERB, query, wording);
  const buttons = [button(wording.say('command.request'), 'request.start')];
  const none = customers.length === 0 ? [wording.say('customers.none')] : [];
  return draw({ title, none, customers, page: pageLine(view, wording), ...pageRow(pages), buttons }, wording, title);
}

/** Reads which page of which search to show. */
export const parseCustomersPage = reader({ page: pageNumber, query: z.string().max(MAX_QUERY_CHARS).optional() });
/** Reads a wish to register devices, for a certain customer or for one yet to be chosen. */
export const parseStartRegistering = reader({ customerId: id.optional() });

const draw = prepare(template);

function row(customer: ListedCustomer, wording: Wording) {
  const domain = bare(customer.domain, 120);
  return {
    name: bare(customer.name, MAX_NAME_CHARS),
    domain: inDirection(domain, wording.rtl),
    status: relationshipStatus(customer, wording),
    buttons: next(customer, wording),
  };
}

/** Where the relationship with a customer stands. */
export function relationshipStatus({ relationship, since }: ListedCustomer, wording: Wording): Status {
  if (relationship === 'waiting') return status('Warning', wording.say('customers.waiting'));
  if (relationship === 'ended') return status('Default', wording.say('customers.ended'));
  return status(
    'Good',
    since ? wording.say('customers.active.since', { date: wording.date(since) }) : wording.say('customers.active'),
  );
}

type DescribedButton = Button & Readonly<{ tooltip: string }>;

/** Titles stay short because a row is narrow; the tooltip names the customer for who cannot see the row. */
function next({ tenantId, name, relationship, openRequest }: ListedCustomer, wording: Wording): DescribedButton[] {
  const values = { name: bare(name, MAX_NAME_CHARS) };
  const described = (made: Button, tooltip: string): DescribedButton => ({ ...made, tooltip });
  if (openRequest && relationship !== 'active') {
    return [described(button(wording.say('batch.open'), 'request.open', { reference: openRequest }), values.name)];
  }
  const data = { customerId: tenantId };
  if (relationship === 'active') {
    const made = button(wording.say('command.register'), 'register.start', data);
    const profiles = button(wording.say('command.profiles'), 'profiles.list', data);
    return [
      described(made, wording.say('customers.register', values)),
      described(profiles, wording.say('customers.profiles', values)),
    ];
  }
  const made = button(wording.say('command.request'), 'request.start', data);
  return [described(made, wording.say('customers.request', values))];
}
