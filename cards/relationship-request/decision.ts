import { MAX_NAME_CHARS } from '../customer.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import type { RequestView } from './view.ts';

/** Who answered and when, where there is an answer. */
export function decision({ state, decidedBy, decidedAt }: RequestView, wording: Wording): string[] {
  if (!decidedBy || !decidedAt || (state !== 'approved' && state !== 'declined')) return [];
  return [
    wording.say(`request.${state}.by`, { name: plain(decidedBy, MAX_NAME_CHARS), date: wording.dateTime(decidedAt) }),
  ];
}
