import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findButton } from '../emulators/teams/press.ts';
import { ANNA, BO, CONTOSO_TENANT_ID } from '../emulators/world.ts';
import { openPlayground, type PlaygroundClient, type ShownMessage } from './client.ts';
import { csvOf, xlsxOf } from './device-files.ts';
import { failingSandbox, freeBasePort, type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';
import { acceptAtMicrosoft, attachFile } from './web-pages.ts';

const SLOW_MS = 60_000;

let folder: string;
let base: number;
let sandbox: SandboxProcess;
let robin: PlaygroundClient;
let anna: PlaygroundClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarmac-story-'));
  base = await freeBasePort();
  await open('--fresh');
});

afterAll(async () => {
  await shut();
  await rm(folder, { recursive: true, force: true });
}, SLOW_MS);

async function open(...more: readonly string[]): Promise<void> {
  sandbox = await startSandboxProcess(['--port', String(base), '--data', join(folder, 'data'), ...more]);
  robin = await openPlayground(sandbox.partnerPlayground);
  anna = await openPlayground(sandbox.customerPlayground);
}

async function shut(): Promise<number | null | undefined> {
  robin?.close();
  anna?.close();
  return sandbox?.stop();
}

/** All that a message shows, as one text. */
function textOf(message: ShownMessage): string {
  return `${message.text} ${JSON.stringify(message.cards)}`;
}

function latest(client: PlaygroundClient, matching: RegExp): ShownMessage {
  const found = client.messages.findLast((message) => matching.test(textOf(message)));
  if (!found) throw new Error(`nothing shown like ${matching}`);
  return found;
}

function linkOn(message: ShownMessage, button: string): string {
  return findButton(message.cards, button).action.url ?? '';
}

describe('the whole job in two Playgrounds', { timeout: SLOW_MS }, () => {
  it('welcomes the rep', async () => {
    await robin.install();
    await robin.nextMessage(/Welcome to Tarmac, Robin Reyes/);
  });

  it('takes a request from the form, through a preview with the checked link', async () => {
    await robin.say('request');
    const form = await robin.nextMessage(/"request.preview"/);
    await robin.press(form, 'Preview', { customer: 'contoso.example', approvers: `${ANNA.upn}\n${BO.upn}` });
    const preview = await robin.nextMessage(/Check before sending/);
    expect(preview).toMatchObject({ id: form.id, revision: 1 });
    expect(textOf(preview)).toContain('DAP=false');
    await robin.press(preview, 'Send');
    await robin.nextMessage(/request to Contoso is on its way to 2 approvers/);
  });

  it('hands the rep an installation link and the text of a mail for who lacks the app', async () => {
    const card = await robin.nextMessage(/has not installed Tarmac yet/);
    expect(linkOn(card, 'Open the app’s page')).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/app\//);
    expect(textOf(card)).toContain('Install the app Tarmac: https://teams.microsoft.com/l/app/');
    expect(textOf(card)).toContain(ANNA.upn);
  });

  it('shows the request to the approver as soon as she has the app', async () => {
    await anna.install();
    const request = await anna.nextMessage(/"relationship.approve"/);
    expect(textOf(request)).toContain('No delegated administrator rights');
    await robin.nextMessage(/delivered/, SLOW_MS);
  });

  it('records the approval once and leads to Microsoft', async () => {
    const request = latest(anna, /"relationship.approve"/);
    await anna.press(request, 'Approve');
    const step2 = await anna.nextMessage(/Step 2: accept at Microsoft/);
    expect(step2.id).toBe(request.id);
    await anna.press(request, 'Approve'); // a window that still shows the old card
    await robin.nextMessage(/Approved, not yet accepted/, SLOW_MS);
    expect(anna.messages.filter((message) => /Step 2: accept/.test(textOf(message)))).toHaveLength(1);
  });

  it('notices the acceptance on the consent page and tells both', async () => {
    const link = linkOn(latest(anna, /Step 2: accept/), 'Open admin center (leaves Teams)');
    expect(await acceptAtMicrosoft(link, CONTOSO_TENANT_ID)).toContain('is now a partner of Contoso');
    await robin.nextMessage(/Contoso has accepted/, SLOW_MS);
    await anna.nextMessage(/The relationship with Northwind Partner is active/, SLOW_MS);
  });

  it('reads a pasted list, a CSV and an Excel file into one preview, and names the wrong line', async () => {
    await robin.say('register contoso');
    await robin.nextMessage(/Paste a list here/);
    await robin.say('3300000000011\n3300000000028\n330000000003');
    const first = await robin.nextMessage(/2 devices understood/);
    expect(textOf(first)).toContain('has 12 digits, a PKID has 13');
    const { teams } = sandbox.emulators;
    await attachFile(teams, 'partner', 'order.csv', csvOf(['3300000000035', '3300000000812']));
    await robin.nextMessage(/4 devices understood/);
    await attachFile(teams, 'partner', 'order.xlsx', await xlsxOf(['3300000000042', '3300000000059']));
    const all = await robin.nextMessage(/6 devices understood/);
    expect(textOf(all)).toMatch(/order\.csv.*order\.xlsx/);
  });

  it('registers on confirmation, shows progress in one card, and says in words what became of each device', async () => {
    await robin.press(latest(robin, /6 devices understood/), 'Register 6 devices', { batchName: 'Order 4711' });
    await robin.nextMessage(/Sending 6 devices to Partner Center/);
    const progress = await robin.nextMessage(/Batch Order 4711/, SLOW_MS);
    const notice = await robin.nextMessage(/1 of 6 devices was refused/, SLOW_MS);
    expect(textOf(notice)).toContain('3300000000812');
    const done = await robin.nextMessage(/Finished, some devices were refused/, SLOW_MS);
    expect(done.id).toBe(progress.id);
    expect(textOf(done)).toMatch(/Microsoft knows no device with these values.*3300000000011.*registered/);
  });

  it('answers customers, batches, status and help', async () => {
    await robin.say('customers');
    await robin.nextMessage(/Contoso.*Active since/);
    await robin.say('batches');
    await robin.nextMessage(/Order 4711.*Contoso · 5 of 6 registered/);
    await robin.say('status');
    await robin.nextMessage(/No batches under way.*Sign-in to Partner Center works/);
    await robin.say('help');
    await robin.nextMessage(/What Tarmac can do/);
  });
});

describe('the command', { timeout: 3 * SLOW_MS }, () => {
  it('leaves with one sentence and code 1 where its ports are taken', async () => {
    const { code, out, err } = await failingSandbox(['--port', String(base), '--data', join(folder, 'other')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^Port \d+ is taken: [^\n]*\n$/);
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });

  it('keeps customers and batches over a restart, and forgets them with --fresh', async () => {
    expect(await shut()).toBe(0);
    await open();
    await robin.say('register contoso');
    await robin.nextMessage(/Paste a list here/);
    await robin.say('batches');
    await robin.nextMessage(/Order 4711/);
    await shut();
    await open('--fresh');
    await robin.say('customers');
    await robin.nextMessage(/No customer found/);
  });
});
