import { bare, inDirection } from './text.ts';
import type { Wording } from './wording/wording.ts';

/** A labelled value, drawn as text runs: nothing in it is read as Markdown. */
export type Fact = Readonly<{ label: string; value: string; font: 'Default' | 'Monospace' }>;

/** A fact whose value people typed. @param maxChars longest value shown, in UTF-16 units */
export function fact(label: string, value: string, { rtl }: Wording, maxChars = 200): Fact {
  return { label: `${label} `, value: inDirection(bare(value, maxChars), rtl), font: 'Default' };
}

/** A fact whose value is an id: monospaced, and in its own direction in right-to-left cards. */
export function idFact(label: string, value: string, { rtl }: Wording): Fact {
  return { label: `${label} `, value: inDirection(bare(value, 200), rtl), font: 'Monospace' };
}

/** The facts that there are. */
export function present(...facts: readonly (Fact | false | undefined | '')[]): Fact[] {
  return facts.filter((each) => typeof each === 'object');
}

/** A state that can be read without seeing its colour. */
export type Status = Readonly<{ text: string; color: 'Default' | 'Accent' | 'Good' | 'Warning' | 'Attention' }>;

const SIGNS = { Default: '•', Accent: '○', Good: '✓', Warning: '!', Attention: '✕' } as const;

/** Words with a sign in front; `text` is safe already. */
export function status(color: Status['color'], text: string): Status {
  return { color, text: `${SIGNS[color]} ${text}` };
}
