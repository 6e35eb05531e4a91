import { z } from 'zod';
import type { UploadState } from '../devices/ports.ts';

/** Text that may be absent, null or empty: all of them mean that it was not told. */
export const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)));

export const optionalCount = z
  .number()
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? undefined);

/** A moment; without a zone it is UTC, and year 1 means that it was never set. */
export const optionalMoment = z
  .string()
  .nullish()
  .transform((text) => (text ? parseMoment(text) : undefined));

/** Reads a date-time as Partner Center writes it; `undefined` when it is unset or no date. */
export function parseMoment(text: string): Date | undefined {
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() <= 1 ? undefined : at;
}

const STATES: ReadonlyMap<string, UploadState> = new Map([
  ['queued', 'queued'],
  ['processing', 'processing'],
  ['inprogress', 'processing'],
  ['finished', 'finished'],
  ['finishedwitherrors', 'finished_with_errors'],
]);

/** A state in snake_case, PascalCase or with hyphens; what we do not know is `unknown`. */
export const uploadState = z.unknown().optional().transform(readState);

function readState(value: unknown): UploadState {
  const letters = String(value ?? '').replace(/[-_ ]/g, '');
  return STATES.get(letters.toLowerCase()) ?? 'unknown';
}
