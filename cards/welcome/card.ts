import { type Button, button } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { DOCTOR_VERB } from '../doctor/card.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Verb } from '../verbs.ts';
import type { MessageKey, Wording } from '../wording/wording.ts';
import { purposeFor, type Reader } from './reader.ts';
import template from './template.json' with { type: 'json' };

export type WelcomeView = Reader & Readonly<{ name: string }>;

/** Says once, in a few lines, what the bot is for and what this person can do next; what it offers depends on who reads. */
export function welcomeCard({ name, ...reader }: WelcomeView, wording: Wording): AdaptiveCard {
  const isAtHome = reader.audience === 'rep' || reader.audience === 'staff';
  const title = wording.say(isAtHome ? 'welcome.title' : 'welcome.hello', { name: plain(name, MAX_NAME_CHARS) });
  const lines = purposeFor(reader, wording);
  return draw({ title, lines, rows: commands(reader, wording) }, wording, `${title}. ${lines[0]}`);
}

const draw = prepare(template);

/** Two in a row: more are cut off in narrow windows. */
function commands({ audience, administers }: Reader, wording: Wording): { row: Button[] }[] {
  const say = (title: MessageKey, verb: Verb) => button(wording.say(title), verb);
  const help = say('command.help', 'help.show');
  const ofRep = [
    { row: [say('command.request', 'request.start'), say('command.register', 'register.start')] },
    { row: [say('command.requests', 'requests.list'), say('command.customers', 'customers.list')] },
    { row: [say('command.batches', 'batches.list'), say('command.status', 'status.show')] },
  ];
  const ofAdmin = [{ row: [say('help.doctor.title', DOCTOR_VERB)] }];
  return [
    ...(audience === 'rep' ? ofRep : []),
    ...(administers ? ofAdmin : []),
    { row: audience === 'rep' || audience === 'staff' ? [say('command.settings', 'settings.show'), help] : [help] },
  ];
}
