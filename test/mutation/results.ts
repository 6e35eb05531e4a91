import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many changes of one file there were, and how many some test noticed. */
export type Score = Readonly<{ group: string; file: string; changes: number; noticed: number; at: string }>;

const report = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

/** A change that makes a test fail or never end is noticed; one that does not compile or run counts as none. */
const NOTICED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const UNNOTICED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);

/** Reads the report of one run of Stryker. */
export function readScores(path: string, group: string, at: Date): readonly Score[] {
  const { files } = report.parse(JSON.parse(readFileSync(path, 'utf8')));
  return Object.entries(files).flatMap(([file, { mutants }]) => {
    const noticed = mutants.filter(({ status }) => NOTICED.has(status)).length;
    const changes = noticed + mutants.filter(({ status }) => UNNOTICED.has(status)).length;
    return changes === 0 ? [] : [{ group, file, changes, noticed, at: at.toISOString().slice(0, 16) }];
  });
}

const ROW = /^\| (\w+) \| `([^`]+)` \| (\d+) \| (\d+) \| [\d.]+ \| ([\dT:-]+) \|$/gm;

/** Rows of an earlier page: a run of one group leaves those of the others as they are. */
export function earlierScores(page: string): readonly Score[] {
  return [...page.matchAll(ROW)].map(([, group = '', file = '', changes, noticed, at = '']) => ({
    group,
    file,
    changes: Number(changes),
    noticed: Number(noticed),
    at,
  }));
}

/** Share of changes that were noticed, in percent. */
export function percent(scores: readonly Score[]): number {
  const sum = (of: 'changes' | 'noticed') => scores.reduce((total, score) => total + score[of], 0);
  return Math.round((1_000 * sum('noticed')) / Math.max(1, sum('changes'))) / 10;
}

/** All scores as one Markdown page, by the run that made them. */
export function page(scores: readonly Score[]): string {
  const groups = [...new Set(scores.map(({ group }) => group))];
  const row = (score: Score) =>
    `| ${score.group} | \`${score.file}\` | ${score.changes} | ${score.noticed} | ${percent([score])} | ${score.at} |`;
  return `# Mutation scores

Written by \`npm run test:mutation\`, Node ${process.version}. Do not edit.

| group | noticed, in percent |
| --- | --- |
${groups.map((group) => `| ${group} | ${percent(scores.filter((score) => score.group === group))} |`).join('\n')}

| group | file | changes | noticed | percent | run at (UTC) |
| --- | --- | --- | --- | --- | --- |
${scores.map(row).join('\n')}
`;
}
