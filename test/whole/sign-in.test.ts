import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTOSO_TENANT_ID, ROBIN } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

describe('when the sign-in to Partner Center no longer works', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
    stage.partnerCenter.behaviour.timing = { queuedMs: 100, processingMs: 100 };
    stage.partnerCenter.accept(CONTOSO_TENANT_ID);
  });
  afterAll(() => stage?.close());

  const readiness = async () => {
    const answer = await fetch(`${stage.url()}/health/ready`);
    return { ...((await answer.json()) as { checks: unknown; reasons: unknown }), status: answer.status };
  };

  it('keeps the batch, says why to who can mend it, is not ready, and goes on by itself afterwards', async () => {
    const robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
    stage.login.settings.refresh = 'expired';
    await stage.restart(); // forgets the token it has
    await robin.say('register contoso');
    await robin.nextMessage({ matching: /Paste a list here/ });
    await robin.say('3300000000011');
    const preview = await robin.nextMessage({ matching: 'register.confirm' });
    await robin.press(preview, 'register.confirm', { batchName: 'Parked' });
    const told = await robin.nextMessage({ matching: /Sign-in to Partner Center needs attention/ });
    expect(JSON.stringify(told.cards)).toMatch(
      /has not signed in for too long.*AADSTS700082.*npm run sign-in.*nothing is lost/,
    );
    expect(await readiness()).toMatchObject({ status: 503, checks: { token: false }, reasons: { token: 'expired' } });
    expect(stage.partnerCenter.state().batches).toEqual([]);
    stage.login.settings.refresh = 'works';
    await robin.nextMessage({ matching: /Sign-in to Partner Center works again/ });
    await robin.nextMessage({ matching: /1 device registered for Contoso/ });
    expect(await readiness()).toMatchObject({ status: 200, checks: { token: true }, reasons: {} });
    expect(Object.values(stage.partnerCenter.state().counters.creations)).toEqual([1]);
  });
});
