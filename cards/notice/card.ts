import { type Button, type ButtonData, button, offered } from '../buttons.ts';
import { status } from '../facts.ts';
import { MAX_ROWS } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import type { Verb } from '../verbs.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** A button by its parts, for whoever puts a card together from sentences. */
export type PlainButton = Readonly<{ verb: Verb; title: string; data?: ButtonData }>;

export type NoticeView = Readonly<{
  tone: 'good' | 'attention' | 'info';
  /** Title and lines are sentences of the catalogue; what people typed went through `plain` on the way in. */
  title: string;
  lines: readonly string[];
  buttons: readonly PlainButton[];
  /** A page outside Teams; its title says that it leaves Teams. */
  link?: Readonly<{ title: string; url: string }>;
}>;

/** Tells somebody what has happened without being asked, and offers the next step. */
export function noticeCard({ tone, title, lines, buttons, link }: NoticeView, wording: Wording): AdaptiveCard {
  const { color, text } = status(TONES[tone], title);
  const made = plainButtons(buttons);
  return draw(
    {
      title: text,
      color,
      lines: lines.slice(0, MAX_ROWS),
      buttons: made,
      links: link ? [link] : [],
      hasButtons: made.length > 0,
    },
    wording,
    [title, lines[0]].filter(Boolean).join('. '),
  );
}

/** Makes buttons of their parts. */
export function plainButtons(buttons: readonly PlainButton[]): Button[] {
  return offered(...buttons.map(({ verb, title, data }) => button(title, verb, data)));
}

const draw = prepare(template);

const TONES = { good: 'Good', attention: 'Attention', info: 'Accent' } as const;
