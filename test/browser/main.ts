import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { freeBasePort, startSandboxProcess } from '../playground/sandbox-process.ts';
import { type Album, openAlbum } from './album.ts';
import { type Step, tellStory } from './story.ts';

/** `npm run test:browser`: the whole story in Debian's Chromium. Another browser: set CHROMIUM to its path. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PICTURES = resolve('test/browser/pictures');

if (existsSync(executablePath)) process.exitCode = (await play()) ? 0 : 1;
else {
  console.error(`There is no Chromium at ${executablePath}: install it (apt-get install chromium) or set CHROMIUM.`);
  process.exitCode = 1;
}

async function play(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'tarmac-browser-'));
  const sandbox = await startSandboxProcess(['--fresh', '--port', String(await freeBasePort()), '--data', folder]);
  try {
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet];
    const browser = await chromium.launch({ executablePath, args });
    try {
      const album = openAlbum(PICTURES);
      return await run(tellStory(browser, sandbox, album), () => keepWindows(browser, album));
    } finally {
      await browser.close();
    }
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A story cannot go on without its middle: the steps after a failure count as failed. */
async function run(steps: readonly Step[], onFailure: () => Promise<void>): Promise<boolean> {
  let passed = 0;
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      console.error(`failed: ${step.name}`, error);
      await onFailure();
      break;
    }
    passed += 1;
    console.log(`passed: ${step.name}`);
  }
  console.log(`${passed} passed, ${steps.length - passed} failed`);
  return passed === steps.length;
}

async function keepWindows(browser: Browser, album: Album): Promise<void> {
  for (const page of browser.contexts().flatMap((context) => context.pages())) await album.keep(page, 'failure');
}
