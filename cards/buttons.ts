import type { Verb } from './verbs.ts';

/** What a button sends back: opaque ids, page numbers and choices. Never who may press it. */
export type ButtonData = Readonly<Record<string, string | number | boolean>>;

/** A button as templates mention it. */
export type Button = Readonly<{
  title: string;
  verb: Verb;
  data: ButtonData;
  /** The same for clients that only know Action.Submit: there the verb travels in the data. */
  submit: ButtonData;
  /** `none` for buttons that must work whatever stands in the inputs, such as "Cancel". */
  inputs: 'auto' | 'none';
}>;

/** A button that sends its own data only. */
export function button(title: string, verb: Verb, data: ButtonData = {}): Button {
  return { title, verb, data, submit: { ...data, verb }, inputs: 'none' };
}

/** A button that also sends what was entered on the card. */
export function inputButton(title: string, verb: Verb, data: ButtonData = {}): Button {
  return { ...button(title, verb, data), inputs: 'auto' };
}

/** The buttons whose condition holds; Teams shows six of them. */
export function offered(...buttons: readonly (Button | false | undefined)[]): Button[] {
  return buttons.filter((each) => each !== false && each !== undefined).slice(0, MAX_BUTTONS);
}

/** @see Teams: Adaptive Cards, format cards: further primary actions move into an overflow menu */
const MAX_BUTTONS = 6;
