import { readXlsx } from 'hucre/xlsx';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createListReader } from '../../services/devices/intake/index.ts';
import type { Client } from '../emulators/teams/index.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

const REFUSED = '3300000000028';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

describe('results as a file', () => {
  let stage: Stage;
  let robin: Client;

  beforeAll(async () => {
    ({ stage, robin } = await openReadyStage());
    Object.assign(stage.partnerCenter.behaviour, { verdicts: { [REFUSED]: '812' } });
    const preview = await previewOf(robin, `3300000000011\n${REFUSED}`, /2 devices understood/);
    await robin.press(preview, 'register.confirm', { batchName: 'Autumn' });
    await robin.nextMessage({ matching: /1 of 2 devices was refused in Autumn/ });
  });
  afterAll(() => stage?.close());

  async function asked(button: string) {
    await robin.say('batches autumn');
    await robin.press(await robin.nextMessage({ matching: 'batch.open' }), 'batch.open');
    await robin.press(await robin.nextMessage({ matching: 'batch.export' }), 'batch.export');
    const choice = await robin.nextMessage({ matching: /Results of Autumn for Contoso/ });
    expect(JSON.stringify(choice.cards)).toContain(REFUSED);
    await robin.press(choice, button);
    return robin.nextMessage({ matching: 'file.consent' });
  }

  it('are offered, and saved where Teams says once the person agrees; the question goes', async () => {
    const question = await asked('Excel file');
    await robin.answerFile(question, 'accept');
    const info = await robin.nextMessage({ matching: INFO });
    const content = info.attachments[0]?.content as { uniqueId: string } | undefined;
    const saved = stage.teams.savedFile(content?.uniqueId ?? '');
    const { sheets } = await readXlsx(saved?.bytes ?? new Uint8Array());
    const texts = (sheets[0]?.rows ?? []).map((row) => row.map(String));
    expect(texts[0]?.slice(0, 5)).toEqual(['PKID', 'Serial number', 'Manufacturer', 'Model', 'Result']);
    expect(texts.find(([pkid]) => pkid === REFUSED)?.join(' ')).toMatch(/refused.*812.*Microsoft knows no device/);
    expect(robin.messages.some(({ id }) => id === question.id)).toBe(false);
  });

  it('can be read by other programs and taken in again as a list, with all of its devices', async () => {
    await robin.answerFile(await asked('Excel file'), 'accept');
    const content = (await robin.nextMessage({ matching: INFO })).attachments[0]?.content as { uniqueId: string };
    const bytes = stage.teams.savedFile(content.uniqueId)?.bytes ?? new Uint8Array();
    const [sheet] = await readExcelFile(Buffer.from(bytes));
    expect(sheet?.data.slice(1).map(([pkid]) => pkid)).toEqual(expect.arrayContaining(['3300000000011', REFUSED]));
    const reader = createListReader();
    const again = await reader.read({ kind: 'file', source: 'results.xlsx', bytes }).finally(() => reader.close());
    expect(again.devices.map(({ pkid }) => pkid).sort()).toEqual(['3300000000011', REFUSED]);
    expect(again.problems).toEqual([]);
  });

  it('are only those refused where that was asked for, and nothing is saved after a no', async () => {
    await robin.answerFile(await asked('Refused only (Excel)'), 'decline');
    await robin.nextMessage({ matching: /No file was saved/ });
  });

  it('go nowhere else than to hosts of the allow-list', async () => {
    const uploadUrl = 'https://evil.example/uploads/1';
    await robin.answerFile(await asked('CSV file'), 'accept', { uploadUrl });
    await robin.nextMessage({ matching: /could not be saved in your OneDrive/ });
  });

  it('are a card with the way on in a channel', async () => {
    const { tenantId } = stage.world.partner;
    const channel = stage.teams.teamChannel({ name: 'Rollouts', tenantId, members: [robin] });
    const here = channel.as(robin);
    await channel.mention(robin, 'batches autumn');
    await here.press(await here.nextMessage({ matching: 'batch.open' }), 'batch.open');
    await here.press(await here.nextMessage({ matching: 'batch.export' }), 'batch.export');
    const card = await here.nextMessage({ matching: /Files can be sent only in a personal chat/ });
    expect(JSON.stringify(card.cards)).not.toContain('batch.file');
  });
});
