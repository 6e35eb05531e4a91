import { z } from 'zod';
import { type Button, button, inputButton, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type Fact, fact, present, type Status, status } from '../facts.ts';
import { id, MAX_ROWS, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { deviceRow } from './rows.ts';
import template from './template.json' with { type: 'json' };
import { type RemovalView, subject } from './view.ts';

export type { RemovalDeviceRow, RemovalStateName, RemovalView } from './view.ts';

/** Longest reason for a refusal, in UTF-16 units. */
const MAX_REASON_CHARS = 500;
/** Longest text that is typed to confirm: a domain. */
const MAX_TYPED_CHARS = 255;

/** Draws a removal in whatever state it is in: what will happen, who has to answer, how far it got, what became of it. */
export function removalCard(view: RemovalView, wording: Wording): AdaptiveCard {
  const title = wording.say('removal.title', { customer: plain(view.customer.name, MAX_NAME_CHARS) });
  const shown = status(COLORS[view.state], stateText(view, wording));
  return draw(
    {
      title,
      status: shown,
      problem: view.problem ? [plain(view.problem, 400)] : [],
      lines: lines(view, wording),
      progress: progress(view, wording),
      facts: facts(view, wording),
      devices: view.devices.slice(0, MAX_ROWS).map((each) => deviceRow(each, view.state, wording)),
      page: pageLine(view, wording),
      ...pageRow(pageButtons(view, 'removal.page', { removalId: view.removalId }, wording)),
      typed: typedPart(view, wording),
      refuse: refusePart(view, wording),
      ...buttonsPart(view, wording),
    },
    wording,
    `${title}. ${shown.text}`,
  );
}

/** Places of devices in a batch count from 0. */
const position = z.coerce.number().int().min(0).max(10_000);

/** Reads which removal a button is about. */
export const parseRemoval = reader({ removalId: id });
/** Reads what to give up; without an id, whatever is under way in this chat. */
export const parseCancelRemoval = reader({ removalId: id.optional() });
export const parseRemovalPage = reader({ removalId: id, page: pageNumber });
/** Reads what was typed to go on; clients leave out inputs that are empty. */
export const parseTyped = reader({ removalId: id, typed: z.string().max(MAX_TYPED_CHARS).optional() });
export const parseRefusal = reader({ removalId: id, reason: z.string().max(MAX_REASON_CHARS).optional() });
/** Reads where to begin: at a customer, or with nothing chosen yet. */
export const parseStartRemoval = reader({ customerId: id.optional() });
/** Reads a batch whose devices are to be removed, or one device of it. */
export const parseRemovalOfBatch = reader({ batchId: id });
export const parseRemovalOfDevice = reader({ batchId: id, position });

const draw = prepare(template);

const COLORS: Readonly<Record<RemovalView['state'], Status['color']>> = {
  draft: 'Default',
  asked: 'Warning',
  removing: 'Accent',
  done: 'Good',
  'done-with-errors': 'Warning',
  'needs-human': 'Attention',
  refused: 'Attention',
  expired: 'Attention',
  withdrawn: 'Default',
  cancelled: 'Default',
};

function stateText({ state, audience }: RemovalView, wording: Wording): string {
  return wording.say(
    state === 'asked' && audience === 'remover' ? 'removal.state.asked.remover' : `removal.state.${state}`,
  );
}

/** What will happen while it has not begun; what was decided afterwards. */
function lines(view: RemovalView, wording: Wording): string[] {
  const { say } = wording;
  const { state, audience, counts } = view;
  if (state === 'withdrawn' || state === 'cancelled') return [say(`removal.${state}.text`)];
  if (state === 'expired') return [say('removal.expired.text')];
  const names = { customer: plain(view.customer.name, MAX_NAME_CHARS), count: subject(counts) };
  const asks =
    state !== 'asked'
      ? []
      : [
          audience === 'remover'
            ? say('removal.ask.remover', { name: plain(view.requestedBy, MAX_NAME_CHARS) })
            : say('removal.ask.rep'),
        ];
  if (state === 'draft' || state === 'asked') {
    return [
      ...asks,
      ...(names.count > 0
        ? [
            say('removal.effect.count', names),
            batchesLine(view, wording),
            say('removal.effect.stays'),
            say('removal.effect.final'),
          ]
        : []),
      ...(counts.unchecked > 0 ? [say('removal.unchecked', { count: counts.unchecked })] : []),
      ...(counts.absent > 0 ? [say('removal.absent', { count: counts.absent })] : []),
    ];
  }
  return decided(view, wording);
}

function batchesLine({ batches }: RemovalView, wording: Wording): string {
  const named = batches.map(({ name, devices }) =>
    wording.say('removal.batch', { name: plain(name, MAX_NAME_CHARS), count: devices }),
  );
  return wording.say('removal.batches', { batches: named.join(', ') });
}

function decided({ state, decidedBy = '', decidedAt, counts }: RemovalView, wording: Wording): string[] {
  const { say } = wording;
  const by = { name: plain(decidedBy, MAX_NAME_CHARS), date: decidedAt ? wording.dateTime(decidedAt) : '' };
  if (state === 'refused') return [say('removal.refused.by', by)];
  return [
    ...(decidedAt ? [say('removal.confirmed.by', by)] : []),
    say('removal.effect.stays'),
    ...(counts.absent > 0 ? [say('removal.absent', { count: counts.absent })] : []),
  ];
}

const BAR_LENGTH = 20;

/** One bar with words, once devices are being removed. */
function progress({ state, counts }: RemovalView, wording: Wording) {
  if (!['removing', 'done', 'done-with-errors', 'needs-human'].includes(state)) return [];
  const { removed, gone, failed, unknown } = counts;
  const total = subject(counts);
  const done = removed + gone + failed + unknown;
  const filled = total > 0 ? Math.round((done / total) * BAR_LENGTH) : 0;
  const told = (
    [
      ['removed', removed],
      ['gone', gone],
      ['failed', failed],
      ['unknown', unknown],
    ] as const
  )
    .filter(([name, count]) => count > 0 || name === 'removed')
    .map(([name, count]) => wording.say(`removal.count.${name}`, { count }));
  return [
    {
      text: wording.say('removal.progress', { done: wording.number(done), total: wording.number(total) }),
      counts: told.join(' · '),
      done,
      max: Math.max(1, total),
      bar: '█'.repeat(filled) + '░'.repeat(BAR_LENGTH - filled),
      color: failed + unknown > 0 ? 'Warning' : 'Good',
    },
  ];
}

function facts({ requestedBy, expiresAt, reason, state }: RemovalView, wording: Wording): Fact[] {
  return present(
    fact(wording.say('common.askedBy'), requestedBy, wording, MAX_NAME_CHARS),
    state === 'asked' && expiresAt && fact(wording.say('common.expiresOn'), wording.dateTime(expiresAt), wording),
    reason && fact(wording.say('common.reason'), reason, wording, MAX_REASON_CHARS),
  );
}

/**
 * What has to be typed by hand, by the one who asks and by the one who confirms. Not required by the client: buttons of a
 * part that unfolds check the inputs of the whole card, and a refusal needs no number.
 */
function typedPart(view: RemovalView, wording: Wording) {
  if (!canAsk(view) && !canConfirm(view)) return [];
  const values = { count: subject(view.counts), domain: bare(view.customer.domain, 120) };
  return [{ label: wording.say('removal.type', values), max: MAX_TYPED_CHARS }];
}

function canAsk({ state, audience, counts }: RemovalView): boolean {
  return state === 'draft' && audience === 'rep' && counts.unchecked === 0 && counts.found > 0;
}

function canConfirm({ state, audience }: RemovalView): boolean {
  return state === 'asked' && audience === 'remover';
}

function refusePart(view: RemovalView, wording: Wording) {
  if (!canConfirm(view)) return [];
  const { removalId } = view;
  return [
    {
      label: wording.say('removal.refuse'),
      reasonLabel: wording.say('removal.refuse.reason', { name: bare(view.requestedBy, MAX_NAME_CHARS) }),
      max: MAX_REASON_CHARS,
      buttons: [button(wording.say('removal.refuse.confirm'), 'removal.refuse', { removalId })].map(withInputs),
    },
  ];
}

function withInputs(each: Button): Button {
  return { ...each, inputs: 'auto' };
}

function buttonsPart(view: RemovalView, wording: Wording): { buttons: Button[]; hasButtons: boolean } {
  const { removalId, state, audience, counts } = view;
  const { say } = wording;
  const isRep = audience === 'rep';
  const buttons = offered(
    canAsk(view) && inputButton(say('removal.ask'), 'removal.ask', { removalId }),
    canConfirm(view) &&
      inputButton(say('removal.confirm', { count: subject(counts) }), 'removal.confirm', { removalId }),
    state === 'draft' && isRep && counts.unchecked > 0 && button(say('removal.look'), 'removal.look', { removalId }),
    state === 'draft' && isRep && button(say('common.cancel'), 'removal.cancel', { removalId }),
    state === 'asked' && isRep && button(say('removal.withdraw'), 'removal.cancel', { removalId }),
    state === 'removing' && button(say('removal.refresh'), 'removal.refresh', { removalId }),
  );
  return { buttons, hasButtons: buttons.length > 0 };
}
