import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, BO, CONTOSO_TENANT_ID, ROBIN } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let robin: Client;
let anna: Client;
const contoso = { tenantId: CONTOSO_TENANT_ID };

beforeAll(async () => {
  stage = await openStage();
  stage.partnerCenter.behaviour.timing = { queuedMs: 500, processingMs: 500 };
  robin = stage.person(ROBIN, stage.world.partner);
  anna = stage.person(ANNA, contoso);
  await robin.install();
});

afterAll(() => stage?.close());

describe('the whole job', () => {
  it('welcomes the rep with the commands as buttons', async () => {
    const welcome = await robin.nextMessage({ matching: /Welcome to Tarmac/ });
    expect(JSON.stringify(welcome.cards)).toContain('"verb":"request.start"');
  });

  it('previews a request from one line, with the verified link, and sends it on confirmation', async () => {
    await robin.say(`request contoso.example ${ANNA.upn}, ${BO.upn}`);
    const preview = await robin.nextMessage({ matching: /Check before sending/ });
    expect(JSON.stringify(preview.cards)).toContain('DAP=false');
    const sent = await robin.press(preview, 'request.send');
    expect(sent).toMatchObject({ kind: 'card' });
    const card = await robin.nextMessage({ matching: /has not installed Tarmac yet/ });
    expect(JSON.stringify(card.cards)).toContain('E-mail text to copy');
  });

  it('shows the request to the approver the moment she installs the app', async () => {
    await anna.install();
    const request = await anna.nextMessage({ matching: 'relationship.approve' });
    expect(JSON.stringify(request.cards)).toContain('No delegated administrator rights');
    await robin.nextMessage({ matching: /delivered/ });
  });

  it('records her approval and leads her to Microsoft for step two', async () => {
    const request = anna.messages.find(({ cards }) => JSON.stringify(cards).includes('relationship.approve'));
    if (!request) throw new Error('no request card');
    const pressed = await anna.press(request, 'relationship.approve');
    expect(JSON.stringify(pressed)).toContain('/Adminportal/Home');
    await robin.nextMessage({ matching: /Approved, not yet accepted/ });
  });

  it('refuses to register before Partner Center shows the relationship', async () => {
    await robin.say(`register ${CONTOSO_TENANT_ID}`);
    await robin.nextMessage({ matching: /Not possible for/ });
  });

  it('notices the acceptance at Microsoft by itself and tells both sides', async () => {
    stage.partnerCenter.accept(CONTOSO_TENANT_ID);
    await robin.nextMessage({ matching: /has accepted/ });
    await anna.nextMessage({ matching: /is active/ });
  });

  it('reads a pasted list and an attached file into one preview', async () => {
    await robin.say('register contoso');
    await robin.nextMessage({ matching: /Paste a list here/ });
    await robin.say('3300000000011\n3300000000028\n330000000003');
    const first = await robin.nextMessage({ matching: /2 devices understood/ });
    expect(JSON.stringify(first.cards)).toContain('1 line not taken');
    const csv = 'Device Serial Number,Windows Product ID,Hardware Hash\n,3300000000035,\n,3300000000812,\n';
    await robin.attach('list.csv', Buffer.from(csv));
    await robin.nextMessage({ matching: /4 devices understood/ });
  });

  it('registers on confirmation and tells the outcome of every device in words', async () => {
    const preview = robin.messages.findLast(({ cards }) => JSON.stringify(cards).includes('register.confirm'));
    if (!preview) throw new Error('no preview');
    await robin.press(preview, 'register.confirm', { batchName: 'Order 4711' });
    const notice = await robin.nextMessage({ matching: /1 of 4 devices was refused/ });
    expect(JSON.stringify(notice.cards)).toContain('3300000000812');
    const live = await robin.nextMessage({ matching: /Finished, some devices were refused/ });
    expect(JSON.stringify(live.cards)).toContain('Microsoft knows no device with these values');
    const told = await anna.nextMessage({ matching: /3 devices were registered for you/ });
    expect(JSON.stringify(told.cards)).not.toContain('3300000000812');
    await anna.press(told, 'settings.stop-device-notices');
    await anna.nextMessage({ matching: /You will not hear of registered devices any more/ });
    const posts = stage.journal
      .entries()
      .filter(({ method, path }) => method === 'POST' && /deviceBatches$/i.test(path));
    expect(posts).toHaveLength(1);
  });
});
