import { createHash } from 'node:crypto';

/** What somebody read when they decided: kept with the decision, because words change and decisions stay. */
export type Shown = Readonly<{
  /** Language of the catalogue, such as `sv`. */
  language: string;
  /** Every text of the card, from top to bottom. */
  text: readonly string[];
  /** SHA-256 over the language and the texts, in hexadecimal: tells at a glance that two people read the same. */
  sha256: string;
  /** The Teams activity with which they answered. */
  activityId?: string;
}>;

/** Notes what was shown. */
export function noteShown(language: string, text: readonly string[], activityId?: string): Shown {
  const sha256 = createHash('sha256')
    .update(JSON.stringify([language, ...text]))
    .digest('hex');
  return { language, text, sha256, ...(activityId !== undefined && { activityId }) };
}
