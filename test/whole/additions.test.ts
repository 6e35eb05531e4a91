import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

const ADDITIONS = '/v1/customers/*/deviceBatches/*/devices*';

describe('more devices for a batch that Partner Center has', () => {
  let stage: Stage;
  let robin: Client;

  beforeAll(async () => {
    ({ stage, robin } = await openReadyStage());
    const first = await preview('3300000000011\n3300000000028', /2 devices understood/);
    await robin.press(first, 'register.confirm', { batchName: 'Autumn' });
    await robin.nextMessage({ matching: /2 devices registered for/ });
  }, 180_000);
  afterAll(() => stage?.close());

  const preview = (list: string, matching: RegExp) => previewOf(robin, list, matching);
  const posts = () => stage.journal.find({ method: 'POST', path: ADDITIONS });
  const atPartnerCenter = () =>
    stage.partnerCenter.state().batches.map(({ batchId, devices }) => `${batchId}: ${devices.length}`);

  it('are added where the rep says so on the preview, which tells how many it will have', async () => {
    const list = await preview('3300000000035', /1 device understood/);
    expect(JSON.stringify(list.cards)).toContain('Add to Autumn: 2 devices now, 3 then');
    expect(JSON.stringify(list.cards)).toContain('their group tag');
    const sent = await robin.press(list, 'register.confirm', { batchName: 'Ignored', target: 'add:Autumn' });
    expect(JSON.stringify(sent)).toContain('added to the batch Autumn, which then has 3 devices');
    await robin.nextMessage({ matching: /1 device registered for/ });
    expect(posts().map(({ body }) => body)).toEqual([[{ productKey: '3300000000035' }]]);
    expect(atPartnerCenter()).toEqual(['Autumn: 3']);
  });

  it('are begun from the batch’s own card, which stands on the preview then', async () => {
    await robin.say('batches autumn');
    await robin.press(await robin.nextMessage({ matching: 'batch.open' }), 'batch.open');
    const card = await robin.nextMessage({ matching: /Added to.*Autumn, which had 2 devices/s });
    await robin.press(card, 'batch.add');
    await robin.nextMessage({ matching: /Paste a list here/ });
    await robin.say('3300000000042');
    const list = await robin.nextMessage({ matching: /1 device understood/ });
    expect(JSON.stringify(list.cards)).toMatch(/"id":"target"[^}]*"value":"add:Autumn"/);
    await robin.press(list, 'register.confirm', { batchName: 'Ignored', target: 'add:autumn' });
    await robin.nextMessage({ matching: /1 device registered for/ });
    expect(atPartnerCenter()).toEqual(['Autumn: 4']);
  });

  it('are added once, though the answer was lost', async () => {
    const list = await preview('3300000000059', /1 device understood/);
    stage.faults.add({
      service: 'partner-center',
      method: 'POST',
      path: ADDITIONS,
      effect: { kind: 'resetAfterEffect' },
    });
    const before = posts().length;
    await robin.press(list, 'register.confirm', { batchName: 'Ignored', target: 'add:Autumn' });
    await robin.nextMessage({ matching: /1 device registered for/, timeoutMs: 60_000 });
    expect(posts()).toHaveLength(before + 1);
    expect(atPartnerCenter()).toEqual(['Autumn: 5']);
  });

  it('are refused where the batch is gone by now, and may go into a new one', async () => {
    const list = await preview('3300000000066', /1 device understood/);
    const { batches } = stage.partnerCenter.state();
    const [autumn] = batches.splice(0, 1);
    const refused = await robin.press(list, 'register.confirm', { batchName: 'Winter', target: 'add:Autumn' });
    expect(JSON.stringify(refused)).toContain('no longer lists the batch “Autumn”');
    if (autumn) batches.push(autumn);
    await robin.press(list, 'register.confirm', { batchName: 'Winter', target: 'new' });
    await robin.nextMessage({ matching: /1 device registered for/ });
    expect(atPartnerCenter().toSorted()).toEqual(['Autumn: 5', 'Winter: 1']);
  });
});
