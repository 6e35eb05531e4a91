import type { Finding } from '../../services/operation/finding.ts';
import { plain } from '../text.ts';
import type { Values, Wording } from '../wording/wording.ts';

/** Longest value shown, in UTF-16 units: names, addresses, and the first line of an error. */
const MAX_VALUE_CHARS = 200;

/** What a check found, in the reader's words; `bare` for what is no Markdown. */
export function findingSentence({ found, values }: Finding, wording: Wording, safe = plain): string {
  return wording.say(`doctor.found.${found}`, valuesOf(values, wording, safe));
}

/** The same with what was looked at in front. */
export function findingLine(finding: Finding, wording: Wording, safe = plain): string {
  const check = wording.say(`doctor.check.${finding.check}`);
  return wording.say('doctor.line', { check, found: findingSentence(finding, wording, safe) });
}

/** What to do about a problem. Microsoft's own number of an error, where there is one, is named too. */
export function adviceSentence(
  { advice, values }: Extract<Finding, { outcome: 'problem' }>,
  wording: Wording,
  safe = plain,
): string {
  const said = valuesOf(values, wording, safe);
  const number = values.aadsts === undefined ? '' : ` ${wording.say('doctor.aadsts', { number: `${values.aadsts}` })}`;
  return `${wording.say(`doctor.advice.${advice}`, said)}${number}`;
}

/** Moments in the reader's way, what a permission is for in words, text made harmless, numbers left to the message. */
function valuesOf({ since, purpose, ...others }: Finding['values'], wording: Wording, safe: typeof plain): Values {
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(others))
    said[name] = typeof value === 'string' ? safe(value, MAX_VALUE_CHARS) : value;
  if (since !== undefined) said.since = wording.dateTime(new Date(since));
  const known = `doctor.purpose.${purpose}`;
  if (wording.knows(known)) said.purpose = wording.say(known);
  return said;
}
