import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { ADA, ANNA, CONTOSO_TENANT_ID, NORTHWIND, ROBIN } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

/** `doctor` in the chat: what an administrator sees who suspects that something is wrong. */
describe('an administrator who types “doctor”', () => {
  let stage: Stage;
  let ada: Client;

  beforeAll(async () => {
    stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
    ada = stage.person(ADA, stage.world.partner);
    await ada.install();
  });
  afterAll(() => stage?.close());

  const cardsOf = (client: Client, id: string) =>
    JSON.stringify(client.messages.find((message) => message.id === id)?.cards);

  it('is told at once that it takes a while, and reads the result on the same card, problems first', async () => {
    stage.login.settings.refresh = 'expired';
    await stage.restart(); // forgets the token it has
    stage.faults.add({ service: 'graph', effect: { kind: 'delay', delayMs: 1_500 } });
    await ada.say('doctor');
    const begun = await ada.nextMessage({ matching: /Looking at everything/ });
    await expect.poll(() => cardsOf(ada, begun.id), { timeout: 20_000 }).toMatch(/problems? found/);
    const result = cardsOf(ada, begun.id);
    expect(result).toMatch(/Sign-in to Partner Center.*npm run sign-in.*AADSTS700082.*checks are fine/);
    expect(result.indexOf('npm run sign-in')).toBeLessThan(result.indexOf('Entra gives the bot a token for Teams'));
    expect(ada.messages.filter(({ from }) => from === 'bot')).toHaveLength(2); // the welcome, and this
  });

  it('looks again by the button, when the cause is mended', async () => {
    stage.login.settings.refresh = 'works';
    await ada.press(await ada.nextMessage({ matching: /Check again/ }), 'doctor.run');
    const again = await ada.nextMessage({ matching: /Looking at everything|No problems found|problem found/ });
    await expect.poll(() => cardsOf(ada, again.id), { timeout: 20_000 }).toContain('checks are fine');
    expect(cardsOf(ada, again.id)).not.toContain('AADSTS');
  });

  it('reads about it in the help, and nobody else does', async () => {
    await ada.say('help');
    expect(JSON.stringify(ada.messages.at(-1)?.cards)).toContain('“doctor”');
    const robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
    await robin.say('help');
    expect(JSON.stringify(robin.messages.at(-1)?.cards)).not.toContain('“doctor”');
  });

  it.each([
    ['a rep', ROBIN, NORTHWIND.tenantId],
    ['an administrator of a customer', ANNA, CONTOSO_TENANT_ID],
  ])('is somebody of the partner: %s gets one sentence', async (_who, who, tenantId) => {
    const client = stage.person(who, { tenantId });
    await client.install();
    const before = client.messages.length;
    await client.say('doctor');
    expect(client.messages.slice(before).filter(({ from }) => from === 'bot')).toMatchObject([
      { text: expect.stringContaining('for its administrators at the partner') },
    ]);
  });
});
