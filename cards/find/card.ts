import { type Button, button, inputButton } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { type Status, status } from '../facts.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, inDirection, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const FIND_VERB = 'devices.find';

/** Most customers offered in the list of places to look; who has more types a name. */
const MAX_CUSTOMERS = 25;
/** Longest text of what is looked for, in UTF-16 units: enough for what is looked for at once. */
const MAX_QUERY_CHARS = 1_000;

/** Most devices on one card; each has a button and up to four lines. */
const MAX_FOUND = 15;

/** What became of one device, or that it is not there. */
export type Whereabouts =
  | 'registered'
  | 'before'
  | 'refused'
  | 'open'
  | 'unknown'
  | 'atPartnerCenter'
  | 'removed'
  | 'absent';

export type FindRow = Readonly<{
  identifier: string;
  whereabouts: Whereabouts;
  /** Sentences of the catalogue; what people typed went through `bare` on the way in. */
  lines: readonly string[];
  buttons: readonly Button[];
}>;

export type FindView = Readonly<{
  query: string;
  /** Customers whose devices can be looked for in Partner Center itself. */
  customers: readonly CustomerView[];
  moreCustomers: boolean;
  /** The customer looked at; absent for everything Tarmac sent. */
  customerId?: string;
  maxKeys: number;
  rows: readonly FindRow[];
  /** What has to be said about the search as a whole. */
  notes: readonly string[];
}>;

/** A form to look for devices, and below it where they are. */
export function findCard(view: FindView, wording: Wording): AdaptiveCard {
  const title = wording.say('find.title');
  const rows = view.rows.slice(0, MAX_FOUND).map((each) => row(each, wording));
  return draw(
    {
      title,
      query: bare(view.query, MAX_QUERY_CHARS),
      maxQueryChars: MAX_QUERY_CHARS,
      queryLabel: wording.say('find.query', { max: view.maxKeys }),
      queryMissing: wording.say('find.query.missing'),
      ...picker(view, wording),
      more: view.moreCustomers ? [wording.say('find.more')] : [],
      buttons: [inputButton(wording.say('find.go'), FIND_VERB)],
      notes: view.notes.map((text) => plain(text, 400)),
      rows,
    },
    wording,
    [title, ...rows.slice(0, 3).map(({ identifier, status: { text } }) => `${plain(identifier, 120)}: ${text}`)].join(
      '. ',
    ),
  );
}

/** Reads what is looked for and where; clients leave out inputs that are empty. */
export const parseFind = (data: unknown) => {
  const read = readFind(data);
  return read && { query: read.query, customerId: read.customerId === EVERYWHERE ? undefined : read.customerId };
};

const readFind = reader({ query: id.max(MAX_QUERY_CHARS), customerId: id.optional() });

/** A choice needs a value; no customer has this one. */
const EVERYWHERE = 'known';

const draw = prepare(template);

const COLORS: Readonly<Record<Whereabouts, Status['color']>> = {
  registered: 'Good',
  before: 'Good',
  atPartnerCenter: 'Good',
  open: 'Accent',
  unknown: 'Warning',
  refused: 'Attention',
  removed: 'Default',
  absent: 'Warning',
};

/**
 * A plain list while all customers stand in it, or one is chosen: a list that searches is given its value as it is by
 * some clients, and would show an id in place of a name. Left empty, it means everything that was sent.
 */
function picker(view: FindView, wording: Wording) {
  const where = wording.say('find.where');
  const isSearched = view.moreCustomers && view.customerId === undefined;
  const list = { where, choices: choices(view, wording) };
  return {
    listed: isSearched ? [] : [{ ...list, customerId: view.customerId ?? EVERYWHERE }],
    searched: isSearched ? [{ ...list, placeholder: wording.say('find.where.known') }] : [],
  };
}

function choices({ customers }: FindView, wording: Wording) {
  const named = customers.slice(0, MAX_CUSTOMERS).map(({ tenantId, name }) => ({
    title: wording.say('find.where.customer', { name: bare(name, MAX_NAME_CHARS) }),
    value: tenantId,
  }));
  return [{ title: wording.say('find.where.known'), value: EVERYWHERE }, ...named];
}

function row({ identifier, whereabouts, lines, buttons }: FindRow, wording: Wording) {
  return {
    identifier: inDirection(bare(identifier, 120), wording.rtl),
    status: status(COLORS[whereabouts], wording.say(`find.${whereabouts}`)),
    lines: lines.map((text) => ({ text: bare(text, 200) })),
    buttons: [...buttons],
    hasButtons: buttons.length > 0,
  };
}

/** A button of a row that asks to take this device out of Autopilot again. */
export function removeButton(batchId: string, position: number, wording: Wording): Button {
  return button(wording.say('find.remove'), 'removal.device', { batchId, position });
}

/** A button of a row that opens the batch a device is in. */
export function openBatchButton(batchId: string, wording: Wording): Button {
  return button(wording.say('batch.open'), 'batch.open', { batchId });
}
