import { en } from '../../cards/wording/en.ts';
import { type Catalogue, type Wording, wordingFrom } from '../../cards/wording/wording.ts';

/**
 * English in wide letters: Ｄｅｖｉｃｅ． What is shown in other letters did not come from the catalogue: neither as a
 * text of its own nor as a value put into a message. Wide letters keep the length, so texts are cut where they always are.
 */
export function pseudoWording(): Wording {
  const catalogue = Object.fromEntries(Object.entries(en).map(([key, message]) => [key, widened(message)]));
  const wording = wordingFrom(catalogue as Catalogue, { language: 'en', formats: 'en', timeZone: 'UTC' });
  return {
    ...wording,
    date: (date) => wide(wording.date(date)),
    dateTime: (date) => wide(wording.dateTime(date)),
  };
}

/** The words of a text that are not of the pseudo language, each at least two letters long. */
export function foreignWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}]*(?:(?![\uFF00-\uFF5E])\p{L}){2}[\p{L}\p{N}]*/gu) ?? [];
}

/** Only what is read: names and kinds of arguments stand in braces at every odd depth of an ICU message. */
function widened(message: string): string {
  let depth = 0;
  return Array.from(message, (letter) => {
    if (letter === '{') depth++;
    if (letter === '}') depth--;
    return depth % 2 === 0 ? wide(letter) : letter;
  }).join('');
}

function wide(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}
