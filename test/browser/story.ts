import type { Browser, Page } from 'playwright-core';
import { ANNA, BO, CONTOSO } from '../emulators/world.ts';
import { csvOf, xlsxOf } from '../playground/device-files.ts';
import type { ReadySandbox } from '../playground/sandbox-process.ts';
import type { Album } from './album.ts';
import { type Seat, sitDown } from './seat.ts';

export type Step = Readonly<{ name: string; run: () => Promise<void> }>;

/** The whole job as two people see it, one step after the other; each step takes pictures of what it shows. */
export function tellStory(browser: Browser, sandbox: ReadySandbox, album: Album): readonly Step[] {
  let robin: Seat;
  let anna: Seat;

  async function attach(name: string, bytes: Uint8Array): Promise<Page> {
    const page = await robin.openPage(`${sandbox.emulators.teams}/attach?chat=partner`);
    await page.getByLabel('Device list').setInputFiles({ name, mimeType: '', buffer: Buffer.from(bytes) });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText(`Sent ${name}`).waitFor();
    return page;
  }

  return [
    {
      name: 'the rep is welcomed',
      run: async () => {
        robin = await sitDown(browser, sandbox.partnerPlayground);
        await robin.see('Welcome to Tarmac');
        await album.keep(robin.page, 'welcome');
      },
    },
    {
      name: 'the rep fills in the form, looks at the preview and sends the request',
      run: async () => {
        await robin.say('request');
        const form = await robin.see('Who may approve');
        await form.getByRole('textbox').nth(0).fill(CONTOSO.domain);
        await form.getByRole('textbox').nth(1).fill(`${ANNA.upn}, ${BO.upn}`);
        await album.keep(robin.page, 'request-form');
        await form.getByRole('button', { name: 'Preview' }).click();
        const preview = await robin.see('Check before sending');
        await album.keep(preview, 'request-preview');
        await preview.getByRole('button', { name: 'Send' }).click();
        await robin.see('is on its way to 2 approvers');
        await album.keep(await robin.see('has not installed Tarmac yet'), 'request-not-installed');
        await album.keep(robin.page, 'request-sent');
      },
    },
    {
      name: 'the administrator opens Teams and finds the request',
      run: async () => {
        anna = await sitDown(browser, sandbox.customerPlayground);
        const request = await anna.see('Waits for your answer');
        await album.keep(anna.page, 'approver-chat');
        await album.keep(request, 'approver-request');
        await request.getByRole('button', { name: 'Decline' }).click();
        await album.keep(request, 'approver-decline-open');
      },
    },
    {
      name: 'she approves and is led to Microsoft',
      run: async () => {
        await (await anna.see('Waits for your answer')).getByRole('button', { name: 'Approve' }).click();
        const step2 = await anna.see('Step 2: accept at Microsoft');
        await album.keep(step2, 'approver-step-2');
        await step2.getByRole('button', { name: 'I have accepted: check now' }).click();
        await anna.read('Microsoft has not recorded the acceptance yet');
        await album.keep(anna.page, 'approver-checked-too-early');
        await album.keep(await robin.see('Approved, not yet accepted'), 'rep-approved');
      },
    },
    {
      name: 'she accepts on the page her card links to, and both are told',
      run: async () => {
        const link = anna.card('Step 2').getByRole('link', { name: 'Open admin center' });
        const [page] = await Promise.all([anna.page.context().waitForEvent('page'), link.click()]);
        await page.getByLabel('Signed in for').selectOption({ label: CONTOSO.name });
        await page.getByLabel('I have read').check();
        await album.keep(page, 'consent-page');
        await page.getByRole('button', { name: 'Accept' }).click();
        await page.getByText('is now a partner of').waitFor();
        await anna.see('Microsoft has recorded your acceptance');
        await album.keep(anna.page, 'approver-active');
        await robin.see('Contoso has accepted');
        await album.keep(robin.page, 'rep-active');
      },
    },
    {
      name: 'the rep pastes a list with a wrong line and attaches two files',
      run: async () => {
        await robin.card('Contoso has accepted').getByRole('button', { name: 'Register devices' }).click();
        await album.keep(await robin.see('Paste a list here'), 'ask-for-list');
        await robin.say('3300000000011, 3300000000028, 330000000003');
        await album.keep(await robin.see('2 devices understood'), 'preview-pasted');
        await album.keep(await attach('order.csv', csvOf(['3300000000035', '3300000000812'])), 'attach-page');
        await robin.see('4 devices understood');
        await attach('order.xlsx', await xlsxOf(['3300000000042', '3300000000059']));
        await album.keep(await robin.see('6 devices understood'), 'preview-all');
        await album.keep(robin.page, 'preview-chat');
      },
    },
    {
      name: 'the rep confirms, and the outcome of every device is told in words',
      run: async () => {
        const preview = robin.card('6 devices understood');
        await preview.getByRole('textbox', { name: 'Batch name' }).fill('Order 4711');
        await preview.getByRole('button', { name: 'Register 6 devices' }).click();
        await robin.see('Sending 6 devices to Partner Center');
        await robin.see('Batch Order 4711');
        await album.keep(robin.page, 'batch-under-way');
        await album.keep(await robin.see('1 of 6 devices was refused'), 'batch-notice');
        await album.keep(await robin.see('Finished, some devices were refused'), 'batch-result');
        await album.keep(robin.page, 'batch-chat');
      },
    },
    {
      name: 'the rep looks around',
      run: async () => {
        const looks = {
          customers: 'Active since',
          batches: '5 of 6 registered',
          status: 'Sign-in to Partner Center',
          help: 'What Tarmac can do',
        };
        for (const [command, shows] of Object.entries(looks)) {
          await robin.say(command);
          await album.keep(await robin.see(shows), command);
        }
        await album.keep(robin.page, 'overview-chat');
      },
    },
  ];
}
