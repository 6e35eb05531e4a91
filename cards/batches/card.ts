import { z } from 'zod';
import { BATCH_COLORS, type BatchStateName, OPEN_BATCH_VERB } from '../batch/card.ts';
import { button, inputButton } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { status } from '../facts.ts';
import { MAX_ROWS, type Pages, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const BATCHES_PAGE_VERB = 'batches.page';

export type ListedBatch = Readonly<{
  batchId: string;
  batchName: string;
  customer: Readonly<{ name: string }>;
  state: BatchStateName;
  total: number;
  registered: number;
  startedAt: Date;
}>;

export type BatchesView = Pages & Readonly<{ batches: readonly ListedBatch[]; query?: string }>;

/** Longest text somebody may look for, in UTF-16 units. */
const MAX_QUERY_CHARS = 100;

/** Lists batches, the newest first as given, each with a button that opens it. */
export function batchesCard(view: BatchesView, wording: Wording): AdaptiveCard {
  const query = bare(view.query ?? '', MAX_QUERY_CHARS);
  const title = query
    ? wording.say('batches.found', { query: plain(query, MAX_QUERY_CHARS) })
    : wording.say('batches.title');
  const batches = view.batches.slice(0, MAX_ROWS).map((each) => row(each, wording));
  const none = batches.length === 0 ? [wording.say(query ? 'batches.noneFound' : 'batches.none')] : [];
  const pages = pageButtons(view, BATCHES_PAGE_VERB, query ? { query } : {}, wording);
  const buttons = [
    inputButton(wording.say('batches.search'), BATCHES_PAGE_VERB, { page: 1 }),
    button(wording.say('command.register'), 'register.start'),
  ];
  const search = { queryLabel: wording.say('batches.search.label'), query, queryMax: MAX_QUERY_CHARS };
  return draw(
    { title, ...search, none, batches, page: pageLine(view, wording), ...pageRow(pages), buttons },
    wording,
    title,
  );
}

/** Reads which page of which search to show. */
export const parseBatchesPage = reader({ page: pageNumber, query: z.string().trim().max(MAX_QUERY_CHARS).optional() });

const draw = prepare(template);

function row(batch: ListedBatch, wording: Wording) {
  const { batchId, customer, state, startedAt } = batch;
  const name = bare(batch.batchName, MAX_NAME_CHARS);
  return {
    name,
    status: status(BATCH_COLORS[state], wording.say(`batch.state.${state}`)),
    line: wording.say('batches.line', {
      customer: bare(customer.name, MAX_NAME_CHARS),
      registered: wording.number(batch.registered),
      total: wording.number(batch.total),
    }),
    started: wording.dateTime(startedAt),
    buttons: [{ ...button(wording.say('batch.open'), OPEN_BATCH_VERB, { batchId }), tooltip: name }],
  };
}
