import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { KillFigures } from './witnesses.ts';
import type { WorkerFigures } from './worker-kills.ts';

export type KillLine = Readonly<{ name: string; figures: KillFigures | WorkerFigures; wallMs: number }>;

/** Writes what a long run of kills showed beside this file. */
export function recordKills(lines: readonly KillLine[]): void {
  const rows = lines.map(({ name, figures, wallMs }) => {
    const { seed, kills, confirmed, registered, lost, doubled, untold, copies } = figures;
    const [asked, decided] = 'asked' in figures ? [figures.asked, figures.decided] : ['–', '–'];
    const sums = [lost.length, doubled.length, untold.length, copies, Math.round(wallMs / 1_000)];
    return `| ${[name, seed, kills, confirmed, registered, asked, decided, ...sums].join(' | ')} |`;
  });
  writeFileSync(join(process.cwd(), 'test/faults/kill/RESULTS.md'), `${HEAD}\n${rows.join('\n')}\n${FOOT}`);
}

const HEAD = `# Results of the last long run of kills

Written by \`npm run kills\` on ${new Date().toISOString()}, Node ${process.version}, ${cpus().length} processors. Do not edit.

| killed | seed | SIGKILLs | batches confirmed | registered | requests sent | decided | lost | doubled | untold | copies | wall (s) |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |`;

const FOOT = `
"Registered" may exceed "confirmed": a kill may take the answer to a press that was carried out. "Copies" are notices that
arrived twice because a kill hid whether Teams had them; a kill may cause one, no more.
`;
