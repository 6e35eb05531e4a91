import { z } from 'zod';
import { id, pageNumber, reader } from '../paging.ts';

/** Most lines that are corrected in one go. */
export const MAX_FIXES = 10;
/** Longest corrected value, in UTF-16 units. */
export const MAX_FIX_CHARS = 200;
/** Longest batch name a card takes, in UTF-16 units; the domain may allow less. */
export const MAX_BATCH_NAME_CHARS = 100;
/** Inputs for corrections are named by this and the row's id. */
export const FIX_PREFIX = 'fix-';

/** The choice of no Autopilot profile: a choice without a value is none for the clients. */
export const NO_PROFILE = 'none';

/** The choice of a new batch; any other choice is this prefix and the name of a batch at Partner Center. */
export const NEW_BATCH = 'new';
export const ADD_TO_PREFIX = 'add:';

const list = { batchId: id, version: z.coerce.number().int().min(0) };

/** Reads a confirmation: which version of which list, under which name, with which profile. */
export const parseConfirm = reader({
  ...list,
  batchName: z.string().trim().min(1).max(MAX_BATCH_NAME_CHARS),
  /** Absent where none could be chosen: then it is the customer's default. */
  profile: z.string().max(100).optional(),
  /** Absent where nothing could be chosen: then it is a new batch. */
  target: z
    .union([z.literal(NEW_BATCH), z.string().startsWith(ADD_TO_PREFIX).max(300)])
    .optional()
    .transform((chosen) => (chosen?.startsWith(ADD_TO_PREFIX) ? chosen.slice(ADD_TO_PREFIX.length) : undefined)),
});
/** Reads which list more devices are to be added to. */
export const parseMore = reader(list);
/** Reads which page of the problems to show. */
export const parseListPage = reader({ ...list, page: pageNumber });
/** Reads which doubtful device to take or leave out; all of them when `batchRowId` is absent. */
export const parseDoubtful = reader({ ...list, batchRowId: id.optional(), page: pageNumber.optional() });

export type Fixes = Readonly<{
  batchId: string;
  version: number;
  fixes: readonly Readonly<{ batchRowId: string; value: string }>[];
}>;

/** Reads corrected lines; inputs left empty correct nothing. */
export function parseFixes(data: unknown): Fixes | undefined {
  const read = fixes.safeParse(data).data;
  if (!read) return undefined;
  const { batchId, version, ...rest } = read;
  const given = Object.entries(rest).flatMap(([name, value]) => {
    const corrected = name.startsWith(FIX_PREFIX) ? fixed.safeParse(value).data : undefined;
    return corrected ? [{ batchRowId: name.slice(FIX_PREFIX.length), value: corrected }] : [];
  });
  return given.length <= MAX_FIXES ? { batchId, version, fixes: given } : undefined;
}

const fixes = z.looseObject(list);
const fixed = z.string().trim().min(1).max(MAX_FIX_CHARS);
