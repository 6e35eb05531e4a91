import { type Button, button, inputButton, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type Status, status } from '../facts.ts';
import { type Pages, pageButtons, pageLine, pageRow } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { ADD_TO_PREFIX, MAX_BATCH_NAME_CHARS, MAX_FIXES, NEW_BATCH, NO_PROFILE } from './answers.ts';
import { fixPart } from './fix.ts';
import { deviceRow, type PreviewDevice, type PreviewProblem, problemRow } from './rows.ts';
import template from './template.json' with { type: 'json' };

export const CONFIRM_VERB = 'register.confirm';
export const MORE_VERB = 'register.more';
export const LIST_PAGE_VERB = 'register.page';

/** Most problems on one page: as many as can be corrected in one go. */
export const MAX_PROBLEMS = MAX_FIXES;
/** Most batches to choose from. */
const MAX_TARGETS = 40;
/** Most devices shown of the beginning of a list. */
export const MAX_FIRST_DEVICES = 5;

/** Everything a rep should know before devices are sent. */
export type ListView = Pages &
  Readonly<{
    batchId: string;
    /** Which version of the list this is: a card drawn before the list changed confirms nothing. */
    version: number;
    customer: Readonly<{ name: string; domain: string }>;
    batchName: string;
    deviceCount: number;
    doubtfulCount: number;
    /** This page of lines that were not taken or need an answer. */
    problems: readonly PreviewProblem[];
    problemCount: number;
    firstDevices: readonly PreviewDevice[];
    lastDevice?: PreviewDevice;
    known: Readonly<{ alreadyHere: number; inOtherBatch: number; otherCustomer: number }>;
    /** Devices that come by their hardware hash only. */
    byHashCount: number;
    sources: readonly string[];
    /** Id of the Autopilot profile chosen. */
    profile?: string;
    profiles?: readonly Readonly<{ id: string; name: string }>[];
    /** Batches of this customer at Partner Center that the devices may be added to. */
    targets?: readonly Readonly<{ name: string; deviceCount?: number }>[];
    /** Name of the one the rep has in mind. */
    addsTo?: string;
    uploads: number;
    /** Whether Surface devices are among those that await an answer. */
    surface?: boolean;
    /** Name of the batch whose refused devices these are. */
    follows?: string;
  }>;

/** Shows what was understood of a list: counts, wrong lines with reasons, the name the customer will see. */
export function listPreviewCard(view: ListView, wording: Wording): AdaptiveCard {
  const title = wording.say('list.title', { customer: plain(view.customer.name, MAX_NAME_CHARS) });
  const counts = countLines(view, wording);
  const rows = mainButtons(view, wording);
  return draw(
    {
      title,
      counts,
      lines: knownLines(view, wording),
      ...devicesPart(view, wording),
      ...problemsPart(view, wording),
      ...namePart(view, wording),
      rows,
    },
    wording,
    [title, ...counts.map(({ text }) => text)].join('. '),
  );
}

const draw = prepare(template);

/** Nothing is confirmed while a device waits for an answer, nor when there is none. */
function canConfirm({ deviceCount, doubtfulCount }: ListView): boolean {
  return deviceCount > 0 && doubtfulCount === 0;
}

function countLines({ deviceCount, doubtfulCount, problemCount }: ListView, wording: Wording): Status[] {
  const refused = Math.max(0, problemCount - doubtfulCount);
  const lines = [status(deviceCount > 0 ? 'Good' : 'Warning', wording.say('list.read', { count: deviceCount }))];
  if (doubtfulCount > 0) lines.push(status('Warning', wording.say('list.doubtful', { count: doubtfulCount })));
  if (refused > 0) lines.push(status('Attention', wording.say('list.problems', { count: refused })));
  return lines;
}

function knownLines(view: ListView, wording: Wording): string[] {
  const { known, sources, uploads, deviceCount, byHashCount, follows } = view;
  const files = sources.slice(0, 10).map((each) => plain(each, 60));
  if (sources.length > files.length) files.push('…');
  const lines = files.length > 0 ? [wording.say('list.sources', { sources: files.join(', ') })] : [];
  if (follows) lines.push(wording.say('list.follows', { name: plain(follows, MAX_NAME_CHARS) }));
  if (known.alreadyHere > 0) lines.push(wording.say('list.known.here', { count: known.alreadyHere }));
  if (known.inOtherBatch > 0) lines.push(wording.say('list.known.batch', { count: known.inOtherBatch }));
  if (known.otherCustomer > 0) lines.push(wording.say('list.known.other', { count: known.otherCustomer }));
  if (byHashCount > 0) lines.push(wording.say('list.byHash', { count: byHashCount }));
  if (deviceCount > 0) lines.push(wording.say('list.uploads', { count: uploads }));
  return lines;
}

