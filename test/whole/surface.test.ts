import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../emulators/teams/index.ts';
import type { SeenMessage } from '../emulators/teams/person.ts';
import { CONTOSO_TENANT_ID } from '../emulators/world.ts';
import { openReadyStage } from './ready.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let robin: Client;

beforeAll(async () => {
  ({ stage, robin } = await openReadyStage());
});

afterAll(() => stage?.close());

it('keeps Surface devices of a list back, with the way to Microsoft Support', async () => {
  await robin.say('register contoso');
  await robin.nextMessage({ matching: /Paste a list here/ });
  const csv = [
    'Device Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model',
    '012345678953,,,Microsoft Corporation,Surface Laptop 5',
    ',3300000000011,,,',
  ].join('\n');
  await robin.attach('list.csv', Buffer.from(csv));
  const preview = await robin.nextMessage({ matching: /is a Surface device: Microsoft Support registers those/ });
  await robin.press(preview, 'surface.show');
  const route = await robin.nextMessage({ matching: /ask Microsoft Support/ });
  const guide = JSON.stringify(route.cards);
  expect(guide).toContain('012345678953');
  expect(await savedFrom(route)).toBe('012345678953\r\n');
  expect(guide).toContain(CONTOSO_TENANT_ID);
  expect(guide).toContain('proof of ownership');
  const [, batchId, version] = /"batchId":"([^"]+)","version":(\d+)/.exec(JSON.stringify(preview.cards)) ?? [];
  const data = { batchId, version: Number(version), page: 1 }; // "Take doubtful ones": all of them, no row
  const action = { type: 'Action.Execute', verb: 'register.accept-doubtful', data };
  const { body } = await stage.teams.invoke(robin, 'adaptiveCard/action', { action, trigger: 'manual' });
  const still = JSON.stringify(body);
  expect(still).toContain('is a Surface device');
  expect(still).not.toContain('register.confirm');
});

it('shows the way to who asks for it by name, without numbers it does not have', async () => {
  await robin.say('surface contoso');
  const guide = JSON.stringify((await robin.nextMessage({ matching: /ask Microsoft Support/ })).cards);
  expect(guide).toContain(CONTOSO_TENANT_ID);
  expect(guide).toContain('Write the serial numbers into a CSV file');
  expect(guide).not.toContain('surface.file');
});

/** What is in somebody's OneDrive once they wanted the serial numbers as a file. */
async function savedFrom(route: SeenMessage): Promise<string> {
  await robin.press(route, 'surface.file');
  await robin.answerFile(await robin.nextMessage({ matching: 'file.consent' }), 'accept');
  const info = 'application/vnd.microsoft.teams.card.file.info';
  const { attachments } = await robin.nextMessage({
    matching: (message) => message.attachments.some(({ contentType }) => contentType === info),
  });
  const content = attachments[0]?.content as { uniqueId: string } | undefined;
  return new TextDecoder().decode(stage.teams.savedFile(content?.uniqueId ?? '')?.bytes);
}
