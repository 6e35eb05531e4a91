import type { ProblemKind } from '../../device.ts';
import type { PkidReading } from '../../pkid.ts';
import type { ProblemDetails } from '../list-builder.ts';
import { shown } from '../secrets.ts';

export type FoundPkid = Readonly<{ pkid: string; confirm?: ProblemKind; value: string }>;
/** Values with a label of their own. */
export type Fields = { serial?: string; manufacturer?: string; model?: string; hash?: string };
/**
 * A label such as `PKID:` without a value: `blank` may have it on the next line, `absent` says that there is none.
 */
export type EmptyLabel = 'blank' | 'absent';

/** A line of text while it is being read. */
export type Parts = {
  pkids: FoundPkid[];
  problems: { kind: ProblemKind; details: ProblemDetails }[];
  fields: Fields;
  emptyLabel?: EmptyLabel;
  /** True once a PKID was found behind a label. */
  hasLabelledPkid?: boolean;
};

/** Notes what a value turned out to be. */
export function take(reading: PkidReading, value: string, parts: Parts, doubt?: ProblemKind): void {
  if (reading.kind === 'refused') parts.problems.push({ kind: reading.problem, details: reading.details });
  if (reading.kind !== 'pkid') return;
  const confirm = reading.confirm ?? doubt;
  parts.pkids.push({ pkid: reading.pkid, value: shown(value), ...(confirm && { confirm }) });
}
