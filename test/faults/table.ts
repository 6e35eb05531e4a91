import { cpus } from 'node:os';
import type { Figures } from './figures.ts';

/** One line of the table: simulated suites, or kills of real processes. */
export type Line = Readonly<{ name: string; seed: number | string; figures: Figures }>;

/** All results as one Markdown page, by the run that made them. */
export function page(lines: readonly Line[], startedAt: Date): string {
  const head = ['run', 'seed', 'trials', 'points', 'deaths', 'faults', 'uploads accepted', 'lost', 'doubled', 'untold'];
  const more = ['otherwise broken', 'told after p50 / p99 (s)', 'wall (s)'];
  const rows = [[...head, ...more], [...head, ...more].map(() => '---'), ...lines.map(row)];
  const sections = lines.map(
    ({ name, figures }) =>
      `- ${name}: ${Object.entries(figures.harms)
        .toSorted()
        .map(([kind, count]) => `${kind} ${count}`)
        .join(', ')}`,
  );
  return `${[
    '# Results of the last long run',
    '',
    `Written by \`npm run faults\` on ${startedAt.toISOString()}, Node ${process.version}, ${cpus().length} processors, peak memory ${peakMb()} MB. Do not edit.`,
    '',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    '"Told after" is virtual time from the end of Partner Center’s work to the notice; it includes what the faults delayed.',
    '',
    '## Worlds',
    '',
    ...lines.flatMap(({ figures }) => (figures.stories ?? []).map((story) => `- ${story}`)),
    '',
    '## Faults by kind',
    '',
    ...sections,
  ].join('\n')}\n`;
}

function row({ name, seed, figures }: Line): string[] {
  const { trials, points, deaths, accepted, lost, doubled, untold, otherwiseBroken, wallMs } = figures;
  const faults = Object.values(figures.harms).reduce((sum, count) => sum + count, 0);
  const numbers = [trials, points, deaths, faults, accepted, lost, doubled, untold, otherwiseBroken];
  return [name, String(seed), ...numbers.map(String), percentiles(figures.toldAfterMs), (wallMs / 1_000).toFixed(0)];
}

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const seconds = (ms: number | undefined) => (ms === undefined ? '–' : (ms / 1_000).toFixed(0));
  return `${seconds(at(0.5))} / ${seconds(at(0.99))}`;
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}
