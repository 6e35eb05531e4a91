import { cpus } from 'node:os';
import { runBatchBench } from './batches.ts';
import { runIntakeBench } from './intake.ts';
import { runLoadBench } from './load.ts';
import { runMillionBench } from './million.ts';
import { runNoticesBench } from './notices.ts';
import { runOpenBatchesBench } from './open-batches.ts';
import type { BenchRow } from './row.ts';
import { runTurnBench } from './turns.ts';
import { runWorkersBench } from './workers.ts';

/**
 * Measures side by side with the peers they name. `--json` prints JSON; words choose groups: `npm run bench -- turns`;
 * `--rows=10000,100000` makes other lists than those the goals are about.
 */
const GROUPS: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  turns: runTurnBench,
  batches: runBatchBench,
  load: runLoadBench,
  open: runOpenBatchesBench,
  workers: runWorkersBench,
  notices: runNoticesBench,
  million: runMillionBench,
  intake: () => runIntakeBench(listSizes()),
};

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const rows: BenchRow[] = [];
for (const [name, run] of Object.entries(GROUPS)) {
  if (words.length === 0 || words.includes(name)) rows.push(...(await run()));
}
const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model };
process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ machine, rows }, null, 2)}\n` : table());
process.exit(0);

function listSizes(): readonly number[] | undefined {
  const given = process.argv.find((word) => word.startsWith('--rows='))?.slice('--rows='.length);
  const sizes = given?.split(',').map(Number);
  return sizes?.every((size) => Number.isInteger(size) && size > 0) ? sizes : undefined;
}

function table(): string {
  const lines = rows.map(({ group, what, value, unit, peer, peerValue, ratio, goal }) => [
    group,
    what,
    `${figure(value)} ${unit}`,
    peer && peerValue !== undefined ? `${figure(peerValue)} ${unit} (${peer})` : '',
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    goal ?? '',
  ]);
  const head = ['group', 'what', 'Tarmac', 'peer', 'ratio', 'goal'];
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const print = (line: readonly string[]) =>
    `${line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return `${machine.node}, ${machine.processors} × ${machine.model}\n${[head, ...lines].map(print).join('')}`;
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
