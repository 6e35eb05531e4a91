import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO_TENANT_ID, FABRIKAM_TENANT_ID, NILS, SAM } from '../emulators/world.ts';
import { openReadyStage } from './ready.ts';
import type { Stage } from './stage.ts';

const HTML = `<div><p>Hello Robin, here they are:</p><table><tbody>
  <tr><td>Product ID</td></tr><tr><td>3300000000011</td></tr><tr><td>3300000000028</td></tr><tr><td>33000000</td></tr>
  </tbody></table></div>`;

let stage: Stage;
let robin: Client;
let channel: ReturnType<Stage['teams']['groupChat']>;

beforeAll(async () => {
  ({ stage, robin } = await openReadyStage());
  await robin.nextMessage();
  const { tenantId } = stage.world.partner;
  channel = stage.teams.groupChat({ name: 'Rollout', tenantId, members: [robin, stage.person(SAM, { tenantId })] });
});
afterAll(() => stage?.close());

async function chosen(message: Parameters<Client['chooseCommand']>[1], client = channel.as(robin)) {
  const dialog = await client.chooseCommand('registerMessage', message);
  if (dialog.kind !== 'card') throw new Error(dialog.text);
  return dialog;
}

describe('registering the devices in a message', () => {
  it('shows what is in it, and hands the list over to the rep’s own chat, where it is confirmed', async () => {
    const dialog = await chosen({ html: HTML });
    const text = JSON.stringify(dialog.card);
    expect(text).toContain('2 devices understood');
    expect(text).toContain('1 line not taken');
    const done = await dialog.submit('Continue in my chat', { customerId: CONTOSO_TENANT_ID });
    expect(JSON.stringify(done)).toMatch(/You find it in your personal chat with Tarmac.*l\/chat\/0\/0/);
    const preview = await robin.nextMessage({ matching: /2 devices understood/ });
    await robin.press(preview, 'register.confirm', { batchName: 'From a message' });
    await robin.nextMessage({ matching: /2 devices registered/ });
    expect(channel.as(robin).messages).toEqual([]);
  });

  it('makes one list of a press that Teams delivers twice, and of two presses', async () => {
    const dialog = await chosen({ text: '3300000000035' });
    const first = await dialog.submit('Continue in my chat', { customerId: CONTOSO_TENANT_ID });
    await robin.nextMessage({ matching: /1 device understood/ });
    await stage.teams.redeliver(first.delivery.activity.id ?? '');
    await stage.teams.redeliver(first.delivery.activity.id ?? '', { newId: true });
    await dialog.submit('Continue in my chat', { customerId: CONTOSO_TENANT_ID });
    await robin.say('status');
    await robin.nextMessage({ matching: /Sign-in to Partner Center works/ });
    expect(robin.messages.filter(({ cards }) => JSON.stringify(cards).includes('1 device understood'))).toHaveLength(1);
  });

  it('says why a customer cannot be, and lets another be chosen', async () => {
    const dialog = await chosen({ text: '3300000000042' });
    const refused = await dialog.submit('Continue in my chat', { customerId: FABRIKAM_TENANT_ID });
    if (refused.kind !== 'card') throw new Error(refused.text);
    expect(JSON.stringify(refused.card)).toContain('Not possible for');
    const done = await refused.submit('Continue in my chat', { customerId: CONTOSO_TENANT_ID });
    expect(JSON.stringify(done)).toContain('is ready');
  });

  it('says that there is no device, that files do not come along, and that it was called without a message', async () => {
    const empty = await chosen({ html: '<p>See the file</p>', files: ['list.xlsx'] });
    expect(JSON.stringify(empty.card)).toMatch(/I find no device in this message.*Files of a message do not reach me/);
    expect(JSON.stringify(empty.card)).not.toContain('Continue in my chat');
    expect(await robin.chooseCommand('registerMessage')).toMatchObject({
      kind: 'message',
      text: expect.stringMatching(/Teams did not pass the message on/),
    });
  });

  it('reads files in SharePoint behind its links and those that hang on it, by the same road as pasted links', async () => {
    const linked = stage.graph.shareFile('/sites/x/linked.csv', Buffer.from('PKID\n3300000000073\n'));
    const attached = stage.graph.shareFile(
      '/sites/x/attached.csv',
      Buffer.from('PKID\n3300000000080\n3300000000073\n'),
    );
    const gone = linked.replace('linked', 'gone');
    const html = `<p>Here: <a href="${linked}">linked.csv</a> and <a href="${gone}">gone.csv</a></p>${HTML}`;
    const dialog = await chosen({ html, files: [attached] });
    const text = JSON.stringify(dialog.card);
    expect(text).toContain('4 devices understood');
    expect(text).toMatch(/gone\.csv was not read\. /);
    expect(text).not.toContain('Files of a message do not reach me');
    const done = await dialog.submit('Continue in my chat', { customerId: CONTOSO_TENANT_ID });
    expect(JSON.stringify(done)).toMatch(/is ready.*gone\.csv was not read/);
    await robin.nextMessage({ matching: /4 devices understood/ });
  });

  it('asks nobody for the files of a message before it is known that a rep asks', async () => {
    const list = stage.graph.shareFile('/sites/x/secret.csv', Buffer.from('PKID\n3300000000097\n'));
    const nils = stage.person(NILS, stage.world.partner);
    await nils.install();
    const before = stage.journal.find({ service: 'graph' }).filter(({ path }) => path.includes('/shares/')).length;
    expect(await nils.chooseCommand('registerMessage', { text: list, files: [list] })).toMatchObject({
      kind: 'message',
    });
    expect(stage.journal.find({ service: 'graph' }).filter(({ path }) => path.includes('/shares/'))).toHaveLength(
      before,
    );
  });

  it.each([
    ['a colleague who is no rep', NILS, 'partner'],
    ['somebody at a customer', ANNA, 'customer'],
  ] as const)('is refused for %s, before and after the dialog', async (_who, person, side) => {
    const tenant = side === 'partner' ? stage.world.partner : { tenantId: CONTOSO_TENANT_ID };
    const client = stage.person(person, tenant);
    await client.install();
    await client.nextMessage();
    expect(await client.chooseCommand('registerMessage', { html: HTML })).toMatchObject({
      kind: 'message',
      text: expect.stringMatching(/for sales staff of the partner/),
    });
    const { body } = await stage.teams.invoke(client, 'composeExtension/submitAction', {
      commandId: 'registerMessage',
      messagePayload: { body: { contentType: 'html', content: HTML } },
      data: { draftId: 'd0000000-0000-4000-8000-000000000009', customerId: CONTOSO_TENANT_ID },
    });
    expect(JSON.stringify(body)).toMatch(/for sales staff of the partner/);
  });

  it('shows nobody the list of somebody else, whatever id they send', async () => {
    const dialog = await chosen({ text: '3300000000059' });
    const { data } =
      (dialog.card as { body: { actions?: { data: { draftId: string } }[] }[] }).body.at(-1)?.actions?.[0] ?? {};
    await dialog.submit('Continue in my chat', { customerId: CONTOSO_TENANT_ID });
    const sam = stage.person(SAM, stage.world.partner);
    await sam.install();
    const { body } = await stage.teams.invoke(sam, 'composeExtension/submitAction', {
      commandId: 'registerMessage',
      messagePayload: { body: { contentType: 'text', content: '3300000000066' } },
      data: { draftId: data?.draftId, customerId: CONTOSO_TENANT_ID },
    });
    expect(JSON.stringify(body)).toContain('This batch no longer exists');
  });
});
