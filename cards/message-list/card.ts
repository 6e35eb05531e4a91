import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { customerChoice } from '../customer-search.ts';
import { type Status, status } from '../facts.ts';
import { type PreviewProblem, problemRow } from '../list-preview/rows.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** Most wrong lines named here; all of them are in the list that is handed over. */
const MAX_PROBLEMS = 5;
/** Most customers in the list itself; the others are found by typing in it. */
const MAX_CHOICES = 100;

/** A file that could not be read, and why. */
export type Unread = Readonly<{ name: string; reason: string }>;

export type MessageListView = Readonly<{
  /** Given out with the card, so that a press that arrives twice makes one list. */
  draftId: string;
  deviceCount: number;
  doubtfulCount: number;
  problems: readonly PreviewProblem[];
  /** Whether files hang on the message that cannot be read from there. */
  hasFiles: boolean;
  /** Files it links to that could not be read. */
  unread: readonly Unread[];
  customers: readonly CustomerView[];
  /** The customer chosen just now and why it cannot be. */
  refused?: Readonly<{ name: string; reason: string }>;
}>;

/** Shows in a dialog what a message of somebody's contains, and asks for which customer it is. */
export function messageListCard(view: MessageListView, wording: Wording): AdaptiveCard {
  const { draftId, deviceCount, problems, customers, refused } = view;
  const title = wording.say('messageList.title');
  const counts = countLines(view, wording);
  const canGoOn = deviceCount > 0 && customers.length > 0;
  return draw(
    {
      title,
      refused: refused ? [refusal(refused, wording)] : [],
      counts,
      problems: problems.slice(0, MAX_PROBLEMS).map((each) => problemRow(each, {}, wording)),
      lines: lines(view, wording),
      canGoOn,
      label: wording.say('picker.label'),
      placeholder: wording.say('picker.placeholder'),
      missing: wording.say('picker.missing'),
      choices: customers.slice(0, MAX_CHOICES).map(customerChoice),
      go: wording.say('messageList.continue'),
      draftId,
    },
    wording,
    [title, ...counts.map(({ text }) => text)].join('. '),
  );
}

/** Reads the choice. */
export const parseMessageList = reader({ draftId: id, customerId: id });

const draw = prepare(template);

function countLines({ deviceCount, doubtfulCount, problems }: MessageListView, wording: Wording): Status[] {
  return [
    status(deviceCount > 0 ? 'Good' : 'Warning', wording.say('list.read', { count: deviceCount })),
    ...(doubtfulCount > 0 ? [status('Warning', wording.say('list.doubtful', { count: doubtfulCount }))] : []),
    ...(problems.length > 0 ? [status('Attention', wording.say('list.problems', { count: problems.length }))] : []),
  ];
}

function lines({ deviceCount, customers, hasFiles, unread }: MessageListView, wording: Wording): string[] {
  const next = deviceCount === 0 ? 'messageList.none' : customers.length === 0 ? 'picker.none' : 'messageList.text';
  return [...unreadLines(unread, wording), wording.say(next), ...(hasFiles ? [wording.say('messageList.files')] : [])];
}

/** Names each file that could not be read. */
export function unreadLines(unread: readonly Unread[], { say }: Wording): string[] {
  return unread
    .slice(0, MAX_PROBLEMS)
    .map(({ name, reason }) =>
      say('messageList.unread', { name: plain(name, MAX_NAME_CHARS), reason: plain(reason, 300) }),
    );
}

function refusal({ name, reason }: { name: string; reason: string }, wording: Wording): string {
  return wording.say('picker.refused', { name: plain(name, MAX_NAME_CHARS), reason: plain(reason, 300) });
}
