import type { ProblemKind } from '../../device.ts';
import { plainText } from '../characters.ts';
import { looksLikeHash } from '../hardware-hash.ts';
import type { ProblemDetails } from '../list-builder.ts';
import { MASKED_KEY, maskProductKeys } from '../secrets.ts';
import { takeBare } from './bare.ts';
import { withoutLabelled } from './labelled.ts';
import { findLabels } from './labels.ts';
import { type Layout, type LooseEnd, looseEndsOf } from './loose-ends.ts';
import { withoutMarks } from './marks.ts';
import type { EmptyLabel, Fields, FoundPkid, Parts } from './parts.ts';

/** What one line of a message says. */
export type ProseLine = Readonly<{
  pkids: readonly FoundPkid[];
  problems: readonly Readonly<{ kind: ProblemKind; details: ProblemDetails }>[];
  /** Values with a label, and a serial number that stands alone beside a PKID. */
  fields: Readonly<Fields>;
  /** What may be a damaged identifier; whether it is one, the rest of the text has to tell. */
  looseEnds: readonly LooseEnd[];
  layout: Layout;
  emptyLabel?: EmptyLabel;
  /** True when a label stands before the PKID, so that it is no value of a label on a line above. */
  hasLabelledPkid?: boolean;
}>;

const NO_LAYOUT: Layout = { pkidPlaces: [], serialPlaces: [], isPlain: false };

/** Marks around a number that only make it bold, as in `_3305…_`: an underscore would make it part of a word. */
const EMPHASIS = /(?<=^|[\s,;(])[_*~]{1,3}(?=\d)|(?<=\d)[_*~]{1,3}(?=$|[\s,;.):])/g;

/**
 * Reads one line of running text. Numbers with a label are what the label says; bare ones must look like a PKID in every
 * way. What only nearly does comes back as a loose end, so that nothing that may have been a device is lost in silence.
 */
export function readProseLine(raw: string): ProseLine {
  const { text, count } = maskProductKeys(withoutMarks(plainText(raw)));
  const line = text.replace(EMPHASIS, ' ').replace(/ {2,}/g, ' ');
  const parts: Parts = { pkids: [], problems: [], fields: {} };
  for (let n = 0; n < count; n++) parts.problems.push({ kind: 'not_a_pkid', details: { value: MASKED_KEY } });
  if (looksLikeHash(line.trim())) return { ...parts, fields: { hash: line.trim() }, looseEnds: [], layout: NO_LAYOUT };
  const labels = findLabels(line);
  const unlabelled = withoutLabelled(line, labels, parts);
  const rest = takeBare(unlabelled, parts);
  const { looseEnds, layout } = looseEndsOf(rest, parts, labels.length > 0);
  return { ...parts, looseEnds, layout };
}
