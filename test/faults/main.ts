import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUITES } from './suites.ts';
import { type Line, page } from './table.ts';

/**
 * Runs everything that is simulated and writes the table beside this program's source. `--times 10` does ten times the
 * trials of `npm test`. Ends with 1 when anything was lost, doubled or left untold.
 */
const times = Number(process.argv[process.argv.indexOf('--times') + 1]) || 1;
const startedAt = new Date();
const lines: Line[] = [];
for (const { name, seed, trials, run } of Object.values(SUITES)) {
  const figures = await run(trials * times);
  lines.push({ name, seed, figures });
  process.stdout.write(`${name}: ${figures.trials} trials\n${figures.examples.map((line) => `  ${line}\n`).join('')}`);
}
const target = join(process.cwd(), 'test/faults/RESULTS.md');
writeFileSync(target, page(lines, startedAt));
const broken = lines.some(({ figures }) => figures.examples.length > 0);
process.exit(broken ? 1 : 0);
