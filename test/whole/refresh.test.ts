import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, BO, CONTOSO_TENANT_ID, FABRIKAM_TENANT_ID, FARAH, ROBIN } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let robin: Client;
let anna: Client;

beforeAll(async () => {
  stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
  robin = stage.person(ROBIN, stage.world.partner);
  anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
  for (const person of [robin, anna]) await person.install();
  await robin.say(`request contoso.example ${ANNA.upn} ${BO.upn}`);
  await robin.press(await robin.nextMessage({ matching: /Check before sending/ }), 'request.send');
});
afterAll(() => stage?.close());

describe('a card that is looked at again', () => {
  it('shows an approver the present state, whatever it showed before, and decides nothing', async () => {
    const asked = await anna.nextMessage({ matching: 'relationship.approve' });
    const seen = await anna.view(asked);
    expect(JSON.stringify(seen)).toContain('relationship.approve');
    const bo = stage.person(BO, { tenantId: CONTOSO_TENANT_ID });
    await bo.install();
    await bo.press(await bo.nextMessage({ matching: 'relationship.approve' }), 'relationship.decline', { reason: '' });
    const late = await anna.view(asked);
    expect(JSON.stringify(late)).toContain('Declined');
    expect(JSON.stringify(late)).not.toContain('relationship.approve');
  });

  it('is kept as it is, without a word, by somebody it was forwarded to', async () => {
    await robin.say(`request fabrikam.example ${FARAH.upn}`);
    await robin.press(await robin.nextMessage({ matching: /Check before sending/ }), 'request.send');
    const mine = await robin.nextMessage({ matching: /Relationship with Fabrikam/ });
    const { action } = (mine.cards[0] as { refresh: { action: unknown } }).refresh;
    const farah = stage.person(FARAH, { tenantId: FABRIKAM_TENANT_ID });
    await farah.install();
    for (const [reader, type] of [
      [robin, 'application/vnd.microsoft.card.adaptive'],
      [anna, 'application/vnd.microsoft.error'],
      [farah, 'application/vnd.microsoft.card.adaptive'],
    ] as const) {
      const before = reader.messages.length;
      const value = { action, trigger: 'automatic' };
      expect(await stage.teams.invoke(reader, 'adaptiveCard/action', value)).toMatchObject({ body: { type } });
      expect(reader.messages.length).toBe(before);
    }
  });
});
