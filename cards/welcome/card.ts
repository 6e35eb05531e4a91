import { type Button, button } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Verb } from '../verbs.ts';
import type { MessageKey, Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** Whom the bot is talking to: the partner's staff, somebody at a customer, or anybody else. */
export type Audience = 'rep' | 'customer' | 'stranger';

export type WelcomeView = Readonly<{ audience: Audience; partnerName: string; name: string }>;

/** Says once, in two lines, what the bot is for; what it offers depends on who reads. */
export function welcomeCard({ audience, partnerName, name }: WelcomeView, wording: Wording): AdaptiveCard {
  const names = { partner: plain(partnerName, MAX_NAME_CHARS), name: plain(name, MAX_NAME_CHARS) };
  const title = wording.say(`welcome.${audience}.title`, names);
  const lines = [wording.say(`welcome.${audience}.text`, names), wording.say(`welcome.${audience}.more`, names)];
  return draw({ title, lines, rows: commands(audience, wording) }, wording, `${title}. ${lines[0]}`);
}

const draw = prepare(template);

/** Two in a row: more are cut off in narrow windows. */
function commands(audience: Audience, wording: Wording): { row: Button[] }[] {
  const help = button(wording.say('command.help'), 'help.show');
  if (audience !== 'rep') return [{ row: [help] }];
  const say = (title: MessageKey, verb: Verb) => button(wording.say(title), verb);
  return [
    { row: [say('command.request', 'request.start'), say('command.register', 'register.start')] },
    { row: [say('command.requests', 'requests.list'), say('command.customers', 'customers.list')] },
    { row: [say('command.batches', 'batches.list'), say('command.status', 'status.show')] },
    { row: [say('command.settings', 'settings.show'), help] },
  ];
}
