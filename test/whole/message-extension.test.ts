import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partsOfType } from '../cards/host.ts';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO_TENANT_ID, NILS, ROBIN, SAM } from '../emulators/world.ts';
import { openReadyStage } from './ready.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let robin: Client;

beforeAll(async () => {
  ({ stage, robin } = await openReadyStage());
  await robin.say(`register ${CONTOSO_TENANT_ID}`);
  await robin.nextMessage({ matching: /Paste a list here/ });
  await robin.say('3300000000011\n3300000000028');
  const preview = await robin.nextMessage({ matching: /2 devices understood/ });
  await robin.press(preview, 'register.confirm', { batchName: 'Order 4711' });
  await robin.nextMessage({ matching: /2 devices registered/ });
});
afterAll(() => stage?.close());

describe('searching in a message', () => {
  it('shows customers and batches, the recent ones before anything is typed', async () => {
    for (const typed of [undefined, '', 'contoso']) {
      const customers = await robin.searchExtension('customers', typed);
      expect(customers).toMatchObject({ kind: 'cards', cards: [{ preview: { content: { title: 'Contoso' } } }] });
      const batches = await robin.searchExtension('batches', typed);
      expect(batches).toMatchObject({ kind: 'cards', cards: [{ preview: { content: { title: 'Order 4711' } } }] });
    }
    expect(await robin.searchExtension('batches', '4711')).toMatchObject({ kind: 'cards' });
    expect(await robin.searchExtension('customers', 'nobody')).toMatchObject({
      kind: 'message',
      text: expect.stringMatching(/Nothing found/),
    });
  });

  it('puts a snapshot into the chat that anybody may read: no buttons of the bot, no names, no ids, no devices', async () => {
    for (const command of ['customers', 'batches']) {
      const found = await robin.searchExtension(command);
      if (found.kind !== 'cards') throw new Error(found.text);
      const [card] = found.cards.map(({ content }) => content);
      expect(partsOfType(card, 'Action.Execute')).toEqual([]);
      expect(partsOfType(card, 'Action.Submit')).toEqual([]);
      expect(partsOfType(card, 'Action.OpenUrl').map(({ url }) => url)).toEqual([
        `https://teams.microsoft.com/l/chat/0/0?users=${stage.teams.botId}`,
      ]);
      const text = JSON.stringify(card);
      expect(text).toContain('As of ');
      expect(text).not.toMatch(new RegExp(`${ROBIN.name}|${CONTOSO_TENANT_ID}|33000000000|verb`));
    }
  });

  it('finds a device by its number, with what became of it', async () => {
    const found = await robin.searchExtension('devices', '3300000000011');
    expect(found).toMatchObject({ kind: 'cards', cards: [{ preview: { content: { title: '3300000000011' } } }] });
    expect(JSON.stringify(found)).toContain('✓ registered');
    for (const typed of [undefined, '3300000009999'])
      expect(await robin.searchExtension('devices', typed)).toMatchObject({
        kind: 'message',
        text: expect.stringMatching(/whole PKID or serial number/),
      });
  });

  it('speaks the language of the rep', async () => {
    const sam = stage.person(SAM, stage.world.partner, 'sv-SE');
    await sam.install();
    const found = await sam.searchExtension('batches');
    expect(JSON.stringify(found)).toContain('Läget ');
  });

  it.each([
    ['a colleague who is no rep', NILS, 'partner'],
    ['somebody at a customer', ANNA, 'customer'],
  ] as const)('tells %s so, and nothing else', async (_who, person, side) => {
    const tenant = side === 'partner' ? stage.world.partner : { tenantId: CONTOSO_TENANT_ID };
    const client = stage.person(person, tenant);
    await client.install();
    await client.nextMessage();
    const before = client.messages.length;
    for (const command of ['customers', 'batches', 'devices']) {
      const found = await client.searchExtension(command);
      expect(found).toMatchObject({ kind: 'message', text: expect.stringMatching(/for sales staff of the partner/) });
    }
    expect(client.messages).toHaveLength(before);
  });

  it('works in a chat of two people, of which it learns nothing: notices still go to the chat with the bot', async () => {
    const value = { commandId: 'customers', parameters: [{ name: 'query', value: 'con' }] };
    await stage.teams.invoke(robin, 'composeExtension/query', value);
    const [last] = stage.teams.delivered().slice(-1);
    if (!last) throw new Error('nothing was delivered');
    const { conversation, ...placeless } = last;
    const other = { ...conversation, id: '19:one_other@unq.gbl.spaces', conversationType: 'personal' };
    for (const activity of [placeless, { ...placeless, conversation: other }]) {
      const { status, body } = await stage.teams.send({ ...activity, id: `f:${Math.random()}` } as typeof last);
      expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining('Contoso')]);
    }
    const message = await stage.teams.send({ ...placeless, type: 'message', text: 'hello' } as typeof last);
    expect(message.status).toBe(400);
    await robin.say('status');
    await robin.nextMessage({ matching: /Sign-in to Partner Center works/ });
  });

  it('asks a rep it never met to write to it once: it could be a guest', async () => {
    const fresh = await openStage();
    try {
      const unknown = fresh.person(ROBIN, fresh.world.partner);
      expect(await unknown.searchExtension('customers')).toMatchObject({
        kind: 'message',
        text: expect.stringMatching(/I do not know you yet/),
      });
      await unknown.install();
      await unknown.say('help');
      expect((await unknown.searchExtension('customers')).kind).toBeDefined();
      expect(JSON.stringify(await unknown.searchExtension('customers'))).not.toContain('I do not know you');
    } finally {
      await fresh.close();
    }
  });

  it.each([
    { commandId: 'secrets' },
    { commandId: 'customers', parameters: 'query' },
    { commandId: 'customers', queryOptions: { skip: -1 } },
    null,
  ])('refuses a call of another form: %j', async (value) => {
    expect((await stage.teams.invoke(robin, 'composeExtension/query', value)).status).toBe(400);
  });
});
