import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, BO, CONTOSO_TENANT_ID, ROBIN, ULLA } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

const BUTTONS = /relationship\.(?:approve|decline|delegate)/;

describe.each([
  ['relationship.approve', /Anna Andersson/],
  ['relationship.decline', /Anna Andersson/],
] as const)('a request to three approvers, one of whom presses %s', (verb, decider) => {
  let stage: Stage;
  let robin: Client;
  let keptOpen: Client['messages'][number] | undefined;
  let approvers: readonly [Client, Client, Client];

  beforeAll(async () => {
    stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
    const [anna, bo, ulla] = [ANNA, BO, ULLA].map((who) => stage.person(who, { tenantId: CONTOSO_TENANT_ID }));
    if (!anna || !bo || !ulla) throw new Error('three people');
    approvers = [anna, bo, ulla];
    robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
    for (const client of approvers) await client.install();
    await robin.say(`request contoso.example ${ANNA.upn} ${BO.upn} ${ULLA.upn}`);
    await robin.press(await robin.nextMessage({ matching: 'request.send' }), 'request.send');
    for (const client of approvers) await client.nextMessage({ matching: 'relationship.approve' });
  });
  afterAll(() => stage?.close());

  it('has no button left in any copy, which says who answered', async () => {
    const [anna, ...others] = approvers;
    const card = anna.messages.find(({ cards }) => BUTTONS.test(JSON.stringify(cards)));
    if (!card) throw new Error('no card');
    const copies = others.map((client) => client.messages.find(({ cards }) => BUTTONS.test(JSON.stringify(cards))));
    keptOpen = structuredClone(copies[0]);
    await anna.press(card, verb);
    for (const [index, client] of others.entries()) {
      const closed = await client.nextMessage({ matching: decider });
      expect(closed.id, 'the same message, brought up to date').toBe(copies[index]?.id);
    }
    const left = () =>
      approvers.flatMap(({ messages }) => messages.filter(({ cards }) => BUTTONS.test(JSON.stringify(cards))));
    // An update that was drawn before the answer may still arrive after it; the one that follows closes the card for good.
    await expect.poll(() => left().map(({ id }) => id), { timeout: 40_000 }).toEqual([]);
  });

  it('answers a late press on a copy that was kept open with the request as it is', async () => {
    const [, bo] = approvers;
    const other = verb === 'relationship.approve' ? 'relationship.decline' : 'relationship.approve';
    if (!keptOpen) throw new Error('no copy');
    const outcome = await bo.press(keptOpen, other);
    const answer = JSON.stringify('card' in outcome ? outcome.card : outcome);
    expect(answer).toMatch(decider);
    expect(answer).not.toMatch(BUTTONS);
  });
});
