import { bare } from '../cards/text.ts';
import { errorSentence } from '../cards/wording/sentences.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { ServiceError } from '../services/errors.ts';

/**
 * Turns an error into what a person reads: what happened and the next step. Every code has a sentence in the catalogue,
 * or it does not compile. Anything but a ServiceError is a bug of ours and has a reference that is also in the log.
 */
export function sentenceOf(error: unknown, wording: Wording, reference: string): string {
  if (!(error instanceof ServiceError)) return wording.say('error.unexpected', { reference });
  return errorSentence(error.code, { correlationId: reference, ...error.details }, wording);
}

/** The same for a card that escapes what it shows: escaped twice, it would show backslashes. */
export function bareSentenceOf(error: unknown, wording: Wording): string {
  if (!(error instanceof ServiceError)) return wording.say('error.unexpected');
  return errorSentence(error.code, error.details, wording, bare);
}
