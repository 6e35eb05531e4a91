import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CATALOGUES, type Language } from '../../../cards/wording/wording.ts';
import { SAMPLES, type Sample } from '../../cards/samples.ts';
import { drawAll, launch } from '../drawing.ts';
import { KEPT_LOOKS } from '../looks.ts';
import { compare, toKeep } from './likeness.ts';

/**
 * Draws every card once and compares it with the picture that is kept of it: `npm run gallery:compare`. With `--accept`
 * what is drawn now is kept from here on. Which language and look a card is drawn in follows from its name.
 */
const KEPT = resolve('test/gallery/pictures');
const DIFFERENT = resolve('dist/gallery-differences');
const isAccepting = process.argv.includes('--accept');

const pictures = await drawOnce();
const kept = new Set(await readdir(KEPT).catch(() => []));
const problems = isAccepting ? await accept() : await compareAll();
for (const line of problems) console.log(line);
console.log(`${pictures.size} pictures, ${problems.length} different`);
process.exitCode = problems.length > 0 ? 1 : 0;

async function drawOnce(): Promise<ReadonlyMap<string, Buffer>> {
  const browser = await launch({ FONTCONFIG_FILE: resolve('test/gallery/compare/fonts.conf') });
  const drawn = new Map<string, Buffer>();
  try {
    for (const language of Object.keys(CATALOGUES) as Language[]) {
      for (const look of KEPT_LOOKS) {
        const samples = SAMPLES.filter((sample) => isDrawnIn(sample, language, look.name));
        if (samples.length === 0) continue;
        const { page, frames } = await drawAll(browser, samples, language, look);
        for (const [index, { name }] of samples.entries()) {
          const screenshot = await page.locator(`#${frames[index]?.id}`).screenshot();
          drawn.set(`${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.${language}.${look.name}.png`, await toKeep(screenshot));
        }
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
  return drawn;
}

/** Spread by name, so that a new card changes no other card's picture. */
function isDrawnIn({ name }: Sample, language: Language, look: string): boolean {
  const languages = Object.keys(CATALOGUES);
  const number = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return (
    languages[number % languages.length] === language &&
    KEPT_LOOKS[Math.floor(number / 4) % KEPT_LOOKS.length]?.name === look
  );
}

async function compareAll(): Promise<readonly string[]> {
  await rm(DIFFERENT, { recursive: true, force: true });
  await mkdir(DIFFERENT, { recursive: true });
  const lines: string[] = [];
  for (const [file, now] of pictures) {
    if (!kept.has(file)) {
      lines.push(`new: ${file} (look at it, then npm run gallery:accept)`);
      continue;
    }
    const before = await readFile(join(KEPT, file));
    const difference = await compare(before, now);
    if (!difference) continue;
    lines.push(`different: ${file} ${difference.reason}`);
    await writeFile(join(DIFFERENT, file.replace('.png', '.before.png')), before);
    await writeFile(join(DIFFERENT, file.replace('.png', '.now.png')), now);
    if (difference.picture) await writeFile(join(DIFFERENT, file.replace('.png', '.where.png')), difference.picture);
  }
  for (const file of kept) if (!pictures.has(file)) lines.push(`gone: ${file} (npm run gallery:accept)`);
  return lines;
}

/** Writes only what differs: a picture that passes stays the file it is. */
async function accept(): Promise<readonly string[]> {
  await mkdir(KEPT, { recursive: true });
  for (const file of kept) if (!pictures.has(file)) await rm(join(KEPT, file));
  for (const [file, now] of pictures) {
    const path = join(KEPT, file);
    if (kept.has(file) && !(await compare(await readFile(path), now))) continue;
    await writeFile(path, now);
    console.log(`kept: ${file}`);
  }
  return [];
}
