import { type ButtonData, inputButton } from '../buttons.ts';
import { bare } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { FIX_PREFIX, MAX_FIX_CHARS, MAX_FIXES } from './answers.ts';
import type { PreviewProblem } from './rows.ts';

/** Inputs for the first lines that can be corrected, opened by one button; nothing where no line can. */
export function fixPart(problems: readonly PreviewProblem[], data: ButtonData, wording: Wording) {
  const inputs = problems.flatMap(({ batchRowId, source, row }) => {
    if (!batchRowId) return [];
    const label = wording.say('list.fix.label', { source: bare(source, 60), row: wording.number(row) });
    return [{ id: `${FIX_PREFIX}${batchRowId}`, label, maxLength: MAX_FIX_CHARS }];
  });
  if (inputs.length === 0) return [];
  return [
    {
      label: wording.say('list.fix'),
      inputs: inputs.slice(0, MAX_FIXES),
      buttons: [inputButton(wording.say('list.fix.apply'), 'register.fix', data)],
    },
  ];
}
