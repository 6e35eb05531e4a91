import { button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { DOCTOR_VERB } from '../doctor/card.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import { purposeFor, type Reader } from '../welcome/reader.ts';
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

export type HelpView = Reader & Readonly<{ topic?: HelpTopic }>;

/** Explains commands, limits and what happens next; with a topic, that one alone. */
export function helpCard(view: HelpView, wording: Wording): AdaptiveCard {
  const { audience, administers } = view;
  const title = wording.say('help.title');
  const buttons = offered(
    audience === 'rep' && button(wording.say('command.request'), 'request.start'),
    audience === 'rep' && button(wording.say('command.register'), 'register.start'),
    audience === 'rep' && button(wording.say('command.remove'), 'removal.start'),
    administers && button(wording.say('help.doctor.title'), DOCTOR_VERB),
    audience === 'staff' && button(wording.say('command.settings'), 'settings.show'),
  );
  return draw({ title, sections: sectionsFor(view, wording), buttons, hasButtons: buttons.length > 0 }, wording, title);
}

const draw = prepare(template);

type Section = Readonly<{ title: string; text: string }>;
type Topic = HelpTopic | 'doctor' | 'admin' | 'confirm' | 'customer' | 'next';

function sectionsFor(view: HelpView, wording: Wording): Section[] {
  const { audience, topic, administers, confirms } = view;
  const partner = plain(view.partnerName, MAX_NAME_CHARS);
  const about = (topics: readonly Topic[]) => topics.map((each) => section(each, partner, wording));
  const ofAdmin = about(administers ? ['doctor', 'admin'] : []);
  if (audience === 'rep') return topic ? about([topic]) : [...about(HELP_TOPICS), ...ofAdmin];
  if (audience === 'customer') return about(['customer', 'next', 'settings']);
  const title = wording.say(audience === 'stranger' ? 'help.customer.title' : 'help.sales.title', { partner });
  if (audience !== 'staff') return [{ title, text: purposeFor(view, wording).join(' ') }];
  const others = { title, text: wording.say('welcome.staff.more') };
  return [...ofAdmin, ...about(confirms ? ['confirm'] : []), ...about(['settings']), others];
}

function section(topic: Topic, partner: string, { say }: Wording): Section {
  return { title: say(`help.${topic}.title`, { partner }), text: say(`help.${topic}.text`, { partner }) };
}
