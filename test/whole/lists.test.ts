import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { CONTOSO_TENANT_ID, ROBIN } from '../emulators/world.ts';
import { makeHash } from '../intake/make/hash.ts';
import { openStage, type Stage } from './stage.ts';

describe('a list that needs a look before it is sent', () => {
  let stage: Stage;
  let robin: Client;

  beforeAll(async () => {
    stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
    stage.partnerCenter.behaviour.timing = { queuedMs: 200, processingMs: 200 };
    stage.partnerCenter.accept(CONTOSO_TENANT_ID);
    robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
  });
  afterAll(() => stage?.close());

  async function preview(text: string, matching: RegExp) {
    await robin.say(`register ${CONTOSO_TENANT_ID}`);
    await robin.nextMessage({ matching: /Paste a list here/ });
    await robin.say(text);
    return robin.nextMessage({ matching });
  }

  it('shows a damaged line beside good ones and takes its correction', async () => {
    const card = await preview('3300000000011, 3300000000028, 330000000003', /2 devices understood/);
    expect(JSON.stringify(card.cards)).toMatch(/330000000003.*12 digits/);
    const fixed = await robin.press(card, 'register.fix', { 'fix-p0': '3300000000035' });
    expect(JSON.stringify(fixed)).toMatch(/3 devices understood/);
    expect(JSON.stringify(fixed)).not.toContain('12 digits');
  });

  it('keeps a line whose correction says nothing', async () => {
    const card = await preview('3300000000011\n330000000003', /1 device understood/);
    const fixed = await robin.press(card, 'register.fix', { 'fix-p0': 'ask Anna' });
    expect(JSON.stringify(fixed)).toMatch(/330000000003.*12 digits/);
  });

  it('answers an older preview of the list with the current one, and does nothing', async () => {
    const old = await preview('33O0000000011\n3300000000028\n33O0000000035', /2 devices need your yes/);
    await robin.say('33OO000000042');
    const current = await robin.nextMessage({ matching: /3 devices need your yes/ });
    await vi.waitFor(() => {
      const closed = JSON.stringify(robin.messages.find(({ id }) => id === old.id)?.cards);
      expect(closed).toContain('The list has grown');
      expect(closed).not.toContain('Action');
    }, 20_000);
    const pressed = await robin.press(old, 'Leave doubtful out');
    expect(JSON.stringify(pressed)).toMatch(/3 devices need your yes/);
    await robin.nextMessage({ matching: /list has changed since this card was drawn/ });
    const settled = await robin.press(current, 'Leave doubtful out');
    expect(JSON.stringify(settled)).toMatch(/1 device understood/);
  });

  it('reads a file by its SharePoint link, in a channel too, and says what is missing when it may not', async () => {
    const link = stage.graph.shareFile(
      '/sites/Orders/list%20one.csv',
      Buffer.from('PKID\n3300000000066\n3300000000073\n'),
    );
    const { tenantId } = stage.world.partner;
    const channel = stage.teams.teamChannel({ name: 'Orders', tenantId, members: [robin] });
    const here = channel.as(robin);
    await channel.mention(robin, `register ${CONTOSO_TENANT_ID}`);
    await here.nextMessage({ matching: /Paste the file’s SharePoint link/ });
    await channel.mention(robin, `Here it is: ${link}`);
    const card = await here.nextMessage({ matching: /list one\.csv/ });
    expect(JSON.stringify(card.cards)).toMatch(/2 devices understood/);
    const bytes = stage.journal.find({ method: 'GET', path: '/download/*' });
    expect(bytes.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    stage.graph.settings.files = 'forbidden';
    await channel.mention(robin, link);
    await here.nextMessage({ matching: /Graph permission Files\.ReadWrite\.All.*personal chat/ });
  });

  it('advises the PKID where devices come by hash only, and sends no hash beside a PKID', async () => {
    await robin.say(`register ${CONTOSO_TENANT_ID}`);
    await robin.nextMessage({ matching: /Paste a list here/ });
    const [own, other] = [makeHash({ serial: 'PF3AAA1' }), makeHash({ serial: 'PF3AAA2' })];
    const csv = `Device Serial Number,Windows Product ID,Hardware Hash\nPF3AAA1,3300000000059,${own}\nPF3AAA2,,${other}\n`;
    await robin.attach('hashes.csv', Buffer.from(csv));
    const card = await robin.nextMessage({ matching: /hashes\.csv/ });
    expect(JSON.stringify(card.cards)).toMatch(/1 device comes by its hardware hash only.*PKID from the package/);
    await robin.press(card, 'register.confirm', { batchName: 'Hashes' });
    await robin.nextMessage({ matching: /Finished|registered for/ });
    const [post] = stage.journal.find({ method: 'POST', path: '*/deviceBatches' });
    expect(post?.body).toMatchObject({
      devices: [{ productKey: '3300000000059' }, { serialNumber: 'PF3AAA2', hardwareHash: other }],
    });
    expect(JSON.stringify(post?.body)).not.toContain(own);
  });
});
