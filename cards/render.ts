import { Template } from 'adaptivecards-templating';
import { inRows } from './button-rows.ts';
import { spoken } from './text.ts';
import type { Wording } from './wording/wording.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A finished card, to be sent as it is. */
export type AdaptiveCard = Readonly<{ type: 'AdaptiveCard'; version: '1.5'; fallbackText: string }> &
  Readonly<Record<string, Json>>;

/** Everything a template mentions. Each name must be present: the template language has no words for "absent". */
export type Bindings = { readonly [name: string]: Bound };
type Bound = string | number | boolean | null | undefined | readonly Bound[] | Bindings;

/** Longest card we send, in bytes counted as UTF-16. @see Teams: format your bot messages, message size */
export const MAX_CARD_BYTES = 80 * 1024;

/**
 * Prepares a template once, when its module is loaded.
 *
 * The template language is that of adaptivecards-templating, whose evaluator copies every element and builds a scope for
 * every expression: 50 to 155 µs for cards of ours. What is certain beforehand is therefore decided beforehand (9 to
 * 44 µs for the same cards): a part without bindings is used as it is, and the commonest form, a single `${name}`, is
 * read directly. Every other expression is the library's. A test holds our result and the library's equal for all cards.
 */
export function prepare(template: unknown): (data: Bindings, wording: Wording, summary: string) => AdaptiveCard {
  const draw = compile(template);
  return (data, { language, rtl }, summary) => {
    const [card] = draw(data);
    if (!isRecord(card)) throw new TypeError('a template draws one card');
    return {
      ...(inRows(card as Json) as Record<string, Json>),
      type: 'AdaptiveCard',
      version: '1.5',
      lang: language,
      rtl,
      fallbackText: summary,
      speak: spoken(summary),
    };
  };
}

/** Draws a part of a card: one value, or none or several where the template says so. */
type Draw = (data: Bound) => readonly Json[];

function compile(node: unknown): Draw {
  if (!hasBindings(node)) return fixed(node as Json);
  if (typeof node === 'string') {
    const read = compileText(node);
    return (data) => [(read(data) ?? '') as Json];
  }
  if (Array.isArray(node)) {
    const items = node.map(compile);
    return (data) => [items.flatMap((draw) => draw(data))];
  }
  return compileElement(node as Record<string, unknown>);
}

function fixed(value: Json): Draw {
  const drawn = [value];
  return () => drawn;
}

function compileElement({ $data, $when, ...members }: Record<string, unknown>): Draw {
  const when = typeof $when === 'string' ? compileText($when) : undefined;
  const parts = Object.entries(members).map(([name, value]) => [name, compile(value)] as const);
  const one = (data: Bound): Json[] => {
    if (when && when(data) !== true) return [];
    const element: Record<string, Json> = {};
    for (const [name, draw] of parts) element[name] = draw(data)[0] ?? '';
    return [element];
  };
  if (typeof $data !== 'string') return one;
  const repeat = compileText($data);
  return (data) => {
    const scope = repeat(data);
    return Array.isArray(scope) ? scope.flatMap(one) : one(scope);
  };
}

function compileText(text: string): (data: Bound) => Bound {
  if (text === '${$data}') return (data) => data;
  const name = SINGLE_NAME.exec(text)?.[1];
  if (name) return (data) => (isRecord(data) ? (data as Bindings)[name] : undefined);
  if (text.includes('$root') || text.includes('$index')) throw new TypeError(`${text}: a part sees its own data only`);
  const template = new Template({ value: text });
  return (data) => (template.expand({ $root: data }) as { value: Bound }).value;
}

const SINGLE_NAME = /^\$\{([A-Za-z]\w*)\}$/;

function hasBindings(node: unknown): boolean {
  return JSON.stringify(node).includes('${');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
