import { z } from 'zod';
import { asCard, type Card } from './activity.ts';

const action = z.looseObject({
  type: z.string().startsWith('Action.'),
  id: z.string().optional(),
  title: z.string().optional(),
  verb: z.string().optional(),
  url: z.string().optional(),
  data: z.unknown().optional(),
  card: z.unknown().optional(),
  isEnabled: z.boolean().optional(),
  associatedInputs: z.string().optional(),
});

const input = z.looseObject({
  type: z.string().startsWith('Input.'),
  id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  isRequired: z.boolean().optional(),
});

type Action = z.infer<typeof action>;
/** What a person fills in, by input id. */
export type Inputs = Readonly<Record<string, string>>;

/** A button on a card and the cards around it: the card itself and, inside a ShowCard, the inner one. */
export type Button = Readonly<{ action: Action; cards: readonly Card[] }>;

/** All buttons of a card, in reading order. `fallback` content is not shown and so left out. */
function buttonsOf(card: Card): readonly Button[] {
  return walk(card, [card]);
}

function walk(node: unknown, cards: readonly Card[]): readonly Button[] {
  if (Array.isArray(node)) return node.flatMap((part) => walk(part, cards));
  const object = asCard(node);
  if (!object) return [];
  const read = action.safeParse(object).data;
  const inner = asCard(object.card);
  if (read) return [{ action: read, cards }, ...(inner ? walk(inner, [...cards, inner]) : [])];
  return Object.entries(object).flatMap(([key, part]) => (HIDDEN.includes(key) ? [] : walk(part, cards)));
}

const HIDDEN = ['fallback', 'refresh', 'data', 'msteams'];

/** The button with this title, verb, id or `data.verb`; throws when a person could not press it. */
export function findButton(cards: readonly Card[], name: string): Button {
  const buttons = cards.flatMap(buttonsOf);
  const found = buttons.find(({ action: { title, verb, id, data } }) =>
    [title, verb, id, asCard(data)?.verb].includes(name),
  );
  if (!found)
    throw new Error(`no button "${name}"; there are: ${buttons.map((b) => b.action.title).join(', ') || 'none'}`);
  if (found.action.isEnabled === false) throw new Error(`button "${name}" is disabled`);
  return found;
}

/**
 * What a client sends for a button: its data and the inputs around it as strings (Adaptive Cards, Universal Action
 * Model). Throws where a client would not send: an unknown input, a required one left empty.
 */
export function dataOf({ action: { data, associatedInputs }, cards }: Button, typed: Inputs): unknown {
  const inputs = cards.flatMap(inputsOf);
  const unknown = Object.keys(typed).find((id) => !inputs.some((known) => known.id === id));
  if (unknown !== undefined) throw new Error(`the card has no input "${unknown}"`);
  if (associatedInputs?.toLowerCase() === 'none') return data;
  if (data !== undefined && !asCard(data)) return data; // a string as data: inputs are not sent
  return { ...asCard(data), ...Object.fromEntries(inputs.flatMap((field) => valueSent(field, typed))) };
}

/** An empty choice is not sent, an empty text is, a toggle nobody touched is "false" (seen in the adaptivecards package). */
function valueSent({ id, type, value, isRequired }: z.infer<typeof input>, typed: Inputs): readonly [string, string][] {
  const start = value === undefined ? (type === 'Input.Toggle' ? 'false' : '') : String(value);
  const given = typed[id] ?? start;
  if (isRequired && given === '') throw new Error(`input "${id}" is required`);
  return given === '' && type === 'Input.ChoiceSet' ? [] : [[id, given]];
}

/** The dataset that a list on these cards searches; throws where it does not search. */
export function datasetOf(cards: readonly Card[], inputId: string): string {
  const list = cards.flatMap(inputsOf).find(({ id }) => id === inputId);
  const query = searched.safeParse(list).data?.['choices.data'];
  if (!query) throw new Error(`there is no list "${inputId}" that searches`);
  return query.dataset;
}

const searched = z.looseObject({
  type: z.literal('Input.ChoiceSet'),
  style: z.literal('filtered'),
  'choices.data': z.object({ type: z.literal('Data.Query'), dataset: z.string() }),
});

/** Inputs of one card, without those of cards that its ShowCard buttons would open. */
function inputsOf(node: unknown): readonly z.infer<typeof input>[] {
  if (Array.isArray(node)) return node.flatMap(inputsOf);
  const object = asCard(node);
  if (!object || action.safeParse(object).success) return [];
  const read = input.safeParse(object).data;
  if (read) return [read];
  return Object.entries(object).flatMap(([key, part]) => (HIDDEN.includes(key) ? [] : inputsOf(part)));
}
