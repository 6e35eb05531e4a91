import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { CATALOGUES, type Language } from '../../cards/wording/wording.ts';
import { SAMPLES } from '../cards/samples.ts';
import { drawAll, launch } from './drawing.ts';
import { LOOKS, type Look } from './looks.ts';

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
      const drawn = await drawPage(browser, language, look);
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

async function drawPage(
  from: Browser,
  language: Language,
  look: Look,
): Promise<{ html: string; wide: readonly string[] }> {
  const { page, frames, wide } = await drawAll(from, samples, language, look);
  await page.screenshot({ path: join(FOLDER, `${language}-${look.name}.png`), fullPage: true });
  for (const { id } of frames) await page.locator(`#${id}`).screenshot({ path: join(FOLDER, `${id}.png`) });
  const html = await page.content();
  await page.close();
  return { html: withoutScripts(html), wide };
}

function withoutScripts(html: string): string {
  return html.replaceAll(/<script[\s\S]*?<\/script>/g, '');
}
