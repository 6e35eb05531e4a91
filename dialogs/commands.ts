import { CATALOGUES, type Wording } from '../cards/wording/wording.ts';

/** What can be asked for by a word. */
export const COMMANDS = [
  'request',
  'register',
  'requests',
  'customers',
  'batches',
  'find',
  'deregister',
  'surface',
  'profiles',
  'status',
  'doctor',
  'help',
  'cancel',
  'settings',
  'language',
  'notify',
  'sign-in',
  'sign-out',
] as const;
export type Command = (typeof COMMANDS)[number];

/**
 * Every language's words are understood at all times, because Teams does not translate what a person picks from a
 * localised command menu.
 */
const BY_WORD: ReadonlyMap<string, Command> = new Map(
  Object.values(CATALOGUES).flatMap((catalogue) =>
    COMMANDS.flatMap((command) => catalogue[`words.${command}`].split(', ').map((word) => [word, command] as const)),
  ),
);

/** A command and what was typed after it. */
export type Commanded = Readonly<{ command: Command; rest: string }>;

/** Finds a command at the start of what was said, in any letter case, with or without a slash in front. */
export function parseCommand(text: string): Commanded | undefined {
  const [, first = '', rest = ''] = /^\s*\/?([^\s]+)\s*([\s\S]*)$/.exec(text.normalize('NFC')) ?? [];
  const [second = ''] = rest.split(/\s/, 1);
  const ofTwo = BY_WORD.get(bareWord(`${first} ${second}`));
  if (ofTwo) return { command: ofTwo, rest: rest.slice(second.length).trim() };
  const command = BY_WORD.get(bareWord(first));
  return command && { command, rest: rest.trim() };
}

function bareWord(word: string): string {
  return word.toLowerCase().replace(/[.!,]+$/, '');
}

/** What a reader is told to type for a command: its first word in their language. */
export function wordFor(command: Command, wording: Wording): string {
  return wording.say(`words.${command}`).split(', ', 1)[0] ?? command;
}

/** The command a mistyped word was probably meant to be: at most two letters off. */
export function guessCommand(text: string): Command | undefined {
  const word = /^\s*\/?(\S{3,20})\s*$/.exec(text.normalize('NFC'))?.[1]?.toLowerCase();
  if (!word) return undefined;
  return [...BY_WORD].find(([known]) => known.length > 3 && distance(word, known) <= 2)?.[1];
}

/** Edit distance; words are at most 20 letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
