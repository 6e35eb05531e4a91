import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figures } from './keep.ts';

/** `npm run figures`: runs the suites about security as `npm test` does, and writes down what they counted. */
const SUITES: Readonly<Record<string, string>> = {
  'refused tokens': 'test/bot/endpoint/refused-tokens.test.ts',
  'damaged headers and bodies': 'test/bot/endpoint/fuzz.test.ts',
  exhaustion: 'test/bot/endpoint/exhaustion.test.ts',
  'forged presses': 'test/authz/bodies.test.ts',
  'who may do what': 'test/authz/oracle.test.ts',
  'decision races': 'test/authz/races.test.ts',
  'hostile texts': 'test/content/injection.test.ts',
  'canary secrets': 'test/canary/story.test.ts',
};
const PAGE = resolve('test/figures/RESULTS.md');

const HEAD = `# What the suites about security counted

Written by \`npm run figures\` on ${new Date().toISOString()}, Node ${process.version}, ${cpus().length} processors. Do not edit.

| suite | file | figures |
| --- | --- | --- |`;

const folder = mkdtempSync(join(tmpdir(), 'tarmac-figures-'));
try {
  const { status } = spawnSync('npx', ['vitest', 'run', ...Object.values(SUITES)], {
    env: { ...process.env, KEEP_FIGURES_IN: folder },
    stdio: 'inherit',
  });
  if (status === 0) writeFileSync(PAGE, page());
  else console.error('A suite failed, so the page stays as it is.');
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A suite that kept nothing ends the run: its file is missing. */
function page(): string {
  const rows = Object.entries(SUITES).map(([suite, file]) => {
    const figures = JSON.parse(readFileSync(join(folder, `${suite}.json`), 'utf8')) as Figures;
    const told = Object.entries(figures).map(([name, value]) => `${name}: ${value.toLocaleString('en')}`);
    return `| ${suite} | \`${file}\` | ${told.join('; ')} |`;
  });
  return `${HEAD}\n${rows.join('\n')}\n`;
}
