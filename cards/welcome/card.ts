import { type Button, button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** Whom the bot is talking to: the partner's staff, somebody at a customer, or anybody else. */
export type Audience = 'rep' | 'customer' | 'stranger';

export type WelcomeView = Readonly<{ audience: Audience; partnerName: string; name: string }>;

/** Says once, in two lines, what the bot is for; what it offers depends on who reads. */
export function welcomeCard({ audience, partnerName, name }: WelcomeView, wording: Wording): AdaptiveCard {
  const names = { partner: plain(partnerName, MAX_NAME_CHARS), name: plain(name, MAX_NAME_CHARS) };
  const title = wording.say(`welcome.${audience}.title`, names);
  const lines = [wording.say(`welcome.${audience}.text`, names), wording.say(`welcome.${audience}.more`, names)];
  return draw({ title, lines, buttons: commands(audience, wording) }, wording, `${title}. ${lines[0]}`);
}

const draw = prepare(template);

function commands(audience: Audience, wording: Wording): Button[] {
  const help = button(wording.say('command.help'), 'help.show');
  if (audience !== 'rep') return [help];
  return offered(
    button(wording.say('command.request'), 'request.start'),
    button(wording.say('command.register'), 'register.start'),
    button(wording.say('command.customers'), 'customers.list'),
    button(wording.say('command.batches'), 'batches.list'),
    button(wording.say('command.status'), 'status.show'),
    help,
  );
}
