import { plainText, withoutInvisible } from '../characters.ts';

/** Values firmware and templates carry where nobody entered a real one. */
const PLACEHOLDERS =
  /^(?:to be filled by o\.?e\.?m\.?|default string|system (?:serial number|manufacturer|product name|version)|not (?:specified|available|applicable)|unknown|invalid|none|serial ?number|0+|x{4,}|\?+|<.*>)$/i;
const ABSENT = /^(?:-+|n\/?a|#n\/a|null|nil|none|\?|\/)$/i;

/** A serial number with Excel's text marks and Lenovo's `1S` prefix undone; empty when there is none. */
export function readSerial(cell: string): string {
  if (isPlainSerial(cell)) return cell;
  const text = unmarked(plainText(cell));
  if (ABSENT.test(text)) return '';
  const lenovo = /^1S[0-9A-Z]{10}([0-9A-Z]{8})$/.exec(text);
  return lenovo?.[1] ?? text;
}

/** Manufacturer or model exactly as written, apart from what surrounds it: Partner Center compares every character. */
export function readName(cell: string): string {
  if (isPlainName(cell)) return cell;
  const text = unmarked(withoutInvisible(cell));
  return ABSENT.test(text) ? '' : text;
}

/**
 * True for 5 to 24 capitals and digits, both present: nearly every serial number, and nothing that needs undoing or
 * refusing. Told without patterns because it is asked for every row.
 */
export function isPlainSerial(text: string): boolean {
  if (text.length < 5 || text.length > 24 || (text.charCodeAt(0) === 49 && text.charCodeAt(1) === 83)) return false;
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 65 && code <= 90) letters++;
    else if (code < 48 || code > 57) return false;
  }
  return letters > 0 && letters < text.length;
}

/** True for a name of printable ASCII that begins and ends with a letter or digit and is too long for `none`. */
function isPlainName(text: string): boolean {
  if (text.length < 5) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code > 126) return false;
  }
  return isWordCode(text.charCodeAt(0)) && isWordCode(text.charCodeAt(text.length - 1));
}

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** True for a serial number or name that a template or the firmware put there. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDERS.test(value);
}

/** True for a number a spreadsheet shortened. */
export function isShortened(value: string): boolean {
  return /^\d[.,]\d{1,14}E\+\d{1,3}$/i.test(value);
}

/** Spreadsheets mark text as `="…"` or with an apostrophe in front. */
function unmarked(cell: string): string {
  const text = cell.trim();
  const formula = /^="(.*)"$/.exec(text);
  return (formula?.[1] ?? (text.startsWith("'") ? text.slice(1) : text)).trim();
}

/** Manufacturer names as their firmware has them (SMBIOS type 1), by the plain word people write. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^lenovo/i, 'LENOVO'],
  [/^(?:hp|hp inc\.?)$/i, 'HP'],
  [/^hewlett.packard$/i, 'Hewlett-Packard'],
  [/^dell/i, 'Dell Inc.'],
  [/^microsoft/i, 'Microsoft Corporation'],
  [/^acer/i, 'Acer'],
  [/^asus/i, 'ASUSTeK COMPUTER INC.'],
  [/^fujitsu/i, 'FUJITSU'],
  [/^panasonic/i, 'Panasonic Corporation'],
  [/^dynabook/i, 'Dynabook Inc.'],
];

/**
 * True when a manufacturer is written in another way than its firmware has it, such as `lenovo`. A tuple with it would
 * find no device.
 */
export function isOddlyWritten(manufacturer: string): boolean {
  for (const [word, name] of MAKERS) if (word.test(manufacturer)) return manufacturer !== name;
  return manufacturer === manufacturer.toLowerCase() && /[a-z]/.test(manufacturer);
}

/** True for the name of a manufacturer we know, in any letter case. */
export function isKnownMaker(value: string): boolean {
  return MAKERS.some(([word]) => word.test(value.trim()));
}

/** True for what a serial number looks like where nothing says so: 5 to 20 capitals and digits, both present. */
export function looksLikeSerial(value: string): boolean {
  return /^(?=.*\d)(?=.*[A-Z])[A-Z0-9][A-Z0-9-]{3,18}[A-Z0-9]$/.test(value.slice(0, 24));
}
