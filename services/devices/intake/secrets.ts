/** What stands in for a product key wherever a value is shown. */
export const MASKED_KEY = '•••••-•••••-•••••-•••••-•••••';

/** Five groups of five with hyphens, as on a certificate of authenticity; also when something is glued to them. */
const WITH_HYPHENS = /[A-Za-z0-9]{5}(?:-[A-Za-z0-9]{5}){4}/g;
/** The same with other single separators: only capitals and digits, because five short words are no key. */
const GROUPED = /(?<![A-Za-z0-9+/])(?=[A-Z ._]{0,28}\d)[A-Z0-9]{5}(?:[ ._][A-Z0-9]{5}){4}(?![A-Za-z0-9+/=])/g;
/** The same in one word: only the letters and digits Microsoft uses in product keys. */
const IN_ONE_WORD = /(?<![A-Za-z0-9+/])[BCDFGHJKMNPQRTVWXY2346789]{25}(?![A-Za-z0-9+/=])/g;

/** Replaces every 25-character product key, which is a secret and never a PKID, and says how many there were. */
export function maskProductKeys(text: string): { text: string; count: number } {
  let count = 0;
  const mask = (found: string) => {
    if (!/[A-Za-z]/.test(found)) return found;
    count++;
    return MASKED_KEY;
  };
  const masked = text.replace(WITH_HYPHENS, mask).replace(GROUPED, mask).replace(IN_ONE_WORD, mask);
  return { text: masked, count };
}

/** True when the text holds a product key. */
export function hasProductKey(text: string): boolean {
  return maskProductKeys(text).count > 0;
}

const SHOWN_CHARS = 40;
/** A run this long without a space is a hash or part of one. */
const HASH_LIKE = /[A-Za-z0-9+/=]{60,}/g;

/** A value as a person may see it again: short, on one line, without product keys and hardware hashes. */
export function shown(value: string): string {
  const safe = maskProductKeys(value.slice(0, 400)).text.replace(HASH_LIKE, '…');
  const line = safe.replace(/[\x00-\x1f\x7f]/g, ' ').trim();
  return line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS - 1)}…` : line;
}
