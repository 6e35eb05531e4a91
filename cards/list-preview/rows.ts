import type { ProblemKind } from '../../services/devices/device.ts';
import { type Button, type ButtonData, button } from '../buttons.ts';
import { bare, inDirection } from '../text.ts';
import type { Wording } from '../wording/wording.ts';

export type PreviewDevice = Readonly<{ identifier: string; source: string; row: number }>;

/** A line that was not taken, or a device that waits for a yes. */
export type PreviewProblem = Readonly<{
  source: string;
  /** 0 where the whole source is meant. */
  row: number;
  kind: ProblemKind;
  sentence: string;
  /** Set when the line can be corrected or answered on the card. */
  batchRowId?: string;
  /** True when the device was understood but needs a yes. */
  doubtful?: boolean;
}>;

/** "contoso.xlsx, line 12", or the source alone. */
export function place({ source, row }: { source: string; row: number }, wording: Wording): string {
  const values = { source: bare(source, 60), row: wording.number(row) };
  return row > 0 ? wording.say('common.row', values) : wording.say('common.wholeSource', values);
}

export function deviceRow(device: PreviewDevice, wording: Wording) {
  const shown = bare(device.identifier, 120);
  return { identifier: inDirection(shown, wording.rtl), place: `  ${place(device, wording)}` };
}

export function problemRow(problem: PreviewProblem, data: ButtonData, wording: Wording) {
  const buttons = problem.doubtful && problem.batchRowId ? answers(problem.batchRowId, data, wording) : [];
  return {
    place: `${problem.doubtful ? '?' : '✕'} ${place(problem, wording)} – `,
    color: problem.doubtful ? 'Warning' : 'Attention',
    sentence: bare(problem.sentence, 300),
    buttons,
    hasButtons: buttons.length > 0,
  };
}

function answers(batchRowId: string, data: ButtonData, wording: Wording): Button[] {
  const one = { ...data, batchRowId };
  return [
    button(wording.say('list.doubtful.acceptOne'), 'register.accept-doubtful', one),
    button(wording.say('list.doubtful.dropOne'), 'register.drop-doubtful', one),
  ];
}
