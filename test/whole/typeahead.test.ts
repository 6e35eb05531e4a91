import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO_TENANT_ID, NILS, ROBIN } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let robin: Client;

beforeAll(async () => {
  stage = await openStage();
  stage.partnerCenter.accept(CONTOSO_TENANT_ID);
  robin = stage.person(ROBIN, stage.world.partner);
  await robin.install();
});
afterAll(() => stage?.close());

describe('a list of customers that searches while one types', () => {
  it('finds active customers when devices are registered, and goes on with the one chosen', async () => {
    await robin.say('register');
    const picker = await robin.nextMessage({ matching: 'register.customer' });
    const found = await robin.typeInto(picker, 'customerId', 'con');
    expect(found).toEqual([{ title: 'Contoso (contoso-example.onmicrosoft.com)', value: CONTOSO_TENANT_ID }]);
    expect(await robin.typeInto(picker, 'customerId', 'fabrikam')).toEqual([]);
    expect(await robin.typeInto(picker, 'customerId', 'con', 15)).toEqual([]);
    const pressed = await robin.press(picker, 'register.customer', { customerId: found[0]?.value ?? '' });
    expect(JSON.stringify(pressed)).toContain('Devices for');
  });

  it('offers every known customer in the request form, beside the field for a new one', async () => {
    await robin.say('request');
    const form = await robin.nextMessage({ matching: 'request.preview' });
    const [contoso] = await robin.typeInto(form, 'known', '');
    const empty = await robin.press(form, 'request.preview', { approvers: ANNA.upn });
    expect(JSON.stringify(empty)).toContain('Enter the customer’s domain or tenant ID.');
    const pressed = await robin.press(form, 'request.preview', { known: contoso?.value ?? '', approvers: ANNA.upn });
    expect(JSON.stringify(pressed)).toMatch(/already active/);
  });

  it('works in a channel for the rep, and finds nothing for anybody else, who is told nothing in the chat', async () => {
    const nils = stage.person(NILS, stage.world.partner);
    const anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
    const channel = stage.teams.teamChannel({
      name: 'Rollouts',
      tenantId: stage.world.partner.tenantId,
      members: [robin, nils],
    });
    const value = { queryText: 'con', queryOptions: { skip: 0, top: 15 }, dataset: 'customers.all' };
    const found = await stage.teams.invoke(channel.as(robin), 'application/search', value);
    expect(JSON.stringify(found.body)).toContain('Contoso');
    for (const person of [nils, channel.as(nils), anna]) {
      const { body } = await stage.teams.invoke(person, 'application/search', value);
      expect(body).toMatchObject({ value: { results: [] } });
      expect(person.messages).toEqual([]);
    }
  });

  it.each([
    { queryText: 'con', dataset: 'users' },
    { queryText: ['con'], dataset: 'customers.all' },
    { dataset: 'customers.all', queryOptions: { skip: -1 } },
    { dataset: 'customers.all', queryOptions: { skip: 1e9 } },
    'con',
    null,
  ])('refuses a payload of another form: %j', async (value) => {
    const { status } = await stage.teams.invoke(robin, 'application/search', value);
    expect(status).toBe(400);
  });
});
