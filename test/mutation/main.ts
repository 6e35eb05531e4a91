import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { GROUPS, LEAST_PERCENT } from './groups.ts';
import { earlierScores, page, percent, readScores, type Score } from './results.ts';

/**
 * Runs Stryker over the groups named, or all of them, and writes the scores beside this program's source. Ends with 1
 * when too few changes of a group were noticed.
 */
const REPORT = 'coverage/mutation.json';
const RESULTS = 'test/mutation/RESULTS.md';

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  process.stderr.write(`No such group: ${unknown.join(', ')}. There are ${Object.keys(GROUPS).join(', ')}.\n`);
  process.exit(2);
}

let failed = false;
for (const [group, files] of Object.entries(GROUPS)) {
  if (named.length > 0 && !named.includes(group)) continue;
  const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', files.join(',')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const scores = readScores(REPORT, group, new Date());
  write(group, scores);
  if (percent(scores) < LEAST_PERCENT) failed = true;
  process.stdout.write(`${group}: ${percent(scores)} % of the changes were noticed\n`);
}
process.exit(failed ? 1 : 0);

function write(group: string, scores: readonly Score[]): void {
  const before = existsSync(RESULTS) ? earlierScores(readFileSync(RESULTS, 'utf8')) : [];
  const order = Object.keys(GROUPS);
  const all = [...before.filter((score) => score.group !== group), ...scores];
  const known = all.filter((score) => GROUPS[score.group]?.includes(score.file));
  writeFileSync(RESULTS, page(known.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))));
}
