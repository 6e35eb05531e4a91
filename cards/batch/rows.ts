import type { Status } from '../facts.ts';
import { place } from '../list-preview/rows.ts';
import { bare, inDirection } from '../text.ts';
import type { Wording } from '../wording/wording.ts';

/** One device's verdict, its reason already in words (see `deviceWords`). */
export type BatchResult = Readonly<{
  identifier: string;
  source: string;
  row: number;
  outcome: 'registered' | 'already' | 'failed' | 'pending' | 'unknown';
  cause?: string;
  who?: string;
  nextStep?: string;
  code?: string;
  /** What became of its Autopilot profile: a sentence of the catalogue. */
  profile?: string;
}>;

export const OUTCOMES: Readonly<Record<BatchResult['outcome'], { sign: string; color: Status['color'] }>> = {
  registered: { sign: '✓', color: 'Good' },
  already: { sign: '✓', color: 'Good' },
  failed: { sign: '✕', color: 'Attention' },
  pending: { sign: '○', color: 'Accent' },
  unknown: { sign: '?', color: 'Warning' },
};

/** One row of a batch: the device, where it came from, what became of it and what to do about it. */
export function resultRow(result: BatchResult, wording: Wording) {
  const { sign, color } = OUTCOMES[result.outcome];
  const identifier = bare(result.identifier, 120);
  return {
    identifier: inDirection(identifier, wording.rtl),
    outcome: `${sign} ${wording.say(`batch.outcome.${result.outcome}`)}  `,
    color,
    place: `  ${place(result, wording)}`,
    reasons: reasons(result, wording),
  };
}

function reasons({ cause, who, nextStep, code, profile }: BatchResult, wording: Wording): { text: string }[] {
  const shownCode = code ? wording.say('batch.result.code', { code: bare(code, 40) }) : '';
  return [
    cause && `${bare(cause, 300)}${shownCode && ` (${shownCode})`}`,
    nextStep && wording.say('batch.result.next', { next: bare(nextStep, 300) }),
    who && wording.say('batch.result.who', { who: bare(who, 200) }),
    profile && bare(profile, 400),
  ].flatMap((text) => (text ? [{ text }] : []));
}
