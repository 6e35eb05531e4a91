import type { ProblemKind } from '../../services/devices/device.ts';
import type { ErrorCode, ErrorDetails } from '../../services/errors.ts';
import { bare, plain } from '../text.ts';
import type { Values, Wording } from './wording.ts';

/** What a refusal or failure means and what to do next, safe for Markdown; `bare` for cards that escape by themselves. */
export function errorSentence(code: ErrorCode, details: ErrorDetails, wording: Wording, safe = plain): string {
  return wording.say(`error.${code}`, words(details, wording, safe));
}

/** Why a line of a list was not taken and how to put it right. Not for Markdown: cards show it as a text run. */
export function problemSentence(
  kind: ProblemKind,
  details: Readonly<Record<string, string | number>>,
  wording: Wording,
): string {
  return wording.say(`problem.${kind}`, words(details, wording, bare));
}

/** Why Autopilot refused a device, who can help and what to do next. */
export type DeviceWords = Readonly<{ cause: string; who: string; nextStep: string }>;

/**
 * Puts an Autopilot result into words by its name, which is more reliable than its number. What we do not know is shown
 * as it came. Not for Markdown: cards show it as text runs.
 */
export function deviceWords(error: { name?: string; code?: string }, wording: Wording): DeviceWords {
  const known = `device.${error.name}.cause`;
  const name = wording.knows(known) && error.name ? error.name : 'unknown';
  const code = bare([error.code, error.name].filter(Boolean).join(' '), 80) || '?';
  const say = (part: string) => {
    const key = `device.${name}.${part}`;
    return wording.knows(key) ? wording.say(key, { code }) : '';
  };
  return { cause: say('cause'), who: say('who'), nextStep: say('next') };
}

/** Dates in the reader's way, text made harmless, numbers left to the message. */
function words(details: ErrorDetails, wording: Wording, safe: (text: string, maxChars: number) => string): Values {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(details)) {
    if (value instanceof Date) values[name] = wording.dateTime(value);
    else values[name] = typeof value === 'string' ? safe(value, 120) : value;
  }
  return values;
}
