import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

/** Nobody at Microsoft knows this one. */
const UNKNOWN = '3300000000028';

describe('a batch with refused devices', () => {
  let stage: Stage;
  let robin: Client;

  beforeAll(async () => {
    ({ stage, robin } = await openReadyStage());
    Object.assign(stage.partnerCenter.behaviour, { verdicts: { [UNKNOWN]: '812' } });
    const preview = await previewOf(robin, `3300000000011\n${UNKNOWN}`, /2 devices understood/);
    await robin.press(preview, 'register.confirm', { batchName: 'Autumn' });
    await robin.nextMessage({ matching: /1 of 2 devices was refused in Autumn/ });
  });
  afterAll(() => stage?.close());

  it('is found by a word after the command, and shows only what was refused', async () => {
    await robin.say('batches elsewhere');
    await robin.nextMessage({ matching: /No batch matches/ });
    await robin.say('batches autumn');
    await robin.press(await robin.nextMessage({ matching: /Batches matching “autumn”/ }), 'batch.open');
    const batch = await robin.nextMessage({ matching: 'Only refused' });
    const filtered = await robin.press(batch, 'Only refused');
    expect(JSON.stringify(filtered)).toContain(UNKNOWN);
    expect(JSON.stringify(filtered)).not.toContain('3300000000011');
  });

  it('is corrected and sent again as a batch that names it, and not twice', async () => {
    await robin.say('batches some devices were refused');
    await robin.press(await robin.nextMessage({ matching: 'batch.open' }), 'batch.open');
    const batch = await robin.nextMessage({ matching: 'batch.resend' });
    await robin.press(batch, 'batch.resend');
    const list = await robin.nextMessage({ matching: /Refused before in the batch Autumn/ });
    expect(JSON.stringify(list.cards)).toMatch(/was refused before/);
    await robin.press(list, 'register.fix', { 'fix-d0': '3300000000035' });
    const corrected = robin.messages.find(({ id }) => id === list.id);
    if (!corrected) throw new Error('the list is gone');
    expect(JSON.stringify(corrected.cards)).toMatch(/1 device understood/);
    await robin.press(corrected, 'register.confirm', { batchName: 'Autumn-R2' });
    await robin.nextMessage({ matching: /1 device registered for Contoso/ });
    const again = await robin.press(batch, 'batch.resend');
    expect(JSON.stringify(again)).toMatch(/sent again already, in the batch “Autumn-R2”/);
  });
});
