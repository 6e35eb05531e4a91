import { type Browser, chromium, type Page } from 'playwright-core';
import { createWording, type Language } from '../../cards/wording/wording.ts';
import type { Sample } from '../cards/samples.ts';
import type { Look } from './looks.ts';
import { DRAW, type Frame, pageWith, SCRIPTS, STYLES } from './page.ts';

/** Debian's Chromium, offline; another browser: set CHROMIUM to its path. */
export function launch(env: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

/** A page with these cards drawn on it. `wide` names those in which something does not fit. */
export type Drawn = Readonly<{ page: Page; frames: readonly Frame[]; wide: readonly string[] }>;

/** Draws cards in one language and look by Microsoft's renderer. The caller closes the page. */
export async function drawAll(
  from: Browser,
  samples: readonly Sample[],
  language: Language,
  look: Look,
): Promise<Drawn> {
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
  return { page, frames, wide };
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
