import { en } from '../../cards/wording/en.ts';
import { type Catalogue, type Wording, wordingFrom } from '../../cards/wording/wording.ts';

/** English between brackets: what is shown without them did not come from the catalogue. */
export function pseudoWording(): Wording {
  const catalogue = Object.fromEntries(Object.entries(en).map(([key, message]) => [key, `⟦${message}⟧`]));
  return wordingFrom(catalogue as Catalogue, { language: 'en', formats: 'en', timeZone: 'UTC' });
}
