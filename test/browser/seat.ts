import type { Browser, Locator, Page } from 'playwright-core';

/** Patience for one thing to appear. Batches take two seconds at the emulated Partner Center, machines can be slow. */
const PATIENCE_MS = 45_000;

export type Seat = Awaited<ReturnType<typeof sitDown>>;

/** Opens a Playground in the browser, as the person who sits there. Nothing but this computer is reached. */
export async function sitDown(browser: Browser, url: string) {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 1000 },
    deviceScaleFactor: 2,
    locale: 'en-US',
  });
  await context.route(/^https:/, (route) => route.abort());
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(url);

  /** The newest card that shows this. */
  const card = (showing: string | RegExp): Locator =>
    page.locator('.ac-adaptiveCard').filter({ hasText: showing }).last();

  return {
    page,
    card,
    /** Waits for a card that shows this. */
    async see(showing: string | RegExp): Promise<Locator> {
      const seen = card(showing);
      await seen.waitFor();
      return seen;
    },
    /** Waits for a plain message. */
    async read(text: string | RegExp): Promise<void> {
      await page.getByText(text).last().waitFor();
    },
    /** Types into the compose box and sends. One line: the Playground joins lines without anything between them. */
    async say(text: string): Promise<void> {
      await page.locator('div[role=textbox][contenteditable=true]').first().click();
      await page.keyboard.insertText(text);
      await page.getByRole('button', { name: 'Send Message' }).click();
    },
    /** Opens a page of its own, such as the attach page or a link that leaves Teams. */
    async openPage(address: string): Promise<Page> {
      const opened = await context.newPage();
      await opened.goto(address);
      return opened;
    },
  };
}
