import { z } from 'zod';
import { type Button, button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type Fact, fact, idFact, present, type Status, status } from '../facts.ts';
import { id, type Pages, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { type BatchResult, resultRow } from './rows.ts';
import template from './template.json' with { type: 'json' };

export const OPEN_BATCH_VERB = 'batch.open';
export const BATCH_PAGE_VERB = 'batch.page';
export const REFRESH_BATCH_VERB = 'batch.refresh';

export type BatchStateName =
  | 'sending'
  | 'waiting'
  | 'done'
  | 'done-with-errors'
  | 'failed'
  | 'needs-human'
  | 'cancelled';

export type BatchView = Pages &
  Readonly<{
    batchId: string;
    batchName: string;
    customer: Readonly<{ name: string }>;
    state: BatchStateName;
    total: number;
    registered: number;
    failed: number;
    unknown: number;
    pending: number;
    startedAt: Date;
    finishedAt?: Date;
    nextCheckAt?: Date;
    /** Only what was refused is shown. */
    only?: 'failed';
    /** Name of the batch whose refused devices this one sends again. */
    follows?: string;
    /** The batch it added to, and how many devices that had before. */
    addsTo?: Readonly<{ name: string; deviceCount?: number }>;
    /** This page of the devices, failures first. */
    results: readonly BatchResult[];
    requestedBy: string;
    /** Which profiles its devices have or are to have: sentences of the catalogue. */
    profiles: readonly string[];
    /** What a person needs to look it up in Partner Center, when a person has to. */
    ids?: Readonly<{ batchName: string; trackingIds: readonly string[] }>;
    /** What has to be decided. */
    needsHuman?: string;
  }>;

/** Most devices on one card: each may have its reasons and what became of its profile. */
const MAX_RESULTS = 12;

/** Draws a batch in whatever state it is in: progress while it runs, then each device that was refused and why. */
export function batchCard(view: BatchView, wording: Wording): AdaptiveCard {
  const title = wording.say('batch.title', { name: plain(view.batchName, MAX_NAME_CHARS) });
  const shown = status(BATCH_COLORS[view.state], wording.say(`batch.state.${view.state}`));
  const progress = progressPart(view, wording);
  return draw(
    {
      title,
      status: shown,
      needsHuman: view.needsHuman ? [plain(view.needsHuman, 500)] : [],
      ...progress,
      hasProgress: view.total > 0,
      facts: facts(view, wording),
      nextChecks: [...view.profiles.slice(0, 5), ...nextCheck(view, wording)],
      results: view.results.slice(0, MAX_RESULTS).map((each) => resultRow(each, wording)),
      page: pageLine(view, wording),
      ...buttonsPart(view, wording),
    },
    wording,
    [title, shown.text, view.total > 0 && progress.counts].filter(Boolean).join('. '),
  );
}

/** Reads which batch to open or to look at again. */
export const parseBatch = reader({ batchId: id });
/** Reads which page of a batch's devices to show, or of those that were refused. */
export const parseBatchPage = reader({ batchId: id, page: pageNumber, only: z.literal('failed').optional() });

/** The colour of each state; the sign and the words beside it say the same. */
export const BATCH_COLORS: Readonly<Record<BatchStateName, Status['color']>> = {
  sending: 'Accent',
  waiting: 'Accent',
  done: 'Good',
  'done-with-errors': 'Warning',
  failed: 'Attention',
  'needs-human': 'Attention',
  cancelled: 'Default',
};

const draw = prepare(template);

const BAR_LENGTH = 20;

function progressPart(view: BatchView, wording: Wording) {
  const { total, registered, failed, pending, unknown } = view;
  const done = Math.min(total, registered + failed);
  const filled = total > 0 ? Math.round((done / total) * BAR_LENGTH) : 0;
  const counts = [
    wording.say('batch.count.registered', { count: registered }),
    failed > 0 && wording.say('batch.count.failed', { count: failed }),
    pending > 0 && wording.say('batch.count.pending', { count: pending }),
    unknown > 0 && wording.say('batch.count.unknown', { count: unknown }),
  ].filter((each) => each !== false);
  return {
    progress: wording.say('batch.progress', { done: wording.number(done), total: wording.number(total) }),
    counts: counts.join(' · '),
    done,
    max: Math.max(1, total),
    bar: '█'.repeat(filled) + '░'.repeat(BAR_LENGTH - filled),
    barColor: barColor(view),
  };
}

function barColor({ failed, registered }: BatchView): Status['color'] {
  if (failed === 0) return 'Good';
  return registered > 0 ? 'Warning' : 'Attention';
}

function facts(view: BatchView, wording: Wording): Fact[] {
  const { ids, finishedAt } = view;
  return present(
    fact(wording.say('common.customer'), view.customer.name, wording, MAX_NAME_CHARS),
    fact(wording.say('common.askedBy'), view.requestedBy, wording, MAX_NAME_CHARS),
    fact(wording.say('batch.started'), wording.dateTime(view.startedAt), wording),
    view.follows && fact(wording.say('batch.follows'), view.follows, wording, MAX_NAME_CHARS),
    view.addsTo && fact(wording.say('batch.addsTo'), addsTo(view.addsTo, wording), wording),
    finishedAt && fact(wording.say('batch.finished'), wording.dateTime(finishedAt), wording),
    ids && idFact(wording.say('batch.id.name'), ids.batchName, wording),
    ...(ids?.trackingIds ?? []).slice(0, 5).map((each) => idFact(wording.say('batch.id.tracking'), each, wording)),
  );
}

function addsTo({ name, deviceCount }: NonNullable<BatchView['addsTo']>, wording: Wording): string {
  const shown = bare(name, MAX_NAME_CHARS);
  return deviceCount === undefined ? shown : wording.say('batch.addsTo.counted', { name: shown, count: deviceCount });
}

function nextCheck({ nextCheckAt }: BatchView, wording: Wording): string[] {
  return nextCheckAt ? [wording.say('batch.nextCheck', { date: wording.dateTime(nextCheckAt) })] : [];
}

function buttonsPart(view: BatchView, wording: Wording) {
  const { batchId, state, only, registered, failed } = view;
  const isOpen = state === 'sending' || state === 'waiting';
  const filter = failed === 0 ? undefined : filterButton(view, wording);
  const pages = pageButtons(view, BATCH_PAGE_VERB, { batchId, ...(only && { only }) }, wording);
  const buttons = offered(
    (isOpen || state === 'needs-human') && button(wording.say('batch.refresh'), REFRESH_BATCH_VERB, { batchId }),
    failed > 0 && !isOpen && button(wording.say('batch.resend'), 'batch.resend', { batchId }),
    registered > 0 && !isOpen && button(wording.say('batch.add'), 'batch.add', { batchId }),
    registered > 0 && !isOpen && button(wording.say('batch.applyProfile'), 'batch.ask-profile', { batchId }),
    registered > 0 && !isOpen && button(wording.say('batch.remove'), 'removal.batch', { batchId }),
    button(wording.say('batch.export'), 'batch.export', { batchId }),
    button(wording.say('command.batches'), 'batches.list'),
  );
  return { buttons, ...pageRow(offered(...pages, filter)) };
}

function filterButton({ batchId, only }: BatchView, wording: Wording): Button {
  if (only) return button(wording.say('batch.filter.all'), BATCH_PAGE_VERB, { batchId, page: 1 });
  return button(wording.say('batch.filter.failed'), BATCH_PAGE_VERB, { batchId, page: 1, only: 'failed' });
}
