import { BATCH_COLORS, type BatchStateName, OPEN_BATCH_VERB } from '../batch/card.ts';
import { button } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { status } from '../facts.ts';
import { MAX_ROWS, type Pages, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare } from '../text.ts';
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

export type BatchesView = Pages & Readonly<{ batches: readonly ListedBatch[] }>;

/** Lists batches, the newest first as given, each with a button that opens it. */
export function batchesCard(view: BatchesView, wording: Wording): AdaptiveCard {
  const title = wording.say('batches.title');
  const batches = view.batches.slice(0, MAX_ROWS).map((each) => row(each, wording));
  const none = batches.length === 0 ? [wording.say('batches.none')] : [];
  const pages = pageButtons(view, BATCHES_PAGE_VERB, {}, wording);
  const buttons = [button(wording.say('command.register'), 'register.start')];
  return draw({ title, none, batches, page: pageLine(view, wording), ...pageRow(pages), buttons }, wording, title);
}

/** Reads which page to show. */
export const parseBatchesPage = reader({ page: pageNumber });

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
