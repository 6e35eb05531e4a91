import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CATALOGUES, createWording, type Language } from '../../cards/wording/wording.ts';
import { SAMPLES } from '../cards/samples.ts';
import { LOOKS, type Look } from './looks.ts';
import { DRAW, type Frame, pageWith, SCRIPTS, STYLES } from './page.ts';

/**
 * Draws every card in every state, language and look, as pictures and as one page to scroll through.
 *
 * `node dist/test/gallery/main.js [part of a sample's name] [language]`; the result is in `dist/gallery`.
 * Another browser than Debian's: set CHROMIUM to its path.
 */
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'gallery');
const [wanted = '', onlyLanguage = ''] = process.argv.slice(2);
const samples = SAMPLES.filter(({ name }) => name.includes(wanted));
const languages = (Object.keys(CATALOGUES) as Language[]).filter((each) => !onlyLanguage || each === onlyLanguage);

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const browser = await launch();
try {
  const bodies: string[] = [];
  let tooWide = 0;
  for (const language of languages) {
    for (const look of LOOKS) {
      const drawn = await drawAll(browser, language, look);
      bodies.push(drawn.html);
      for (const title of drawn.wide) console.log(`does not fit: ${title}`);
      tooWide += drawn.wide.length;
    }
  }
  await writeFile(join(FOLDER, 'index.html'), bodies.join('\n'));
  console.log(
    `${samples.length * languages.length * LOOKS.length} cards in ${FOLDER}, ${tooWide} with something that does not fit`,
  );
} finally {
  await browser.close();
}

function launch(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet],
  });
}

async function drawAll(from: Browser, language: Language, look: Look): Promise<{ html: string; wide: string[] }> {
  const page = await from.newPage({ viewport: { width: 1560, height: 1000 } });
  const frames = samples.map(({ name }, index) => frame(name, language, look, index));
  await page.setContent(pageWith(frames));
  for (const path of SCRIPTS) await page.addScriptTag({ path });
  await page.addStyleTag({ path: STYLES });
  await page.addScriptTag({ content: DRAW });
  const wide: string[] = [];
  const wording = createWording(language, 'Europe/Stockholm');
  for (const [index, { draw, opened }] of samples.entries()) {
    const { id, title } = frames[index] ?? frame('', language, look, index);
    if ((await drawOne(page, id, draw(wording), look, opened?.(wording))) > 0) wide.push(title);
  }
  await page.screenshot({ path: join(FOLDER, `${language}-${look.name}.png`), fullPage: true });
  for (const { id } of frames) await page.locator(`#${id}`).screenshot({ path: join(FOLDER, `${id}.png`) });
  const html = await page.content();
  await page.close();
  return { html: withoutScripts(html), wide };
}

function frame(name: string, language: Language, look: Look, index: number): Frame {
  const id = `${language}-${look.name}-${index}-${name.replaceAll(/[^a-z]+/g, '-')}`;
  return { id, title: `${name} · ${language} · ${look.name}`, look: look.name, language };
}

/** Above 0 when something did not fit. */
async function drawOne(page: Page, id: string, card: object, { hostConfig }: Look, opened = ''): Promise<number> {
  const wider: unknown = await page.evaluate(
    `drawCard(${[id, card, hostConfig, opened].map((each) => JSON.stringify(each)).join(', ')})`,
  );
  return typeof wider === 'number' ? wider : 0;
}

function withoutScripts(html: string): string {
  return html.replaceAll(/<script[\s\S]*?<\/script>/g, '');
}
