import { BATCH_COLORS } from '../batch/card.ts';
import { type BatchResult, OUTCOMES } from '../batch/rows.ts';
import type { ListedBatch } from '../batches/card.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type ListedCustomer, relationshipStatus } from '../customers/card.ts';
import { type Fact, fact, idFact, type Status, status } from '../facts.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** When the picture was taken, and where its reader finds the bot. */
export type SnapshotFrame = Readonly<{ asOf: Date; link: string }>;

/** One of several things found, in two lines, and the card that is put into the chat when it is picked. Not for Markdown. */
export type Snapshot = Readonly<{ title: string; text: string; card: AdaptiveCard }>;

/**
 * A customer as somebody shows it to others. Who reads along need not be a rep, so a snapshot has no buttons of the bot, no
 * names of people and no ids, and it says when it was true.
 */
export function customerSnapshot(customer: ListedCustomer, frame: SnapshotFrame, wording: Wording): Snapshot {
  const shown = relationshipStatus(customer, wording);
  const facts = [idFact(wording.say('common.domain'), customer.domain, wording)];
  return snapshot({ name: customer.name, status: shown, facts, more: customer.domain }, frame, wording);
}

/** A batch the same way: how far it got, without its devices. */
export function batchSnapshot(batch: ListedBatch, frame: SnapshotFrame, wording: Wording): Snapshot {
  const { customer, state, registered, total, startedAt } = batch;
  const shown = status(BATCH_COLORS[state], wording.say(`batch.state.${state}`));
  const facts = [
    fact(wording.say('common.customer'), customer.name, wording, MAX_NAME_CHARS),
    fact(wording.say('batch.started'), wording.dateTime(startedAt), wording),
    fact(wording.say('share.registered'), `${wording.number(registered)} / ${wording.number(total)}`, wording),
  ];
  return snapshot({ name: batch.batchName, status: shown, facts, more: customer.name }, frame, wording);
}

export type SharedDevice = Readonly<{
  identifier: string;
  outcome: BatchResult['outcome'];
  batchName: string;
  customer: Readonly<{ name: string }>;
}>;

/** One device the same way: whose it is and what became of it. */
export function deviceSnapshot(device: SharedDevice, frame: SnapshotFrame, wording: Wording): Snapshot {
  const { identifier, outcome, batchName, customer } = device;
  const shown = status(OUTCOMES[outcome].color, wording.say(`batch.outcome.${outcome}`));
  const facts = [
    fact(wording.say('common.customer'), customer.name, wording, MAX_NAME_CHARS),
    fact(wording.say('share.batch'), batchName, wording, MAX_NAME_CHARS),
  ];
  return snapshot({ name: identifier, status: shown, facts, more: customer.name }, frame, wording);
}

const draw = prepare(template);

type Parts = Readonly<{ name: string; status: Status; facts: readonly Fact[]; more: string }>;

function snapshot(parts: Parts, { asOf, link }: SnapshotFrame, wording: Wording): Snapshot {
  const title = plain(parts.name, MAX_NAME_CHARS);
  const card = draw(
    {
      title,
      status: [parts.status],
      facts: parts.facts,
      asOf: wording.say('share.asOf', { date: wording.dateTime(asOf) }),
      open: wording.say('share.open'),
      link,
    },
    wording,
    `${title}. ${parts.status.text}`,
  );
  const text = `${parts.status.text} · ${bare(parts.more, MAX_NAME_CHARS)}`;
  return { title: bare(parts.name, MAX_NAME_CHARS), text, card };
}
