/**
 * Makes text that somebody typed safe to show where Markdown is read (TextBlock, chat messages), reading the same.
 *
 * Markdown, mentions, template expressions, direction overrides, invisible characters and line breaks lose their effect.
 *
 * @param maxChars longest result before escaping, in UTF-16 units; what is cut ends in an ellipsis.
 */
export function plain(text: string, maxChars: number): string {
  return bare(text, maxChars).replace(MARKDOWN, '\\$&').replace(LIST_START, '$1\\$2').replace(LINK_START, '$1\u2060');
}

/**
 * The same without Markdown escapes, for what shows text as it is: TextRun, button titles, input values, choices.
 *
 * @param maxChars longest result, in UTF-16 units.
 */
export function bare(text: string, maxChars: number): string {
  const line = text
    .slice(0, maxChars * 4)
    .replace(INVISIBLE, '')
    .replace(BLANK, ' ')
    .trim()
    .replaceAll('${', '$\u2060{');
  return line.length <= maxChars ? line : `${wholeCharacters(line.slice(0, maxChars - 1))}…`;
}

/**
 * The same for inputs of several lines: line breaks stay.
 *
 * @param maxChars longest result, in UTF-16 units.
 */
export function bareLines(text: string, maxChars: number): string {
  const lines = text
    .slice(0, maxChars * 4)
    .replace(/\r\n?/g, '\n')
    .split('\n');
  return wholeCharacters(
    lines
      .map((line) => bare(line, maxChars))
      .join('\n')
      .slice(0, maxChars),
  );
}

/** Takes the escapes of `plain` back, for what is read aloud. */
export function spoken(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Keeps text in its own direction inside text of any direction. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Isolates text where it may stand against the direction around it; elsewhere it stays free of invisible marks. */
export function inDirection(text: string, rtl: boolean): string {
  return rtl || RIGHT_TO_LEFT.test(text) ? isolate(text) : text;
}

/** Letters of the scripts that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** ASCII punctuation that begins or ends something in Markdown or in Teams' own marks. */
const MARKDOWN = /[\\`*_[\]<>~|#&!{}]/g;
/** What makes a list, a rule or a heading, but only where a line begins. */
const LIST_START = /^(\d{0,9})([-+.)=])/;
/** Where clients make a link by themselves: a word joiner in it cannot be seen and stops them. */
const LINK_START = /(\b(?:[a-z][a-z0-9+.-]*:(?=\/\/)|mailto:|tel:|www(?=\.))|\/(?=\/))/gi;
/** Direction marks and overrides, zero-width characters, tags and other things without a shape; joiners of scripts stay. */
const INVISIBLE =
  /[\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu;
/** Line breaks and other control characters: one blank for any number of them. */
const BLANK = /[\s\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** A cut must not leave half of a character behind. */
function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
