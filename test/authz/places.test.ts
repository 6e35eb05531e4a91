import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERBS } from '../../cards/verbs.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { COMMANDS } from '../../dialogs/commands.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { ACTORS } from './cast.ts';
import { type House, openHouse } from './house.ts';
import { setScene } from './scene.ts';

const ROBIN = ACTORS['the rep who asked'];
const PERSONAL_ONLY = createWording('en').say('error.personal-chat-only');
const ELSEWHERE = ['group', 'channel', 'meeting'] as const;
let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(() => setScene(house, 'sent'));
afterAll(() => house?.close());

/** The table in the README of the bot: what works in group chats and channels. Everything else leads to the personal chat. */
const readme = readFileSync(join(import.meta.dirname, '../../bot/README.md'), 'utf8');

function promised(row: string): readonly string[] {
  const [, names = ''] = new RegExp(`^\\| ${row} +\\| ([^|]*)\\|`, 'm').exec(readme) ?? [];
  return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

describe('in group chats and channels', () => {
  const commands = promised('commands');
  const buttons = promised('buttons');

  it('the README names commands and buttons that there are', () => {
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.filter((name) => !COMMANDS.some((one) => one === name))).toEqual([]);
    expect(buttons.filter((name) => !VERBS.some((verb) => verb.startsWith(name.replace('*', ''))))).toEqual([]);
  });

  it.each(COMMANDS)('"%s" works, or leads to the personal chat, as the README says', async (command) => {
    for (const place of ELSEWHERE) {
      const { cards, texts } = await house.hear(ROBIN, place, { type: 'message', text: command.replace('-', ' ') });
      const said = JSON.stringify([cards, texts]);
      expect(said.length, place).toBeGreaterThan(10);
      expect(!said.includes(PERSONAL_ONLY), place).toBe(commands.includes(command));
      if (said.includes(PERSONAL_ONLY)) expect(said).toContain('https://teams.microsoft.com/l/chat/');
    }
  });

  it.each(VERBS)('the button %s works, or leads to the personal chat, as the README says', async (verb) => {
    const works = buttons.some((name) => (name.endsWith('*') ? verb.startsWith(name.slice(0, -1)) : verb === name));
    for (const place of ELSEWHERE) {
      const { body } = await house.press(ROBIN, place, verb, {});
      expect(JSON.stringify(body ?? '').includes(PERSONAL_ONLY), place).toBe(!works);
      const answer = await house.hear(ROBIN, place, { type: 'message', value: { verb } });
      const leads = JSON.stringify(answer.cards).includes('https://teams.microsoft.com/l/chat/');
      expect(leads, `${place}, older client`).toBe(!works);
    }
  });
});
