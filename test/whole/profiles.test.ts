import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { SAM } from '../emulators/world.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

describe('profiles in chat', () => {
  let stage: Stage;
  let robin: Client;

  beforeAll(async () => {
    ({ stage, robin } = await openReadyStage());
  });
  afterAll(() => stage?.close());

  it('are reached from the customers, made with a form, and one becomes the default', async () => {
    await robin.say('customers');
    await robin.press(await robin.nextMessage({ matching: 'profiles.list' }), 'profiles.list');
    const list = await robin.nextMessage({ matching: /has no profile in Partner Center yet/ });
    expect(JSON.stringify(list.cards)).toMatch(/Only profiles made in Partner Center are listed here/);
    await robin.press(list, 'profile.new');
    const refused = await robin.press(shown(list), 'profile.save', { name: '  ', settings: '' });
    expect(JSON.stringify(refused)).toMatch(/A profile name has 1 to 64 characters/);
    const saved = await robin.press(shown(list), 'profile.save', { name: 'Quiet', settings: 'skip_eula' });
    expect(JSON.stringify(saved)).toMatch(/Quiet is saved in Partner Center/);
    const chosen = await robin.press(shown(list), 'profile.default');
    expect(JSON.stringify(chosen)).toMatch(/Default: new batches take it/);
  });

  it('go to a new batch as its default, and the rep is told of both', async () => {
    stage.partnerCenter.behaviour.timing = { queuedMs: 100, processingMs: 100 };
    const preview = await previewOf(robin, '3300000000011\n3300000000028', /2 devices understood/);
    expect(JSON.stringify(preview.cards)).toMatch(/"id":"profile".*"value":"[0-9a-f-]{36}"/);
    const profile = stage.partnerCenter.state().policies[0]?.id ?? '';
    const sent = await robin.press(preview, 'register.confirm', { batchName: 'With a profile', profile });
    expect(JSON.stringify(sent)).toMatch(/The profile Quiet follows/);
    await robin.nextMessage({ matching: /2 devices registered for Contoso/ });
    await robin.nextMessage({ matching: /Profile Quiet is applied in With a profile/ });
    await robin.say('batches');
    await robin.press(await robin.nextMessage({ matching: 'batch.open' }), 'batch.open');
    await robin.nextMessage({ matching: /Profile Quiet: 2 applied.*Profile Quiet applied/s });
    const devices = stage.partnerCenter.state().batches.flatMap((batch) => batch.devices);
    expect(devices.map(({ device }) => device.policies?.[0]?.value)).toEqual([profile, profile]);
  });

  it('go to chosen devices of a finished batch', async () => {
    await robin.say('profiles contoso');
    const list = await robin.nextMessage({ matching: 'profile.new' });
    await robin.press(list, 'profile.new');
    await robin.press(shown(list), 'profile.save', { name: 'Kiosk', settings: '' });
    const kiosk = stage.partnerCenter.state().policies.find(({ name }) => name === 'Kiosk')?.id ?? '';
    await robin.say('batches');
    await robin.press(await robin.nextMessage({ matching: 'batch.open' }), 'batch.open');
    const batch = await robin.nextMessage({ matching: 'batch.ask-profile' });
    await robin.press(batch, 'batch.ask-profile');
    const wrong = await robin.press(shown(batch), 'batch.apply-profile', { profile: kiosk, devices: '3300000000110' });
    expect(JSON.stringify(wrong)).toMatch(/is not in this batch/);
    const applied = await robin.press(shown(batch), 'batch.apply-profile', {
      profile: kiosk,
      devices: '3300000000028',
    });
    expect(JSON.stringify(applied)).toMatch(/Profile Kiosk: 0 applied, 1 still open/);
    await robin.nextMessage({ matching: /Profile Kiosk is applied/ });
  });

  it('are deleted after a question, by who may remove', async () => {
    await robin.say('profiles contoso');
    const list = await robin.nextMessage({ matching: /profile\.ask-delete/ });
    const refused = await robin.press(list, 'profile.ask-delete');
    expect(JSON.stringify(refused)).toMatch(/Only people who may remove devices/);
    const sam = stage.person(SAM, stage.world.partner);
    await sam.install();
    await sam.say('profils contoso');
    const his = await sam.nextMessage({ matching: /profile\.ask-delete/ });
    const asked = await sam.press(his, 'profile.ask-delete');
    expect(JSON.stringify(asked)).toMatch(/Delete the profile Kiosk of Contoso\?.*error 809/);
    const sure = sam.messages.find(({ id }) => id === his.id);
    if (!sure) throw new Error('the card is gone');
    expect(JSON.stringify(await sam.press(sure, 'profile.delete'))).toMatch(/is deleted from Partner Center/);
    expect(stage.partnerCenter.state().policies).toHaveLength(1);
  });

  it('are not for channels', async () => {
    const { tenantId } = stage.world.partner;
    const channel = stage.teams.teamChannel({ name: 'Rollouts', tenantId, members: [robin] });
    await channel.mention(robin, 'profiles contoso');
    await channel.as(robin).nextMessage({ matching: /personal chat/ });
  });

  const shown = (message: { id: string }) => {
    const now = robin.messages.find(({ id }) => id === message.id);
    if (!now) throw new Error('the card is gone');
    return now;
  };
});
