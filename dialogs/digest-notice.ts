import type { NoticeView, PlainButton } from '../cards/notice/card.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';

/** One batch of a digest and what became of it. */
export type DigestBatch = Readonly<{
  batchId: string;
  name: string;
  customer: string;
  /** Every device is registered. */
  isGood: boolean;
  /** Somebody has to decide: how many were refused is not the point. */
  needsHuman: boolean;
  total: number;
  registered: number;
  failed: number;
}>;

export type Digest = Readonly<{
  batches: readonly DigestBatch[];
  /** Profiles that were applied to all devices of a batch. */
  profiles: readonly Readonly<{ name: string; batch: string }>[];
}>;

const MAX_NAME_CHARS = 80;
/** Most batches named one by one, and most of them with a button: what is still read on a phone. */
const MAX_LINES = 10;
const MAX_OPENED = 4;

/**
 * A day's news for a rep or a channel: what failed first, each success in one line. `undefined` when there was no success:
 * what failed was told when it did.
 */
export function digestNotice({ batches, profiles }: Digest, wording: Wording): NoticeView | undefined {
  const { say } = wording;
  const failed = batches.filter(({ isGood }) => !isGood);
  const good = batches.filter(({ isGood }) => isGood);
  if (good.length + profiles.length === 0) return undefined;
  const ordered = [...failed, ...good];
  const devices = batches.reduce((sum, { registered }) => sum + registered, 0);
  const summary = say('notice.digest.title', { count: devices, batches: batches.length });
  const lines = [
    ...ordered.map((batch) => lineOf(batch, wording)),
    ...profiles.map(({ name, batch }) => say('notice.profile.applied', { name: named(name), batch: named(batch) })),
  ];
  return {
    tone: failed.length > 0 ? 'attention' : 'good',
    title: failed.length > 0 ? say('notice.digest.failed', { count: failed.length }) : summary,
    lines: [...(failed.length > 0 ? [summary] : []), ...shortened(lines, wording)],
    buttons: [
      ...ordered.slice(0, MAX_OPENED).map(({ batchId, name }): PlainButton => {
        return { verb: 'batch.open', title: say('notice.digest.open', { batch: named(name) }), data: { batchId } };
      }),
      { verb: 'batches.list', title: say('command.batches') },
    ],
  };
}

/** A day's news for whoever approved: of success only, as in the notice of one batch. */
export function customerDigest(
  { batches }: Digest,
  { partner, stop }: Readonly<{ partner: string; stop: PlainButton }>,
  wording: Wording,
): NoticeView | undefined {
  const { say } = wording;
  const registered = batches.filter((batch) => batch.registered > 0);
  if (registered.length === 0) return undefined;
  const lines = registered.map((batch) =>
    say('notice.digest.customer.line', { count: batch.registered, batch: named(batch.name) }),
  );
  return {
    tone: 'good',
    title: say('notice.customer.title', { count: registered.reduce((sum, batch) => sum + batch.registered, 0) }),
    lines: [say('notice.digest.customer.text', { partner: named(partner) }), ...shortened(lines, wording)],
    buttons: [stop],
  };
}

function lineOf(batch: DigestBatch, { say }: Wording): string {
  const names = { batch: named(batch.name), customer: named(batch.customer) };
  if (batch.isGood) return say('notice.digest.line.good', { ...names, count: batch.registered });
  if (batch.needsHuman) return say('notice.batch.attention.title', names);
  return say('notice.batch.failures', { ...names, failed: batch.failed, total: batch.total });
}

function shortened(lines: readonly string[], { say }: Wording): readonly string[] {
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES), say('notice.digest.more', { count: lines.length - MAX_LINES })];
}

function named(text: string): string {
  return plain(text, MAX_NAME_CHARS);
}
