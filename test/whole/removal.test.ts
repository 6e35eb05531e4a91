import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { NILS, SAM } from '../emulators/world.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let robin: Client;
let sam: Client;

beforeAll(async () => {
  ({ stage, robin } = await openReadyStage());
  sam = stage.person(SAM, stage.world.partner);
  await sam.install();
  const preview = await previewOf(
    robin,
    '3300000000011\n3300000000028\n3300000000035\n3300000000042',
    /4 devices understood/,
  );
  await robin.press(preview, 'register.confirm', { batchName: 'Order 4711' });
  await robin.nextMessage({ matching: /4 devices registered for/ });
}, 180_000);

afterAll(() => stage?.close());

const deletions = () =>
  stage.journal.entries().filter(({ method, path }) => method === 'DELETE' && /devices/i.test(path));
const last = (who: Client, part: string) => {
  const found = who.messages.findLast(({ cards }) => JSON.stringify(cards).includes(part));
  if (!found) throw new Error(`no card with ${part}`);
  return found;
};

describe('taking devices out of Autopilot', () => {
  it('says what will happen to a pasted list, and what Partner Center does not know', async () => {
    await robin.say('deregister contoso');
    await robin.nextMessage({ matching: /Which devices are to leave Contoso/ });
    await robin.say('3300000000011\n3300000000028\n3300000000099');
    const preview = JSON.stringify((await robin.nextMessage({ matching: 'removal.ask' })).cards);
    expect(preview).toContain('2 devices leave Windows Autopilot for Contoso');
    expect(preview).toContain('Order 4711 (2)');
    expect(preview).toContain('stays enrolled in Intune');
    expect(preview).toContain('1 device is not listed in Partner Center');
  });

  it('asks nobody while the number typed is wrong', async () => {
    const wrong = await robin.press(last(robin, 'removal.ask'), 'removal.ask', { typed: '3' });
    expect(JSON.stringify(wrong)).toContain('neither 2 nor contoso');
    expect(deletions()).toEqual([]);
  });

  it('asks a second person once the number was typed, and removes nothing yet', async () => {
    await robin.press(last(robin, 'removal.ask'), 'removal.ask', { typed: ' 2 ' });
    await sam.nextMessage({ matching: 'removal.confirm' });
    const waiting = await robin.nextMessage({ matching: /Waits for a second person/ });
    expect(JSON.stringify(waiting.cards)).not.toContain('removal.confirm');
    expect(deletions()).toEqual([]);
  });

  it('shows in the status that it is open, to both of them, and opens it from there', async () => {
    for (const who of [robin, sam]) {
      await who.say('status');
      const status = await who.nextMessage({ matching: /1 deregistration open/ });
      await who.press(status, 'removal.open');
      await who.nextMessage({ matching: who === sam ? 'removal.confirm' : /Waits for a second person/ });
    }
  });

  it('lets neither the one who asked nor a colleague without the role confirm', async () => {
    const { data } = action(last(sam, 'removal.confirm'), 'removal.confirm');
    const nils = stage.person(NILS, stage.world.partner);
    await nils.install();
    for (const who of [robin, nils]) {
      const pressed = { type: 'Action.Execute', verb: 'removal.confirm', data: { ...data, typed: '2' } };
      const { body } = await stage.teams.invoke(who, 'adaptiveCard/action', { action: pressed, trigger: 'manual' });
      expect(JSON.stringify(body)).toContain('second person');
    }
    expect(deletions()).toEqual([]);
  });

  it('removes the devices one by one after the second yes, and tells both', async () => {
    const wrong = await sam.press(last(sam, 'removal.confirm'), 'removal.confirm', { typed: 'yes' });
    expect(JSON.stringify(wrong)).toContain('Nothing was done');
    await sam.press(last(sam, 'removal.confirm'), 'removal.confirm', { typed: '2' });
    await robin.nextMessage({ matching: /2 devices removed from Contoso/ });
    await sam.nextMessage({ matching: /2 devices removed from Contoso/ });
    await robin.nextMessage({ matching: /Sam Sato confirmed/ });
    expect(deletions()).toHaveLength(2);
    expect(deletions().every(({ status }) => status === 204)).toBe(true);
    await sam.say('status');
    const status = await sam.nextMessage({ matching: /Sign-in to Partner Center works/ });
    expect(JSON.stringify(status.cards)).not.toContain('deregistration');
  });

  it('shows in the search that it was removed, and goes on from there for another one', async () => {
    await robin.say('find 3300000000011 3300000000035');
    const found = await robin.nextMessage({ matching: 'removal.device' });
    expect(JSON.stringify(found.cards)).toContain('Removed from Autopilot');
    await robin.press(found, 'removal.device');
    const preview = await robin.nextMessage({ matching: /1 device leaves Windows Autopilot/ });
    await robin.press(preview, 'removal.ask', { typed: '1' });
    const asked = await sam.nextMessage({ matching: /1 device leaves Windows Autopilot/ });
    const refused = await sam.press(asked, 'removal.refuse', { reason: 'Still in use' });
    expect(JSON.stringify(refused)).toContain('Refused');
    expect(JSON.stringify(refused)).toContain('left as it was');
    expect(JSON.stringify(refused)).not.toContain('will be removed');
    await robin.nextMessage({ matching: /refused to remove devices from Contoso/ });
    expect(deletions()).toHaveLength(2);
  });

  it('counts removed devices as registered no longer when they are listed again', async () => {
    const preview = await previewOf(robin, '3300000000011\n3300000000028\n3300000000035', /3 devices understood/);
    expect(JSON.stringify(preview.cards)).toContain('1 device is already registered for this customer');
    await robin.press(preview, 'register.cancel');
  });

  it('takes all that is left of a batch, and takes the question back', async () => {
    await robin.say('batches');
    await robin.press(await robin.nextMessage({ matching: 'batch.open' }), 'batch.open');
    await robin.press(await robin.nextMessage({ matching: 'removal.batch' }), 'removal.batch');
    const preview = await robin.nextMessage({ matching: /2 devices leave Windows Autopilot/ });
    await robin.press(preview, 'removal.ask', { typed: '2' });
    const mine = await robin.nextMessage({ matching: /Waits for a second person/ });
    const theirs = await sam.nextMessage({ matching: /2 devices leave Windows Autopilot/ });
    expect(JSON.stringify(await robin.press(mine, 'removal.cancel'))).toContain('Taken back');
    expect(JSON.stringify(await sam.press(theirs, 'removal.confirm', { typed: '2' }))).toContain('Taken back');
    expect(deletions()).toHaveLength(2);
  });
});

function action({ cards }: { cards: readonly unknown[] }, verb: string): { data: Record<string, unknown> } {
  const found = JSON.stringify(cards).match(new RegExp(`"verb":"${verb.replace('.', '\\.')}","data":(\\{[^}]*\\})`));
  if (!found?.[1]) throw new Error(`no ${verb}`);
  return { data: JSON.parse(found[1]) };
}