function devicesPart({ firstDevices, lastDevice }: ListView, wording: Wording) {
  const first = firstDevices.slice(0, MAX_FIRST_DEVICES).map((each) => deviceRow(each, wording));
  const last = lastDevice ? [deviceRow(lastDevice, wording)] : [];
  return {
    devices: [
      ...(first.length > 0 ? [{ heading: wording.say('list.first'), rows: first }] : []),
      ...(last.length > 0 ? [{ heading: wording.say('list.last'), rows: last }] : []),
    ],
  };
}

function problemsPart(view: ListView, wording: Wording) {
  const { batchId, version, page, doubtfulCount } = view;
  const data = { batchId, version, page };
  const problems = view.problems.slice(0, MAX_PROBLEMS);
  const isShown = problems.some(({ doubtful, batchRowId }) => doubtful && batchRowId);
  const forAll = doubtfulCount > 1 || (doubtfulCount === 1 && !isShown); // a single one has the same two buttons itself
  const buttons = offered(
    forAll && button(wording.say('list.doubtful.accept'), 'register.accept-doubtful', data),
    forAll && button(wording.say('list.doubtful.drop'), 'register.drop-doubtful', data),
  );
  const pages = pageButtons(view, LIST_PAGE_VERB, { batchId, version }, wording);
  const fixes = fixPart(problems, data, wording);
  return {
    doubtful: doubtfulCount > 0 ? [wording.say('list.doubtful.text')] : [],
    problems: problems.map((each) => problemRow(each, data, wording)),
    hasProblems: problems.length > 0,
    page: pageLine(view, wording),
    ...pageRow(pages),
    problemButtons: buttons,
    fixes,
    hasProblemButtons: buttons.length > 0,
    hasFixes: fixes.length > 0,
  };
}

function namePart(view: ListView, wording: Wording) {
  const profiles = view.profiles ?? [];
  const chosen = profiles.find(({ id }) => id === view.profile);
  return {
    asks: canConfirm(view)
      ? [
          {
            label: wording.say('list.name'),
            hint: wording.say('list.name.hint'),
            missing: wording.say('list.name.missing'),
            value: bare(view.batchName, MAX_BATCH_NAME_CHARS),
            maxLength: MAX_BATCH_NAME_CHARS,
          },
        ]
      : [],
    targetAsks: targetAsks(view, wording),
    profileAsks:
      canConfirm(view) && profiles.length > 0
        ? [
            {
              label: wording.say('list.profile'),
              value: chosen?.id ?? NO_PROFILE,
              choices: [
                { title: wording.say('list.profile.none'), value: NO_PROFILE },
                ...profiles.slice(0, 50).map(choice),
              ],
            },
          ]
        : [],
  };
}

/** Each choice says how many devices the batch will have. */
function targetAsks(view: ListView, wording: Wording) {
  const { addsTo, deviceCount } = view;
  // a choice brings the name back as it is: one that cannot be shown as it is, is none
  const targets = (view.targets ?? []).filter(({ name }) => bare(name, MAX_NAME_CHARS) === name);
  if (!canConfirm(view) || targets.length === 0) return [];
  const wanted = targets.find(({ name }) => name.toLowerCase() === addsTo?.toLowerCase());
  return [
    {
      label: wording.say('list.target'),
      value: wanted ? `${ADD_TO_PREFIX}${wanted.name}` : NEW_BATCH,
      choices: [
        { title: wording.say('list.target.new'), value: NEW_BATCH },
        ...targets.slice(0, MAX_TARGETS).map(({ name, deviceCount: before }) => {
          const values = { name, count: before ?? 0, after: (before ?? 0) + deviceCount };
          const key = before === undefined ? 'list.target.add' : 'list.target.addCounted';
          return { title: wording.say(key, values), value: `${ADD_TO_PREFIX}${name}` };
        }),
      ],
    },
  ];
}

function choice({ id, name }: { id: string; name: string }) {
  return { title: bare(name, MAX_NAME_CHARS), value: id };
}

/** The confirmation stands alone: beside others it is cut off in narrow windows. */
function mainButtons(view: ListView, wording: Wording): { row: Button[] }[] {
  const { batchId, version, deviceCount } = view;
  const data = { batchId, version };
  const confirm = inputButton(wording.say('list.confirm', { count: deviceCount }), CONFIRM_VERB, data);
  const others = [
    button(wording.say('list.more'), MORE_VERB, data),
    button(wording.say('common.cancel'), 'register.cancel', { batchId }),
  ];
  const surface = button(wording.say('surface.show'), 'surface.show', { batchId });
  return [
    ...(view.surface ? [{ row: [surface] }] : []),
    ...(canConfirm(view) ? [{ row: [confirm] }] : []),
    { row: others },
  ];
}
