import type { ProblemKind } from '../../device.ts';
import type { CellTag } from './cell-tag.ts';
import { itemText } from './shared-strings.ts';
import { xmlText } from './xml.ts';

/** What cells need from elsewhere in the workbook. */
export type SheetContext = Readonly<{ strings: readonly string[]; zeroPadding: readonly number[]; maxColumns: number }>;
/** What a cell says, and what is wrong with it. */
export type CellValue = Readonly<{ text: string; note?: ProblemKind }>;
type Kind = Pick<CellTag, 'type' | 'style'>;

/** Reads whatever stands between the tags of a cell: formulas, rich text, a value with attributes, nothing. */
export function cellBody(body: string, prefix: string, tag: Kind, context: SheetContext): CellValue {
  if (tag.type === 'inline') return { text: itemText(inner(body, `${prefix}is`) ?? '', prefix) };
  const value = inner(body, `${prefix}v`);
  if (value === undefined || value === '')
    return body.includes(`<${prefix}f`) ? { text: '', note: 'formula_without_value' } : { text: '' };
  return typedValue(xmlText(value), tag, context);
}

/** Reads the value of a cell by its type. */
export function typedValue(value: string, { type, style }: Kind, { strings, zeroPadding }: SheetContext): CellValue {
  if (type === 'shared') return { text: strings[Number(value)] ?? '' };
  if (type === 'error') return { text: '', note: 'cell_error' };
  return type === 'number' ? numberText(value.trim(), zeroPadding[style] ?? 0) : { text: value };
}

function inner(body: string, name: string): string | undefined {
  const at = body.indexOf(`<${name}`);
  if (at < 0) return undefined;
  const start = body.indexOf('>', at) + 1;
  if (body.charCodeAt(start - 2) === 47) return '';
  const end = body.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : body.slice(start, end);
}

/** Java writes whole numbers as `3.30512345678E12`, and always with all their digits; `E+12` is somebody's rounding. */
const JAVA_NUMBER = /^(\d)\.(\d{1,16})E(\d{1,2})$/;

function numberText(value: string, padded: number): CellValue {
  const text = wholeNumber(value);
  if (padded <= text.length || !/^\d+$/.test(text)) return { text };
  return { text: text.padStart(padded, '0'), note: 'leading_zero_restored' };
}

function wholeNumber(value: string): string {
  const java = JAVA_NUMBER.exec(value);
  if (!java) return value;
  const [, first = '', rest = '', exponent = ''] = java;
  return rest.length <= Number(exponent) && Number(exponent) <= 15 ? first + rest.padEnd(Number(exponent), '0') : value;
}
