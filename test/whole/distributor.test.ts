import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import {
  ANNA,
  CONTOSO_TENANT_ID,
  DEFAULT_WORLD,
  DISTRIBUTOR_TENANT_ID,
  PARTNER_TENANT_ID,
  ROBIN,
} from '../emulators/world.ts';
import { openQuickStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

const { distributor, partner } = DEFAULT_WORLD;
const settings = { INDIRECT_PROVIDER_TENANT_ID: distributor.tenantId, RESELLER_PARTNER_ID: partner.partnerId };

let stage: Stage;
let robin: Client;
let anna: Client;

beforeAll(async () => {
  stage = await openQuickStage(settings);
  robin = stage.person(ROBIN, stage.world.partner);
  anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
  await robin.install();
  await anna.install();
});
afterAll(() => stage?.close());

const linksIn = (cards: unknown) =>
  [...JSON.stringify(cards).matchAll(/https?:\/\/[^"\\]*Adminportal[^"\\]*/g)].map(([link]) => new URL(link));

it('asks a rep who sells through a distributor by which route, and shows whom the customer would authorise', async () => {
  await robin.say('request');
  const form = await robin.nextMessage({ matching: 'request.preview' });
  const wish = { customer: 'contoso.example', approvers: ANNA.upn, route: 'through-distributor' };
  const preview = await robin.press(form, 'request.preview', wish);
  expect(JSON.stringify(preview)).toContain(`The distributor ${distributor.name} is authorised together with`);
  await robin.press(robin.messages.find(({ id }) => id === form.id) ?? form, 'request.send'); // the form became the preview
  await robin.nextMessage({ matching: /delivered/ });
});

it('names both to the approver, and leads to Microsoft’s page for both', async () => {
  const request = await anna.nextMessage({ matching: 'relationship.approve' });
  expect(JSON.stringify(request.cards)).toContain(`The distributor ${distributor.name} is authorised together with`);
  const approved = await anna.press(request, 'relationship.approve');
  const [link] = linksIn(approved);
  expect(Object.fromEntries(link?.searchParams ?? [])).toMatchObject({
    invType: 'IndirectResellerRelationship',
    partnerId: PARTNER_TENANT_ID,
    msppId: partner.partnerId,
    indirectCSPId: DISTRIBUTOR_TENANT_ID,
    DAP: 'false',
  });
});

it('registers devices once Partner Center shows the relationship', async () => {
  stage.partnerCenter.accept(CONTOSO_TENANT_ID);
  await robin.nextMessage({ matching: /You can register devices now/ });
  const preview = await previewOf(robin, '3300000000011\n3300000000028', /2 devices understood/);
  await robin.press(preview, 'register.confirm', { batchName: 'Through Tailspin' });
  await robin.nextMessage({ matching: /2 devices registered for/ });
});
