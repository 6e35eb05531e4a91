import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO_TENANT_ID, ROBIN, SAM } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

const typed = z.object({ type: z.string() });

/** What the Teams store asks of a bot, as a reviewer tries it. @see Teams store validation guidelines, bots */
describe('a reviewer of the Teams store', () => {
  let stage: Stage;
  let robin: Client;
  let sam: Client;
  let anna: Client;

  beforeAll(async () => {
    stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
    robin = stage.person(ROBIN, stage.world.partner);
    sam = stage.person(SAM, stage.world.partner);
    anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
    await robin.install();
    await anna.install();
  });
  afterAll(() => stage?.close());

  const answers = (client: Client) => client.messages.filter(({ from }) => from === 'bot');

  /** What the bot said to this alone. */
  async function answersTo(client: Client, text: string) {
    const before = answers(client).length;
    await client.say(text);
    return answers(client).slice(before);
  }

  it('is welcomed once in the personal chat, with what the bot does and its commands', () => {
    expect(answers(robin)).toHaveLength(1);
    expect(JSON.stringify(answers(robin)[0]?.cards)).toMatch(/Welcome to Tarmac.*Ask for a relationship.*Help/);
  });

  it('finds nobody welcomed when the app comes into a team or a group chat, and no private messages to its members', async () => {
    const members = [robin, sam];
    const { tenantId } = stage.world.partner;
    const before = answers(robin).length;
    for (const place of [
      stage.teams.teamChannel({ name: 'Sales', tenantId, members }),
      stage.teams.groupChat({ name: 'Project', tenantId, members }),
    ]) {
      await place.install(robin);
      expect(answers(place.as(robin))).toEqual([]);
    }
    expect([answers(robin).length, answers(sam).length]).toEqual([before, 0]);
  });

  it.each(['hi', 'HELLO', 'Help', 'hElP', '?', '/help'])('is helped by “%s”, without leaving Teams', async (word) => {
    for (const client of [robin, anna]) {
      const [help, ...more] = await answersTo(client, word);
      expect(JSON.stringify(help?.cards)).toContain('AdaptiveCard');
      expect(JSON.stringify(help?.cards)).not.toContain('OpenUrl');
      expect(more).toEqual([]);
    }
  });

  it.each([
    'qwertz',
    'what is the weather',
    '😀😀😀',
    '1',
    '@@@ ### $$$',
    'null',
    '<b>bold</b>',
    'שלום לך',
    'x'.repeat(4_000),
    'sing in',
  ])('gets an answer to “%s” that says how to go on', async (nonsense) => {
    for (const client of [robin, anna]) {
      const said = await answersTo(client, nonsense);
      expect(said.length).toBeGreaterThan(0);
      expect(JSON.stringify(said)).not.toMatch(/Sorry, something went wrong|undefined|\[object/);
      expect(JSON.stringify(said)).toMatch(/help|Help|button|Type|Tarmac/);
    }
  });

  it('sees that the bot is at work when an answer takes almost two seconds, and no such sign after the answer', async () => {
    stage.faults.add({ service: 'graph', effect: { kind: 'delay', delayMs: 1_900 } });
    const heard = stage.journal.entries().length;
    await robin.say(`request contoso.com ${ANNA.upn}`);
    const sent = stage.journal.find({ service: 'teams', method: 'POST' }).filter(({ seq }) => seq > heard);
    expect(sent.map(({ body }) => typed.parse(body).type)).toEqual(['typing', 'message']);
  });
});
