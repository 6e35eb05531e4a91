import { button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Audience } from '../welcome/card.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** What a rep can read about on its own. */
export const HELP_TOPICS = [
  'request',
  'register',
  'find',
  'remove',
  'surface',
  'follow',
  'profiles',
  'files',
  'settings',
  'notify',
  'stop',
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

export type HelpView = Readonly<{
  audience: Audience;
  partnerName: string;
  topic?: HelpTopic;
  /** Administers the installation, whether or not they request and register, too. */
  administers?: boolean;
}>;

/** Explains commands, limits and what happens next; with a topic, that one alone. */
export function helpCard(
  { audience, partnerName, topic, administers = false }: HelpView,
  wording: Wording,
): AdaptiveCard {
  const title = wording.say('help.title');
  const own = sectionsFor(audience, plain(partnerName, MAX_NAME_CHARS), topic, wording);
  const sections = administers && !topic ? [...own, section('doctor', wording)] : own;
  const buttons = offered(
    audience === 'rep' && button(wording.say('command.request'), 'request.start'),
    audience === 'rep' && button(wording.say('command.register'), 'register.start'),
    audience === 'rep' && button(wording.say('command.remove'), 'removal.start'),
  );
  return draw({ title, sections, buttons, hasButtons: buttons.length > 0 }, wording, title);
}

const draw = prepare(template);

type Section = Readonly<{ title: string; text: string }>;

function sectionsFor(audience: Audience, partner: string, topic: HelpTopic | undefined, wording: Wording): Section[] {
  if (audience === 'stranger') {
    return [
      { title: wording.say('help.customer.title', { partner }), text: wording.say('help.stranger.text', { partner }) },
    ];
  }
  if (audience === 'customer') {
    return (['help.customer', 'help.customer.next', 'help.settings'] as const).map((key) => ({
      title: wording.say(`${key}.title`, { partner }),
      text: wording.say(`${key}.text`, { partner }),
    }));
  }
  return (topic ? [topic] : HELP_TOPICS).map((each) => section(each, wording));
}

function section(topic: HelpTopic | 'doctor', { say }: Wording): Section {
  return { title: say(`help.${topic}.title`), text: say(`help.${topic}.text`) };
}
