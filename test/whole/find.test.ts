import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { CONTOSO_TENANT_ID, NILS } from '../emulators/world.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let robin: Client;

beforeAll(async () => {
  ({ stage, robin } = await openReadyStage());
  const preview = await previewOf(robin, '3300000000011\n3300000000812', /2 devices understood/);
  await robin.press(preview, 'register.confirm', { batchName: 'Order 4711' });
  await robin.nextMessage({ matching: /1 of 2 devices was refused/ });
}, 180_000);

afterAll(() => stage?.close());

describe('finding a device', () => {
  it('tells where a typed PKID is, in which batch, by whom, and why one was refused', async () => {
    await robin.say('find 3300000000011 3300000000812, 3300000000099');
    const answer = JSON.stringify((await robin.nextMessage({ matching: 'devices.find' })).cards);
    expect(answer).toMatch(/✓ Registered/);
    expect(answer).toContain('Contoso · batch Order 4711');
    expect(answer).toContain('by Robin Reyes');
    expect(answer).toContain('Microsoft knows no device with these values');
    expect(answer).toContain('Tarmac has not sent this device');
  });

  it('looks at a chosen customer in Partner Center itself', async () => {
    const form = robin.messages.findLast(({ cards }) => JSON.stringify(cards).includes('devices.find'));
    if (!form) throw new Error('no form');
    const query = '3300000000011\n3300000000099';
    const answer = JSON.stringify(await robin.press(form, 'devices.find', { query, customerId: CONTOSO_TENANT_ID }));
    expect(answer).toContain('according to Partner Center just now');
    expect(answer).toContain('No Autopilot profile of Partner Center');
    expect(answer).toContain('Partner Center lists no such device for this customer');
  });

  it('does so for a customer named behind the numbers, in any of the languages', async () => {
    await robin.say('hitta 3300000000011 hos contoso');
    await robin.nextMessage({ matching: /according to Partner Center just now/ });
  });

  it('offers both ways when numbers are typed while nothing is under way', async () => {
    await robin.say('3300000000011');
    const offer = await robin.nextMessage({ matching: /looks like a device/ });
    expect(JSON.stringify(offer.cards)).toContain('register.start');
    expect(JSON.stringify(await robin.press(offer, 'devices.find'))).toContain('batch Order 4711');
  });

  it('says nothing of it to a colleague without a role', async () => {
    const nils = stage.person(NILS, stage.world.partner);
    await nils.install();
    await nils.say('find 3300000000011');
    const answer = await nils.nextMessage({ matching: /ask your administrator to add you to the group/ });
    expect(JSON.stringify(answer)).not.toContain('Order 4711');
  });
});
